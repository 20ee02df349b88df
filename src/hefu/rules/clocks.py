"""Clocks: how acts start, stop, pause and resume time limits, and what happens when one runs out.

Dates are days of the body's zone. A clock is due on its last good day and is breached on the day after `latest`
(the same day as `due` unless the clause names a second limit). Stops follow AMBIGUITIES A7, windows E1 and E2.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hefu.rules.dossier import ClockRun, Item, closed
from hefu.rules.guards import day_of
from hefu.rules.time import (
    Elapsed,
    Length,
    Unit,
    add_months,
    add_years,
    due_is_provisional,
    due_with_stops,
    elapsed,
    end_of,
)
from hefu.rules.view import SYSTEM, View

if TYPE_CHECKING:
    from hefu.rules.draft import Draft
    from hefu.rules.model import Clock, Scheme, Term, Trigger

ONE_DAY = timedelta(days=1)


def length(term: Term, scheme: Scheme) -> Length:
    """The length of a term, its number taken from the settings where the term names one."""
    number = scheme.settings[term.number] if isinstance(term.number, str) else term.number
    return Length(number, term.unit)


def trigger(draft: Draft, name: str, view: View) -> None:
    """Let the event `name` (PROCESS.ACTION, clock.NAME.breached …) move every clock that listens to it."""
    for moved in draft.scheme.triggers.get(name, ()):
        if moved.when is not None and moved.when(view) is not True:
            continue
        seen = _item_view(draft, moved.clock, view)
        scope = _scope(moved.clock, seen)
        if scope is None:
            continue
        if moved.does == "start":
            start(draft, moved.clock, scope, seen)
        else:
            _move(draft, moved, scope, seen)


def _item_view(draft: Draft, clock: Clock, view: View) -> View:
    """For a clock of items moved by an act of their case: the view of the item that the act raised last."""
    if clock.scope != "item" or view.case is None or isinstance(view.subject, Item):
        return view
    items = map(draft.dossier.items.__getitem__, reversed(view.case.items))
    subject = next((item for item in items if item.kind == clock.machine), view.subject)
    return View(view.scheme, view.dossier, subject, view.case, {}, view.facts, view.actor, view.today)


def _scope(clock: Clock, view: View) -> str | None:
    """Which run of the clock an event concerns: the item's, the case's, or the dossier's one."""
    if clock.scope == "dossier":
        return ""
    if clock.scope == "item":
        return view.subject.id if isinstance(view.subject, Item) else None
    if view.case is not None and view.case.process == clock.machine:
        return view.case.id
    case = view.dossier.open_case(clock.machine)
    return case.id if case else None


def start(draft: Draft, clock: Clock, scope: str, view: View) -> None:
    """Start a run, unless one is under way or the clock does not apply here."""
    if clock.when is not None and clock.when(view) is not True:
        return
    if draft.dossier.unmet(clock.name, scope) is None:
        _start(draft, clock, scope, view)


def _start(draft: Draft, clock: Clock, scope: str, view: View, after: date | None = None) -> None:
    """Start a run; of a clock with windows, the first one, or the one that follows the window begun on `after`."""
    scheme = draft.scheme
    anchor = day_of(clock.anchor(view)) if clock.anchor else draft.on
    number = 1 + draft.dossier.counts.get(clock.name, 0)
    run = ClockRun(clock.name, scope, number, anchor, draft.on, anchor, anchor, "running")
    if clock.every is None:
        run = _timed(scheme, clock, view, run)
    else:
        window = _window(scheme, clock, view, anchor, after)
        if window is None:
            return
        run = run._replace(anchor=window[0], due=window[1], latest=window[1])
    data = {
        "occurrence": number, "anchor": run.anchor, "due": run.due, "latest": run.latest,
        "provisional": run.provisional, "calendar": scheme.calendar.version,
        "reminders": reminders(scheme, clock, run.due, draft.on) if clock.reminders else (),
    }  # fmt: skip
    draft.emit("clock-started", scope, clock.name, data, clock.clauses)


def _window(scheme: Scheme, clock: Clock, view: View, anchor: date, after: date | None) -> tuple[date, date] | None:
    """The first window not yet over, or the one after that begun on `after`: its start and last day, if any is left.

    Every window is counted from the anchor, so that a short month does not move the later ones.
    """
    if clock.every is None:
        return None
    step, number = length(clock.every, scheme), 0

    def edge(count: int) -> date:
        return end_of(anchor, Length(step.n * count, step.unit), scheme.calendar, rolls=False)

    while (edge(number) <= after) if after is not None else (edge(number + 1) < view.today):
        number += 1
    opened, ends = edge(number), edge(number + 1)
    last = day_of(clock.until(view)) if clock.until else ends
    return (opened, min(ends, last)) if opened < last else None


def reminders(scheme: Scheme, clock: Clock, due: date, started: date) -> tuple[date, ...]:
    """The days on which a run reminds, in order; those that have passed when it starts are left out."""
    days = (before(due, length(term, scheme)) for term, _ in clock.reminders)
    return tuple(sorted(day for day in days if day > started))


