"""The register of dossiers, and that of certificates, for the people of a body."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hefu.dossiers.models import CaseRow, CertificateRow, ClockRow, DossierRow, PartyRow
from hefu.dossiers.work import DONE_WITHIN
from hefu.people.models import Account
from hefu.rules.dossier import NO_CERTIFICATE
from hefu.rules.time import add_months
from hefu.web.staff import pages
from hefu.web.staff.choices import Choice, schemes
from hefu.web.staff.laws import newest, process_title, scheme_of, state_title
from hefu.web.staff.mine import dossiers, mine, of_a_body
from hefu.web.status import STATUSES
from hefu.web.words import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from hefu.web.staff.mine import Mine

LENGTH = 30
"""Lines on a page."""
CERTIFICATE = "certificate"
OF_CASES = ("stage", "process", "state", "since")
"""What the figures ask of the cases of a dossier."""
SOON = 7
"""Days within which a limit that ends presses."""
MONTHS = (1, 3, 6, 12)
"""In how many months certificates expire: what the filter offers."""


class Listed(NamedTuple):
    """A dossier as the register shows it: its certificate's status, and where its open cases stand."""

    row: DossierRow
    scheme: str
    status: str
    title: str
    cases: list[tuple[str, str]]


class Held(NamedTuple):
    """A certificate as the register shows it."""

    row: CertificateRow
    dossier: DossierRow
    scheme: str
    title: str


@of_a_body
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The dossiers that somebody may know of, the newest first."""
    known, asked = mine(request), _asked(request, "scheme", "status", "year", "open", "person", "due", *OF_CASES)
    found = _narrowed(known, asked)
    page = pages.page(request, found.select_related("subject").order_by("-pk"), LENGTH)
    somebody = Account.objects.filter(key=asked["person"]).first() if asked["person"] else None
    return render(request, "hefu/staff/dossiers.html", {
        "page": page, "lines": _listed(list(page)), "asked": asked, "schemes": schemes(known),
        "statuses": [Choice(NO_CERTIFICATE, str(_("no certificate yet"))), *_statuses(known)],
        "years": range(known.on.year, known.on.year - 10, -1), "person": somebody, "kept": _kept(asked),
    })  # fmt: skip


@of_a_body
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """The certificates of these dossiers; those that expire soon by their last day, the others by number."""
    known, asked = mine(request), _asked(request, "scheme", "status", "months", "month", "until", "number")
    found = CertificateRow.objects.filter(_of(known))
    if asked["scheme"]:
        found = found.filter(dossier__scheme__startswith=f"{asked['scheme']}@")
    if asked["status"]:
        found = found.filter(status=asked["status"])
    if asked["number"]:
        found = found.filter(number__icontains=asked["number"])
    order: tuple[str, ...] = ("number", "dossier_id", "place")
    if asked["months"].isdecimal() and int(asked["months"]) in MONTHS:
        last = add_months(known.on, int(asked["months"]))
        found = found.filter(status__in=("valid", "suspended"), valid_to__range=(known.on, last))
        order = ("valid_to", *order)
    if (first := _day(f"{asked['month']}-01")) is not None:
        found = found.filter(status__in=("valid", "suspended"), valid_to__gte=max(first, known.on))
        found = found.filter(valid_to__lt=add_months(first, 1))
        order = ("valid_to", *order)
    if (until := _day(asked["until"])) is not None:
        found = found.filter(status__in=("valid", "suspended"), valid_to__range=(known.on, until))
        order = ("valid_to", *order)
    page = pages.page(request, found.select_related("dossier__subject").order_by(*order), LENGTH)
    return render(request, "hefu/staff/certificates.html", {
        "page": page, "lines": [_held(row) for row in page], "asked": asked, "schemes": schemes(known),
        "statuses": _statuses(known), "months": MONTHS,
    })  # fmt: skip


def _of(known: Mine) -> Exists | Q:
    """Whether a certificate is of one of these dossiers.

    Of very many it is asked row by row, so that the first page comes from the index of numbers and not from sorting
    them all; of the few in which somebody is named it is asked at once.
    """
    theirs = dossiers(known)
    return Exists(theirs.filter(pk=OuterRef("dossier_id"))) if known.whole else Q(dossier_id__in=theirs.values("pk"))


def _asked(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in names}


def _narrowed(known: Mine, asked: dict[str, str]) -> QuerySet[DossierRow]:
    """Those that the filters leave; an answer that none of them gives narrows nothing."""
    condition = Q()
    if asked.get("scheme"):
        condition &= Q(scheme__startswith=f"{asked['scheme']}@")
    if asked.get("status"):
        condition &= Q(status=asked["status"])
    if (year := asked.get("year", "")).isdecimal() and date.min.year < int(year) < date.max.year:
        condition &= Q(opened__range=(date(int(year), 1, 1), date(int(year), 12, 31)))
    if asked.get("open"):
        condition &= Q(pk__in=CaseRow.objects.filter(outcome="").values("dossier_id"))
    if asked.get("person"):
        condition &= Q(pk__in=PartyRow.objects.filter(key=asked["person"], role="").values("dossier_id"))
    if limit := pressing(known.on).get(asked.get("due", "")):
        condition &= Q(pk__in=ClockRow.objects.filter(limit, kind__in=DONE_WITHIN).values("dossier_id"))
    if any(asked.get(name) for name in OF_CASES):
        condition &= Q(pk__in=CaseRow.objects.filter(_case(known, asked)).values("dossier_id"))
    return dossiers(known).filter(condition)


def _case(known: Mine, asked: dict[str, str]) -> Q:
    """The cases that somebody asked for: open ones of a stage or process, or those in a state since a day."""
    condition = Q(process=asked["process"]) if asked["process"] else Q()
    if asked["stage"] and asked["scheme"] in known.schemes:
        places = Q(process__in=())
        for machine in newest(asked["scheme"]).machines.values():
            held = [state.id for state in machine.states.values() if state.stage == asked["stage"]]
            places |= Q(process=machine.name, state__in=held)
        condition &= places
    if asked["state"]:
        condition &= Q(state=asked["state"])
        if (since := _day(asked["since"])) is not None:
            condition &= Q(last__gte=since)
        return condition
    return condition & Q(outcome="")


def pressing(on: date) -> dict[str, Q]:
    """The time limits that press: over, ending within a week, stopped."""
    return {
        "overdue": Q(status__in=("running", "breached"), due__lt=on),
        "soon": Q(status="running", due__range=(on, on + timedelta(days=SOON))),
        "paused": Q(status="paused"),
    }


def _day(text: str) -> date | None:
    """The day that an address names; nothing for what is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def _kept(asked: dict[str, str]) -> dict[str, str]:
    """What the figures asked for, and the form has no field for; it stays while somebody narrows further."""
    return {name: asked[name] for name in ("due", *OF_CASES) if asked[name]}


