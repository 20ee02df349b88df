"""/c/…: a certificate or an entry of a list as anybody may see it: verdict, contents, history."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from hefu.people.models import Body
from hefu.register import search
from hefu.register.lookup import limits
from hefu.register.models import EntryRow, StepRow
from hefu.register.project import clauses_of
from hefu.rules.evolve import CERTIFICATE
from hefu.web import moment
from hefu.web.limits import limited
from hefu.web.public import answers, fresh, schemes
from hefu.web.public.ahead import EXPIRED, Ahead, Due, ahead, is_over
from hefu.web.status import Look, certificate_look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from hefu.rules.load.grammar import Clause
    from hefu.rules.model import Scheme, State, Text
    from hefu.web.public.answers import Answer

LOOKUPS = 60
"""Numbers that one address may look up in a minute."""


class Past(NamedTuple):
    """Something that was done: what, when, with what was published of it, and why."""

    step: StepRow
    title: Text
    status: str
    answers: list[Answer]
    clauses: list[str]
    look: Look


class Deed(NamedTuple):
    """An entry with all that its page says."""

    entry: EntryRow
    scheme: Scheme
    body: Body | None
    state: State
    answers: list[Answer]
    ahead: list[Ahead]
    history: list[Past]
    over: bool

    @property
    def status(self) -> str:
        """The status as it is today: a last day that has passed counts before anybody has written it down."""
        return EXPIRED if self.over else self.entry.status

    @property
    def look(self) -> Look:
        """How the status looks."""
        return certificate_look(self.status)

    @property
    def meaning(self) -> list[Clause]:
        """What the clauses of the status say."""
        return [self.scheme.clauses[one] for one in self.state.clauses if one in self.scheme.clauses]

    @property
    def why(self) -> list[Answer]:
        """What was published with the change to the present status."""
        return next((past.answers for past in self.history if past.status == self.entry.status), [])


@limited("lookup", per_minute=LOOKUPS, methods=("GET",))
@require_safe
def lookup(request: HttpRequest) -> HttpResponseBase:
    """/c/?number=…: the page of the one certificate with this number, or the search for it."""
    number = request.GET.get("number", "").strip()[: search.LONGEST]
    found = list(EntryRow.objects.filter(number=number).values_list("public", flat=True)[:2]) if number else []
    if len(found) == 1:
        return redirect("public:entry", found[0])
    return HttpResponseRedirect(f"{reverse('public:home')}?{urlencode({'q': number})}")


@require_safe
def entry(request: HttpRequest, public: str) -> HttpResponseBase:
    """The page; what is not in the register is told so, because somebody may hold a paper that says otherwise."""
    row = EntryRow.objects.select_related("shown").filter(public=public).first()
    if row is None:
        return render(request, "hefu/public/no-entry.html", status=HTTPStatus.NOT_FOUND)
    clocks = limits(DEFAULT_DB_ALIAS, row.dossier)
    parts = ("entry", row.public, row.moved, clocks)
    return fresh.answer(request, parts, lambda: _page(request, row, clocks))


def _page(request: HttpRequest, row: EntryRow, clocks: Sequence[Due]) -> HttpResponse:
    deed = _deed(row, clocks)
    context = {
        "deed": deed, "at": moment.now().at, "public_name": schemes.name_of(deed.body),
        "here": request.build_absolute_uri(reverse("public:entry", args=[row.public])),
    }  # fmt: skip
    return render(request, "hefu/public/entry.html", context)


def _deed(row: EntryRow, clocks: Sequence[Due]) -> Deed:
    scheme = schemes.of(row.scheme, row.version)
    state = scheme.machines[CERTIFICATE].states.get(row.status) if scheme else None
    if scheme is None or state is None:
        raise Http404
    today = moment.today()
    steps = StepRow.objects.filter(entry=row.public).order_by("-number")
    over = is_over(row.ended, row.valid_to, today)
    return Deed(
        row, scheme, Body.objects.filter(pk=row.body).first(), state, answers.of_entry(scheme, row.shown.fields),
        [] if row.ended or over else list(ahead(scheme, clocks, today)), [_past(scheme, step) for step in steps], over,
    )  # fmt: skip


def _past(scheme: Scheme, step: StepRow) -> Past:
    """A step in words: as it was published, else the status or print that it made."""
    states, act = scheme.machines[CERTIFICATE].states, scheme.action(step.act)
    title: Any = step
    if not step.name:
        made = (
            states[step.status].title if step.status in states else scheme.words.get(f"print/{step.print or 'update'}")
        )
        title = made or (act.title if act else step)
    held = answers.of_step(scheme, step)
    look = certificate_look(step.status) if step.status else Look("", "stamp" if step.print else "flag")
    return Past(step, title, step.status, held, answers.clauses_with(held, clauses_of(step)), look)
