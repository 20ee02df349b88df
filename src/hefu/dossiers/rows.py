"""What lists read of a dossier, as plain rows, and which of them an act has changed. Pure.

A row is the tuple of its table's columns after the dossier's id, its key first; days are ISO words, which both
databases read as days. `wakes` is the next day on which time brings something by itself (rules/due.py).
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.dossiers.journal import canonical
from hefu.dossiers.state import run_text
from hefu.dossiers.work import row as work_row
from hefu.dossiers.work import work
from hefu.rules.clocks import ONE_DAY, reading
from hefu.rules.dossier import Dossier
from hefu.rules.gathered import gathered
from hefu.rules.parties import parties, subject
from hefu.rules.visits import visits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from hefu.dossiers.laws import Law
    from hefu.rules.dossier import Case, Certificate, ClockRun, Duty
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


class Changed(NamedTuple):
    """The rows of one table that are new or different, and the keys of those that are gone."""

    put: list[Row]
    gone: list[Any]


class Change(NamedTuple):
    """What an act changes in the tables that lists read."""

    cases: list[Row]
    certificates: list[Row]
    clocks: Changed
    duties: Changed
    subject: list[Row]
    parties: Changed
    facts: Changed
    work: Changed
    visits: Changed
    ended: list[Row]


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


def _parties(scheme: Scheme, case: Case) -> set[Row]:
    """The rows of hefu_party of a case: case, key, role."""
    return {_party(case.id, one) for one in parties(scheme, case)}


def _visits(scheme: Scheme, case: Case) -> set[Row]:
    """The rows of hefu_visit of a case."""
    return {
        (case.id, one.field, _plain(one.person), one.start.isoformat(), one.end.isoformat())
        for one in visits(scheme, case)
    }


def _party(case: str, party: Party) -> Row:
    return case, _plain(party.key), party.role


def _holders(scheme: Scheme, dossier: Dossier) -> set[Row]:
    held = dossier.certificate
    return {_party(OF_CERTIFICATE, one) for one in parties(scheme, held)} if held else set()


def _work(about: About, before: Dossier, after: Dossier) -> Changed:
    """The rows of hefu_work that differ; its key is what waits and the role."""
    scheme = about.law.scheme.id
    old = {(one.key, one.role): one for one in work(about.law, before)}
    new = {(one.key, one.role): one for one in work(about.law, after)}
    put = [work_row(one, about.body, scheme) for key, one in new.items() if old.get(key) != one]
    return Changed(put, [key for key in old if key not in new])


def change(about: About, before: Dossier, after: Dossier) -> Change:
    """The rows that differ between a dossier and what has become of it."""
    scheme = about.law.scheme
    cases: list[Row] = []
    if after.cases is not before.cases:
        cases = [
            row for key, case in after.cases.items()
            if (old := before.cases.get(key)) is not case and (row := case_row(case)) != (old and case_row(old))
        ]  # fmt: skip
    certificates: list[Row] = []
    holders: tuple[set[Row], ...] = ()
    if after.certificate is not before.certificate:
        held = set(_certificates(before))
        certificates = [row for row in _certificates(after) if row not in held]
        holders = (_holders(scheme, before), _holders(scheme, after))
    return Change(
        cases,
        certificates,
        _compare(before.live, after.live, partial(clock_row, scheme)),
        _compare(before.duties, after.duties, duty_row),
        _subject(about, before, after),
        _of_cases(before, after, partial(_parties, scheme), *holders),
        _facts(scheme, before, after),
        _work(about, before, after),
        _of_cases(before, after, partial(_visits, scheme)) if scheme.file.visits else Changed([], []),
        _ended(about, before, after),
    )


def fact_rows(scheme: Scheme, dossier: Dossier) -> list[Row]:
    """The rows of hefu_fact: a fact, the place of the row among those of this dossier, its values."""
    return [(row.fact, place, canonical(row.values)) for place, row in enumerate(gathered(scheme, dossier))]


def _facts(scheme: Scheme, before: Dossier, after: Dossier) -> Changed:
    if after.cases is before.cases and after.certificate is before.certificate:
        return Changed([], [])
    old, new = set(fact_rows(scheme, before)), set(fact_rows(scheme, after))
    return Changed(sorted(new - old), sorted((fact, place) for fact, place, _ in old - new))


def _subject(about: About, before: Dossier, after: Dossier) -> list[Row]:
    if after.cases is before.cases and after.certificate is before.certificate:
        return []
    row = subject_row(about, after)
    return [row] if not before.size or row != subject_row(about, before) else []


def _of_cases(
    before: Dossier, after: Dossier, rows: Callable[[Case], set[Row]], old: Iterable[Row] = (), new: Iterable[Row] = ()
) -> Changed:
    """Only the cases that an act has touched are compared, so that a long dossier costs no more than a short one."""
    was, now = set(old), set(new)
    if after.cases is not before.cases:
        for key, case in after.cases.items():
            earlier = before.cases.get(key)
            if earlier is not case:
                now |= rows(case)
                was |= rows(earlier) if earlier else set()
    return Changed(sorted(now - was), sorted(was - now))


def _ended(about: About, before: Dossier, after: Dossier) -> list[Row]:
    """The limits that are over since; all are looked through only where one has come and gone in between."""
    if after.ended is before.ended:
        return []
    found = [run for key in before.live if (run := after.ended.get(key)) is not None]
    if len(found) != len(after.ended) - len(before.ended):
        found = [run for key, run in after.ended.items() if key not in before.ended]
    return sorted(ended_row(about, run) for run in found)


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


def whole(about: About, dossier: Dossier) -> Change:
    """Every row of a dossier, sorted by key; for rebuild and audit."""
    scheme, cases = about.law.scheme, dossier.cases.values()
    named = _holders(scheme, dossier).union(*(_parties(scheme, case) for case in cases))
    return Change(
        sorted(map(case_row, cases)),
        list(_certificates(dossier)),
        Changed(sorted(clock_row(scheme, run) for run in dossier.live.values()), []),
        Changed(sorted(map(duty_row, dossier.duties.values())), []),
        [subject_row(about, dossier)],
        Changed(sorted(named), []),
        Changed(sorted(fact_rows(scheme, dossier)), []),
        Changed(sorted(_work(about, Dossier(), dossier).put), []),
        Changed(sorted(set[Row]().union(*(_visits(scheme, case) for case in cases))), []),
        sorted(ended_row(about, run) for run in dossier.ended.values()),
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
