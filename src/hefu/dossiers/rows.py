"""What lists read of a dossier, as plain rows, and which of them an act has changed. Pure.

A row is the tuple of its table's columns after the dossier's id, its key first; days are ISO words, which both
databases read as days. `wakes` is the next day on which time brings something by itself (rules/due.py).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules.clocks import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from hefu.rules.dossier import Case, Certificate, ClockRun, Dossier, Duty
    from hefu.rules.events import Event

Row = tuple[Any, ...]
OUTWARD = frozenset({"document-made", "notice-sent", "published", "reported"})
"""Events that must reach somebody outside."""
NUMBER = 400
"""Characters of a certificate's number that lists can search; longer ones do not occur, and would be cut."""


class Changed(NamedTuple):
    """The rows of one table that are new or different, and the keys of those that are gone."""

    put: list[Row]
    gone: list[str]


class Change(NamedTuple):
    """What an act changes in the tables that lists read."""

    cases: list[Row]
    certificates: list[Row]
    clocks: Changed
    duties: Changed


def case_row(case: Case) -> Row:
    """A row of hefu_case."""
    return case.id, case.process, case.version, case.state, case.opened.isoformat(), case.outcome


def certificate_row(place: int, held: Certificate) -> Row:
    """A row of hefu_certificate; `number` and `valid_to` are the fields of these names, where the scheme has them."""
    number, last = held.data.get("number", ""), held.data.get("valid_to")
    until = last.isoformat() if isinstance(last, date) else None
    shown = str(number).replace("\0", "")[:NUMBER]  # PostgreSQL's text holds no NUL
    return place, shown, held.state, held.since.isoformat(), until, held.prints


def clock_row(run: ClockRun) -> Row:
    """A row of hefu_clock."""
    return (
        run.key, run.name, run.scope, run.due.isoformat(), run.latest.isoformat(), run.status, run.provisional,
        run.calendar,
    )  # fmt: skip


def duty_row(duty: Duty) -> Row:
    """A row of hefu_duty."""
    return duty.key, duty.act, duty.ground, duty.role, duty.case, duty.raised.isoformat(), duty.due.isoformat()


def change(before: Dossier, after: Dossier) -> Change:
    """The rows that differ between a dossier and what has become of it."""
    cases: list[Row] = []
    if after.cases is not before.cases:
        cases = [
            row for key, case in after.cases.items()
            if (old := before.cases.get(key)) is not case and (row := case_row(case)) != (old and case_row(old))
        ]  # fmt: skip
    certificates: list[Row] = []
    if after.certificate is not before.certificate:
        held = set(_certificates(before))
        certificates = [row for row in _certificates(after) if row not in held]
    return Change(
        cases,
        certificates,
        _compare(before.live, after.live, clock_row),
        _compare(before.duties, after.duties, duty_row),
    )


def _compare(before: Mapping[str, Any], after: Mapping[str, Any], row: Callable[[Any], Row]) -> Changed:
    if before is after:
        return Changed([], [])
    put = []
    for key, value in after.items():
        old = before.get(key)
        if old is not value and (old is None or row(old) != row(value)):
            put.append(row(value))
    return Changed(put, [key for key in before if key not in after])


def _certificates(dossier: Dossier) -> Iterable[Row]:
    held = (*dossier.past, *((dossier.certificate,) if dossier.certificate else ()))
    return (certificate_row(place, one) for place, one in enumerate(held))


def whole(dossier: Dossier) -> Change:
    """Every row of a dossier, sorted by key; for rebuild and audit."""
    return Change(
        sorted(map(case_row, dossier.cases.values())),
        list(_certificates(dossier)),
        Changed(sorted(map(clock_row, dossier.live.values())), []),
        Changed(sorted(map(duty_row, dossier.duties.values())), []),
    )


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