def _listed(rows: list[DossierRow]) -> list[Listed]:
    """Two queries for a page: its dossiers are there, their open cases come here."""
    cases = defaultdict(list)
    for case in CaseRow.objects.filter(dossier_id__in=[row.pk for row in rows], outcome="").order_by("opened", "case"):
        cases[case.dossier_id].append(case)
    return [_dossier(row, cases[row.pk]) for row in rows]


def _dossier(row: DossierRow, cases: Iterable[CaseRow]) -> Listed:
    scheme = scheme_of(row)
    standing = []
    for case in cases:
        under = scheme_of(row, case.version)
        standing.append((process_title(under, case.process), state_title(under, case.process, case.state)))
    status = "" if row.status == NO_CERTIFICATE else row.status
    return Listed(row, scheme.file.document.id, status, state_title(scheme, CERTIFICATE, row.status), standing)


def _held(row: CertificateRow) -> Held:
    scheme = scheme_of(row.dossier)
    return Held(row, row.dossier, scheme.file.document.id, state_title(scheme, CERTIFICATE, row.status))


def _statuses(known: Mine) -> list[Choice]:
    """The statuses that a certificate or entry may have, in the words of the schemes."""
    found: dict[str, str] = {}
    for scheme in known.schemes:
        for state in newest(scheme).machines[CERTIFICATE].states.values():
            found.setdefault(state.id, in_language(state.title))
    return sorted((Choice(*pair) for pair in found.items()), key=lambda one: list(STATUSES).index(one.value)
                  if one.value in STATUSES else len(STATUSES))  # fmt: skip
