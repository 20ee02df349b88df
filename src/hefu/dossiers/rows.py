"""What lists read of a dossier, as plain rows; which of them an act has changed says change.py. Pure.

A row is the tuple of its table's columns after the dossier's id, its key first; days are ISO words, which both
databases read as days. `wakes` is the next day on which time brings something by itself (rules/due.py).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.dossiers.journal import canonical
from hefu.dossiers.state import run_text
from hefu.rules.clocks import ONE_DAY, reading
from hefu.rules.gathered import gathered
from hefu.rules.parties import parties, subject
from hefu.rules.visits import visits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hefu.dossiers.laws import Law
    from hefu.rules.dossier import Case, Certificate, ClockRun, Dossier, Duty
    from hefu.rules.events import Event
    from hefu.rules.model import Scheme
    from hefu.rules.parties import Party

Row = tuple[Any, ...]
OUTWARD = frozenset({
    "clock-breached", "clock-overdue", "document-made", "duty-raised", "notice-sent", "published", "reported",
})  # fmt: skip
"""Events that somebody must hear of: what a scheme sends out, what is owed, and what is late (docs/decisions/0010)."""
NUMBER = 400
"""Characters of a name or number that lists can search; longer ones do not occur, and would be cut."""
OF_CERTIFICATE = ""
"""Stands for the case in the parties of the certificate, which belongs to no case."""


class About(NamedTuple):
    """What rows tell of a dossier besides its state: the law under which it was opened, its body, its number."""

    law: Law
    body: str
    title: str


def case_row(case: Case) -> Row:
    """A row of hefu_case; `last` is the day of the last act on it."""
    last = max((done.last for done in case.done.values()), default=case.opened)
    return (
        case.id, case.process, case.version, case.state, case.opened.isoformat(), case.outcome, last.isoformat(),
    )  # fmt: skip


def certificate_row(place: int, held: Certificate) -> Row:
    """A row of hefu_certificate; `number` and `valid_to` are the fields of these names, where the scheme has them."""
    number, last = held.data.get("number", ""), held.data.get("valid_to")
    until = last.isoformat() if isinstance(last, date) else None
    return place, _plain(number), held.state, held.since.isoformat(), until, held.prints


def _plain(value: object) -> str:
    """A text that both databases can hold (PostgreSQL's holds no NUL) and lists can search."""
    return str(value).replace("\0", "")[:NUMBER]


def clock_row(scheme: Scheme, run: ClockRun) -> Row:
    """A row of hefu_clock."""
    clock = scheme.clocks.get(run.name)
    owner, kind = (clock.owner, clock.kind) if clock else ("", "")
    return (
        run.key, run.name, run.scope, run.due.isoformat(), run.latest.isoformat(), run.status, run.provisional,
        run.calendar, owner, kind, run_text(run),
    )  # fmt: skip


def ended_row(about: About, run: ClockRun) -> Row:
    """A row of hefu_ended: a limit that is over, with the days that it took in its own unit."""
    scheme, ended = about.law.scheme, run.ended or run.due
    took = reading(scheme, run, ended)
    clock = scheme.clocks.get(run.name)
    return (
        run.key, run.name, clock.kind if clock else "", run.scope, run.due.isoformat(), ended.isoformat(), run.status,
        ended > run.latest, took.gross, took.stopped, took.net, about.body, scheme.id,
    )  # fmt: skip


def duty_row(duty: Duty) -> Row:
    """A row of hefu_duty."""
    return duty.key, duty.act, duty.ground, duty.role, duty.case, duty.raised.isoformat(), duty.due.isoformat()


def subject_row(about: About, dossier: Dossier) -> Row:
    """A row of hefu_subject; `words` is what a search looks through."""
    found = subject(about.law.scheme, dossier)
    held = (*dossier.past, *((dossier.certificate,) if dossier.certificate else ()))
    numbers = dict.fromkeys(str(one.data.get("number", "")) for one in held)
    words = " ".join(filter(None, (about.title, *found, *numbers))).casefold()
    return *map(_plain, found), words.replace("\0", "")


def party_rows(scheme: Scheme, case: Case) -> frozenset[Row]:
    """The rows of hefu_party of a case: case, key, role."""
    return frozenset([_party(case.id, one) for one in parties(scheme, case)])


def holder_rows(scheme: Scheme, held: Certificate | None) -> frozenset[Row]:
    """The rows of hefu_party of the certificate."""
    return frozenset([_party(OF_CERTIFICATE, one) for one in parties(scheme, held)]) if held else frozenset()


def visit_rows(scheme: Scheme, case: Case) -> frozenset[Row]:
    """The rows of hefu_visit of a case."""
    return frozenset([
        (case.id, one.field, _plain(one.person), one.start.isoformat(), one.end.isoformat())
        for one in visits(scheme, case)
    ])  # fmt: skip


def _party(case: str, party: Party) -> Row:
    return case, _plain(party.key), party.role


def fact_rows(scheme: Scheme, dossier: Dossier) -> frozenset[Row]:
    """The rows of hefu_fact: a fact, the place of the row among those of this dossier, its values."""
    return frozenset([
        (row.fact, place, canonical(row.values)) for place, row in enumerate(gathered(scheme, dossier))
    ])  # fmt: skip


def certificate_rows(dossier: Dossier) -> list[Row]:
    """The rows of hefu_certificate: those that are past, then the present one."""
    held = (*dossier.past, *((dossier.certificate,) if dossier.certificate else ()))
    return [certificate_row(place, one) for place, one in enumerate(held)]


def wakes(dossier: Dossier) -> date | None:
    """The first day on which time brings something: a reminder, a first limit passed, a breach. None: never."""
    days = [day for run in dossier.live.values() if run.status == "running" for day in _stirs(run)]
    return min(days, default=None)


def _stirs(run: ClockRun) -> Iterable[date]:
    yield run.latest + ONE_DAY
    if not run.overdue and run.due < run.latest:
        yield run.due + ONE_DAY
    if run.reminded < len(run.reminders):
        yield run.reminders[run.reminded]


def outward(events: Sequence[Event], version: int) -> list[tuple[int, str]]:
    """Number and kind of the events after the first `version` that go into the outbox."""
    return [(number, event.type) for number, event in enumerate(events, version + 1) if event.type in OUTWARD]
