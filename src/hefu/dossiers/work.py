"""What waits for whom: the rows of the work list, from the folded state alone. Pure.

Three things wait for a role: a duty; a case or an item whose turn it is (rules/turn.py); a time limit that the role
owns. A limit that is already shown with a case or item that waits for the same role is not told twice. Only limits
within which somebody must do something count (`task`, `window`), not the validity of a certificate or a ban; one with
reminders waits from the day of the first of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules.turn import SYSTEM, turn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hefu.dossiers.laws import Law
    from hefu.rules.dossier import Case, ClockRun, Dossier, Duty, Item

CASE, ITEM, CLOCK, DUTY = "case", "item", "clock", "duty"
DONE_WITHIN = ("task", "window")
"""The kinds of limits within which somebody must do something."""


class Work(NamedTuple):
    """One thing that waits for one role, in the order of the columns of hefu_work after the dossier.

    `kind` says what waits: CASE, ITEM, CLOCK or DUTY; `machine` and `state` where it stands; `name` is the limit's name
    or the duty's act; `clock` the key of the limit by which `due` is counted, empty where there is none.
    """

    key: str
    role: str
    kind: str
    process: str
    machine: str
    state: str
    case: str
    item: str
    name: str
    ground: str
    clock: str
    since: date
    due: date | None
    status: str


def work(law: Law, dossier: Dossier) -> Iterator[Work]:
    """Everything that waits, each thing once for each role that it waits for."""
    limits = [run for run in dossier.live.values() if _counts(law, run)]
    told: set[tuple[str, str]] = set()
    for name in (name for names in dossier.open.values() for name in names):
        for one in _standing(law, dossier, name, limits):
            told.add((one.role, one.clock))
            yield one
    for run in limits:
        owner = law.scheme.clocks[run.name].owner
        if owner != SYSTEM and (owner, run.key) not in told:
            yield _limit(dossier, run, owner)
    for duty in dossier.duties.values():
        yield _duty(dossier, duty)


def _counts(law: Law, run: ClockRun) -> bool:
    clock = law.scheme.clocks.get(run.name)
    return clock is not None and clock.kind in DONE_WITHIN


def _standing(law: Law, dossier: Dossier, name: str, limits: list[ClockRun]) -> Iterator[Work]:
    """An open case or item, for the roles whose turn it is; nothing where its version is no longer known."""
    item = dossier.items.get(name)
    case = dossier.cases[item.case if item else name]
    subject: Case | Item = item or case
    scheme = law.versions.get(case.version)
    machine = item.kind if item else case.process
    turns = turn(scheme, machine, subject.state) if scheme else {}
    since = max((done.last for done in subject.done.values()), default=item.raised if item else case.opened)
    own = [run for run in limits if run.scope == subject.id]
    for role in turns:
        run = _nearest(law, own, role)
        kind, key = (ITEM, f"item:{name}") if item else (CASE, f"case:{name}")
        yield Work(
            key, role, kind, case.process, machine, subject.state, case.id, item.id if item else "", "", "",
            run.key if run else "", since, run.due if run else None, run.status if run else "",
        )  # fmt: skip


def _nearest(law: Law, runs: list[ClockRun], role: str) -> ClockRun | None:
    """The limit that presses a role first: its own before those of others."""
    return min(runs, key=lambda run: (law.scheme.clocks[run.name].owner != role, run.due), default=None)


def _limit(dossier: Dossier, run: ClockRun, owner: str) -> Work:
    item = dossier.items.get(run.scope)
    case = dossier.cases.get(item.case if item else run.scope)
    since = min(run.reminders, default=run.started)
    return Work(
        f"clock:{run.key}", owner, CLOCK, case.process if case else "", "", "", case.id if case else "",
        item.id if item else "", run.name, "", run.key, since, run.due, run.status,
    )  # fmt: skip


def _duty(dossier: Dossier, duty: Duty) -> Work:
    case = dossier.cases.get(duty.case)
    return Work(
        f"duty:{duty.key}", duty.role, DUTY, case.process if case else "", duty.act.partition(".")[0], "", duty.case,
        "", duty.act, duty.ground, "", duty.raised, duty.due, "",
    )  # fmt: skip


def row(one: Work, body: str, scheme: str) -> tuple[Any, ...]:
    """A row of hefu_work; days are ISO words."""
    due = one.due.isoformat() if one.due else None
    return (*one._replace(since=one.since.isoformat(), due=due), body, scheme)  # type: ignore[arg-type]
