"""The start page of those outside a body: what waits for them, what they hold, what they can begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Subquery
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hefu.dossiers.models import DossierRow, PartyRow, WorkRow
from hefu.dossiers.work import DONE_WITHIN
from hefu.people.models import Employment, Offer
from hefu.people.seeing import reach
from hefu.web import kept, moment
from hefu.web.door import doors, dossiers, organisation, person
from hefu.web.dossier.act import CLIENT, STAFF
from hefu.web.dossier.acts import acts, in_process, present, titles, turns
from hefu.web.dossier.begin import for_insiders, opening
from hefu.web.dossier.stages import main_case
from hefu.web.forms.drafts import drafts_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from hefu.rules.dossier import Case, ClockRun, Dossier
    from hefu.rules.explain import Possible
    from hefu.rules.model import Scheme, State, Text
    from hefu.web.door import Door
    from hefu.web.dossier.acts import Act

PAGE = 15
"""Dossiers on one page; each is asked what its reader can do in it."""


class Mine(NamedTuple):
    """One dossier as its own party sees it: where it stands, whether it waits for them, whose turn it is otherwise."""

    door: Door
    dossier: Dossier
    case: Case | None
    process: Text | None
    state: State | None
    certificate: State | None
    can: list[Act]
    others: list[Text]
    clock: ClockRun | None
    waits: bool


class Start(NamedTuple):
    """An act with which they could begin something, with its title and that of its process."""

    possible: Possible
    title: Text


class Beginning(NamedTuple):
    """A scheme that a body offers: the acts with which they can begin under it, and those that they cannot and why."""

    offer: Offer
    scheme: Scheme
    can: list[Start]
    cannot: list[Start]


class Begun(NamedTuple):
    """A draft: of which act, about what, where it goes on, when it was saved."""

    title: Text
    about: str
    href: str
    updated: datetime


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for somebody outside, by due day; then their other dossiers, what changed last first."""
    today = moment.today()
    shown = Paginator(_urgent_first(request, today), PAGE).get_page(request.GET.get("page"))
    lines = sorted((mine(door) for door in doors(request, list(shown))), key=lambda line: not line.waits)
    ties = Employment.objects.filter(account=person(request)).select_related("organisation")
    return render(request, "hefu/client/home.html", {
        "lines": lines, "pages": shown, "today": today, "drafts": _drafts(request),
        "organisations": [tie.organisation for tie in ties if tie.holds(today)], "chosen": organisation(request),
    })  # fmt: skip


def _urgent_first(request: HttpRequest, today: date) -> QuerySet[DossierRow]:
    """Their dossiers; each with whether it waits for a role that their organisation has in it, and until when."""
    seen = reach(person(request), today)
    names = seen.codes | seen.claimed | {name for _, name in seen.names}
    party = PartyRow.objects.filter(dossier=OuterRef("dossier"), role=OuterRef("role"), key__in=names)
    theirs = WorkRow.objects.filter(Exists(party), dossier=OuterRef("pk"), since__lte=today)
    first = theirs.order_by(F("due").asc(nulls_last=True)).values("due")[:1]
    found = dossiers(request).select_related("subject").annotate(waits=Exists(theirs), due=Subquery(first))
    return found.order_by("-waits", F("due").asc(nulls_last=True), "-last", "-pk")


@login_required
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """The schemes under which somebody could begin something; a body's people see it among their own pages."""
    found, inside = [], False
    for offer in Offer.objects.filter(open=True).select_related("body").order_by("body", "scheme"):
        if not kept.in_force(offer.scheme, moment.today()):
            continue
        start = opening(request, offer.body_id, offer.scheme)
        starts = [Start(possible, in_process(start.scheme, possible.action)) for possible in start.acts]
        starts.sort(key=lambda one: not start.scheme.machines[one.possible.action.machine].grants)
        if starts:
            can, cannot = (
                [one for one in starts if one.possible.permitted is permitted] for permitted in (True, False)
            )
            found.append(Beginning(offer, start.scheme, can, cannot))
            inside |= any(for_insiders(start, possible.action) for possible in start.acts)
    shell = STAFF if inside else CLIENT
    return render(request, "hefu/client/begin.html", {"beginnings": found, "shell": shell, "inside": inside})


def _drafts(request: HttpRequest) -> list[Begun]:
    """What they have begun to fill in and not yet handed in, as far as it can still be handed in."""
    held = list(drafts_of(person(request)))
    rows = DossierRow.objects.select_related("subject").in_bulk([draft.dossier for draft in held if draft.dossier])
    found = []
    for draft in held:
        row = rows.get(draft.dossier)
        offer = draft.offer
        ref = row.scheme if row else offer.scheme if offer else ""
        action = kept.scheme(ref).action(draft.action) if ref else None
        if action is None or (row is None and offer is None):
            continue
        if row is not None:
            parts = [row.pk, draft.action, draft.item] if draft.item else [row.pk, draft.action]
            found.append(Begun(action.title, row.title, reverse("dossier:act", args=parts), draft.updated))
        elif offer is not None:
            href = reverse("dossier:begin", args=[offer.body_id, offer.scheme, draft.action])
            found.append(Begun(action.title, offer.body.name, href, draft.updated))
    return found


def mine(door: Door) -> Mine:
    """One dossier for the person at its door."""
    scheme, dossier = door.scheme, present(door)
    case = main_case(dossier)
    can = [act for act in acts(door, dossier).can if act.waits or _of_the_matter(scheme, dossier, act)]
    certificate = dossier.certificate
    clocks = [
        run for run in dossier.live.values()
        if run.status == "running" and run.name in scheme.clocks and scheme.clocks[run.name].owner in door.actor.roles
        and scheme.clocks[run.name].kind in DONE_WITHIN
    ]  # fmt: skip
    turn = turns(scheme, dossier, case.id).keys() if case else frozenset()
    return Mine(
        door, dossier, case, scheme.machines[case.process].title if case else None,
        scheme.machines[case.process].states[case.state] if case else None,
        scheme.machines["certificate"].states.get(certificate.state) if certificate else None,
        can, titles(scheme, turn - door.actor.roles), min(clocks, key=lambda run: run.due, default=None),
        bool(clocks) or any(act.waits for act in can) or not door.actor.roles.isdisjoint(turn),
    )  # fmt: skip


def _of_the_matter(scheme: Scheme, dossier: Dossier, act: Act) -> bool:
    """Whether an act belongs to where something under way stands now, rather than being possible all along."""
    return not act.action.opens and not act.action.anywhere and bool(turns(scheme, dossier, act.subject))