def before(day: date, span: Length) -> date:
    """The day that lies a span before another."""
    match span.unit:
        case Unit.MONTH:
            return add_months(day, -span.n)
        case Unit.YEAR:
            return add_years(day, -span.n)
        case _:
            return day - timedelta(days=span.n)


def _timed(scheme: Scheme, clock: Clock, view: View, run: ClockRun) -> ClockRun:
    """The run with its due days computed anew from its anchor and stops."""
    if clock.term is None:
        due = day_of(clock.due(view)) if clock.due else run.anchor
        return run._replace(due=due, latest=due)
    rolls = clock.kind == "task"
    term = length(clock.term, scheme)
    now = max(view.today, run.anchor)
    due = due_with_stops(run.anchor, term, run.stops, scheme.calendar, rolls, now)
    latest, provisional = due, due_is_provisional(run.anchor, due, term, scheme.calendar, rolls)
    if clock.latest is not None:
        second = length(clock.latest, scheme)
        latest = max(due, due_with_stops(run.anchor, second, run.stops, scheme.calendar, rolls, now))
    return run._replace(due=due, latest=latest, provisional=provisional)


def _move(draft: Draft, moved: Trigger, scope: str, view: View) -> None:
    clock = moved.clock
    run = draft.dossier.unmet(clock.name, scope)
    if run is None:
        return
    if moved.does == "stop":
        if clock.every is not None and draft.on <= run.anchor:
            return
        data = {"occurrence": run.occurrence, "late": run.status == "breached"}
        draft.emit("clock-met", scope, clock.name, data, clock.clauses)
        if clock.every is not None and not any(_later(other, run) for other in draft.dossier.live.values()):
            _start(draft, clock, scope, view, run.anchor)
        return
    pause = clock.pauses[moved.pause]
    reasons = _reasons(run, moved, view)
    reason = reasons[0] if reasons else f"{pause.number}:{view.subject.id if isinstance(view.subject, Item) else ''}"
    held = bool(reasons)
    if moved.does == "pause" and not held and run.status in ("running", "paused"):
        stop = {"occurrence": run.occurrence, "reason": reason}
        draft.emit("clock-paused", scope, clock.name, stop, pause.clauses)
    elif moved.does == "resume" and held:
        stops = closed(run.stops, draft.on, reasons)
        timed = _timed(draft.scheme, clock, view, run._replace(stops=stops))
        resumed = {
            "occurrence": run.occurrence, "reasons": reasons, "due": timed.due, "latest": timed.latest,
            "provisional": timed.provisional,
            "reminders": reminders(draft.scheme, clock, timed.due, run.started) if clock.reminders else (),
        }  # fmt: skip
        draft.emit("clock-resumed", scope, clock.name, resumed, pause.clauses)


def _later(other: ClockRun, run: ClockRun) -> bool:
    return (other.name, other.scope) == (run.name, run.scope) and other.anchor > run.anchor


def _reasons(run: ClockRun, moved: Trigger, view: View) -> tuple[str, ...]:
    """The open stops of this pause that an event concerns: an item's own, else the case's; a case ends them all."""
    held = tuple(stop.reason for stop in run.stops if stop.end is None and stop.reason.startswith(f"{moved.pause}:"))
    if not isinstance(view.subject, Item):
        return held if moved.does == "resume" else tuple(reason for reason in held if reason == f"{moved.pause}:")
    own = tuple(reason for reason in held if reason == f"{moved.pause}:{view.subject.id}")
    return own or (tuple(reason for reason in held if reason == f"{moved.pause}:") if moved.does == "resume" else ())


def drop(draft: Draft, scopes: frozenset[str]) -> None:
    """End the clocks of a case, an item or the certificate that has itself ended, but for those that survive."""
    for run in tuple(draft.dossier.live.values()):
        clock = draft.scheme.clocks.get(run.name)
        if run.scope in scopes and clock is not None and not clock.survives:
            draft.emit("clock-dropped", run.scope, run.name, {"occurrence": run.occurrence}, clock.clauses)


def next_window(draft: Draft, clock: Clock, run: ClockRun) -> None:
    """After a window has ended unmet, the next one runs beside it (E2: windows are fixed)."""
    if clock.every is not None:
        view = View(draft.scheme, draft.dossier, draft.dossier.certificate, None, {}, draft.facts, SYSTEM, draft.on)
        _start(draft, clock, run.scope, view, run.anchor)


def reschedule(draft: Draft, clock: Clock, run: ClockRun, view: View) -> None:
    """Compute a run under the present calendar: a provisional due day moves when its year is published (A2)."""
    timed = _timed(draft.scheme, clock, view, run)
    data = {
        "occurrence": run.occurrence, "due": timed.due, "latest": timed.latest, "provisional": timed.provisional,
        "calendar": draft.scheme.calendar.version,
    }  # fmt: skip
    draft.emit("clock-rescheduled", run.scope, run.name, data, clock.clauses)


def reading(scheme: Scheme, run: ClockRun, now: date) -> Elapsed:
    """Gross, stopped and net days of a run on the day `now`, in the clock's unit."""
    clock = scheme.clocks.get(run.name)
    term = (clock.term or clock.every) if clock else None
    until = min(now, run.ended) if run.ended else now
    return elapsed(run.anchor, until, term.unit if term else Unit.DAY, run.stops, scheme.calendar)
