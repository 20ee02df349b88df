"""due: what the passing of time brings by itself, up to and including a day.

In the order of their days: reminders, clocks overdue (a first limit passed, a second still open), clocks breached.
A breach does only what its clause allows: `automatic` where the rule itself ends something (自动失效), a `duty` where
a person must decide (P5), a `flag` otherwise. Each event is dated the day on which it came about, not the day of the
sweep, so a late sweep gives the same journal as a timely one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules.clocks import ONE_DAY, before, length, next_window, reschedule, trigger
from hefu.rules.draft import Draft
from hefu.rules.effects import emit_output, perform, raise_duty
from hefu.rules.evolve import CERTIFICATE
from hefu.rules.refusal import phrase
from hefu.rules.view import SYSTEM, View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hefu.rules.dossier import ClockRun, Dossier
    from hefu.rules.events import Event
    from hefu.rules.model import Clock, Scheme
    from hefu.rules.view import Actor


class Firing(NamedTuple):
    """Something that time brings: its day, what it is, and the run of the clock that it is about."""

    day: date
    what: str
    run: ClockRun


class Passed(NamedTuple):
    """The events that time has brought, and the dossier after them."""

    events: tuple[Event, ...]
    dossier: Dossier


def due(  # noqa: PLR0913 - what time brings depends on all of these
    scheme: Scheme,
    dossier: Dossier,
    now: date,
    facts: Mapping[str, Any] | None = None,
    people: Mapping[str, Actor] | None = None,
    versions: Mapping[str, Scheme] | None = None,
) -> Passed:
    """Everything that has come due by the end of the day before `now`, and reminders of `now` itself.

    A clock of a case follows the version to which its case is pinned, if `versions` holds it; else `scheme`.
    """
    for run in dossier.live.values():
        if _stirs(scheme, run, now):
            break
    else:
        return Passed((), dossier)
    draft = Draft(scheme, dossier, now, facts or {}, people or {})
    while True:
        _recompute(draft)
        firing = min(_firings(draft.dossier, now), key=lambda item: (item.day, item.run.key), default=None)
        if firing is None:
            return Passed(tuple(draft.events), draft.dossier)
        draft.on = max(firing.day, draft.dossier.last or firing.day)
        draft.scheme = _pinned(scheme, draft.dossier, firing.run, versions or {})
        _fire(draft, firing)
        draft.scheme = scheme


def _stirs(scheme: Scheme, run: ClockRun, now: date) -> bool:
    """Whether time may bring anything for this run: it is past due, it reminds, or its calendar has changed."""
    if run.status != "running":
        return False
    if run.due < now or (run.provisional and run.calendar != scheme.calendar.version):
        return True
    return run.reminded < len(run.reminders) and run.reminders[run.reminded] <= now


def _pinned(scheme: Scheme, dossier: Dossier, run: ClockRun, versions: Mapping[str, Scheme]) -> Scheme:
    item = dossier.items.get(run.scope)
    case = dossier.cases.get(item.case if item else run.scope)
    found = versions.get(case.version) if case else None
    return found if found is not None and run.name in found.clocks else scheme


def _firings(dossier: Dossier, now: date) -> Iterator[Firing]:
    for run in dossier.live.values():
        if run.status != "running":
            continue
        if run.latest < now:
            yield Firing(run.latest + ONE_DAY, "breach", run)
        if run.due < now and not run.overdue and run.due < run.latest:
            yield Firing(run.due + ONE_DAY, "overdue", run)
        if run.reminded < len(run.reminders) and run.reminders[run.reminded] <= now:
            yield Firing(run.reminders[run.reminded], "reminder", run)


def _recompute(draft: Draft) -> None:
    """Compute the runs again whose due day rests on a calendar that has since changed."""
    for run in tuple(draft.dossier.live.values()):
        clock = draft.scheme.clocks.get(run.name)
        stale = run.provisional and run.calendar != draft.scheme.calendar.version and run.status == "running"
        if clock is not None and stale and clock.term is not None:
            draft.on = draft.dossier.last or draft.on
            reschedule(draft, clock, run, _view(draft, run))


def _view(draft: Draft, run: ClockRun) -> View:
    dossier = draft.dossier
    item = dossier.items.get(run.scope)
    case = dossier.cases.get(item.case if item else run.scope)
    subject = item or case or (dossier.certificate if not run.scope else None)
    return View(draft.scheme, dossier, subject, case, {}, draft.facts, SYSTEM, draft.on)


def _fire(draft: Draft, firing: Firing) -> None:
    run = firing.run
    clock = draft.scheme.clocks[run.name]
    number = {"occurrence": run.occurrence}
    if firing.what == "reminder":
        draft.emit("clock-reminded", run.scope, run.name, number, clock.clauses)
        title = phrase(draft.scheme, "notice/reminder", title=clock.title)
        to = _reminded(draft.scheme, clock, run)
        data = {"to": to, "channel": "", "zh": title.zh, "en": title.en, "clock": run.key, "due": run.due}
        draft.emit("notice-sent", run.scope or CERTIFICATE, f"{run.name}-reminder", data, clock.clauses)
        return
    if firing.what == "overdue":
        draft.emit("clock-overdue", run.scope, run.name, number, clock.clauses)
        return
    draft.emit("clock-breached", run.scope, run.name, number, clock.clauses)
    view = _view(draft, run)
    if clock.automatic:
        _automatic(draft, clock.automatic, run)
    if clock.duty is not None:
        raise_duty(draft, clock.duty, view)
    if clock.flag is not None:
        data = {"zh": clock.flag.zh, "en": clock.flag.en}
        draft.emit("flagged", run.scope or CERTIFICATE, run.name, data, clock.clauses)
    for output in clock.outputs:
        emit_output(draft, output, view)
    next_window(draft, clock, run)
    trigger(draft, f"clock.{run.name}.breached", _view(draft, run))


def _reminded(scheme: Scheme, clock: Clock, run: ClockRun) -> tuple[str, ...]:
    """Whom this reminder of the run goes to."""
    for term, to in clock.reminders:
        if before(run.due, length(term, scheme)) == run.reminders[run.reminded]:
            return to
    return (clock.owner,)


def _automatic(draft: Draft, name: str, run: ClockRun) -> None:
    """An act that the rule itself does; possible only from a state that the act names."""
    action = draft.scheme.action(name)
    if action is None:
        return
    machine = draft.scheme.machines[action.machine]
    subject = CERTIFICATE if machine.kind == CERTIFICATE else run.scope
    view = _view(draft, run)
    state = draft.dossier.status if machine.kind == CERTIFICATE else getattr(view.subject, "state", "")
    known = machine.states.get(state)
    if state not in action.sources and not (action.anywhere and known is not None and not known.outcome):
        return
    goal = next((to for to, when in action.targets if when is None or when(view)), "")
    perform(draft, action, subject, {}, SYSTEM, target=goal)
