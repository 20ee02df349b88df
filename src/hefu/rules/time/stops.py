"""Stops of a clock: what they take out and where they move its end (AMBIGUITIES A7, A8).

Decided here:
1. A stop runs from the day after the notice to the day the complete answer arrives: (start, end].
2. Overlapping and touching stops are merged, so that no day is taken out twice.
3. Nothing after `until` or `now` is known: a stop open on that day counts as if it closed on it.
4. A term in working days ends on its N-th working day outside every stop. A term in days, months or years
   ends later by the stopped calendar days, and rolls afterwards (民法典 203).
5. A stop that begins when the term is already over does not move it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hefu.rules.time.length import Length, Unit, end_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hefu.rules.time.calendar import Calendar

Interval = tuple[date, date]
"""The days d with start < d <= end."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One interruption: the day of the notice, the day of the complete answer (None while open), and why."""

    start: date
    end: date | None
    reason: str

    def __post_init__(self) -> None:
        """Refuse an answer that comes before its notice."""
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a stop cannot end on {self.end}, before it starts on {self.start}")


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Days gone by on a clock, in its own unit: all, those stopped, and those that count (A7)."""

    gross: int
    stopped: int
    net: int


def merge(stops: Iterable[Stop], until: date) -> tuple[Interval, ...]:
    """Give the stops known on `until` as disjoint intervals (start, end] in order, without empty ones."""
    merged: list[Interval] = []
    for start, end in sorted((stop.start, _closed(stop, until)) for stop in stops):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def stopped_days(stops: Iterable[Stop], start: date, until: date) -> int:
    """Count the calendar days d with start < d <= until on which a clock stood still."""
    return sum((b - a).days for a, b in _since(stops, start, until))


def stopped_working_days(stops: Iterable[Stop], start: date, until: date, calendar: Calendar) -> int:
    """Count the working days d with start < d <= until on which a clock stood still."""
    return sum(calendar.count(a, b) for a, b in _since(stops, start, until))


def elapsed(start: date, now: date, unit: Unit, stops: Iterable[Stop], calendar: Calendar) -> Elapsed:
    """Read a clock that started on `start`: in its unit, working or calendar days."""
    if now <= start:
        return Elapsed(0, 0, 0)
    if unit is Unit.WORKING_DAY:
        gross = calendar.count(start, now)
        stopped = stopped_working_days(stops, start, now, calendar)
    else:
        gross = (now - start).days
        stopped = stopped_days(stops, start, now)
    return Elapsed(gross, stopped, gross - stopped)


def due_with_stops(  # noqa: PLR0913 -- a due date rests on all of these; a holder would hide them
    start: date,
    length: Length,
    stops: Iterable[Stop],
    calendar: Calendar,
    rolls: bool,  # noqa: FBT001 - as end_of
    now: date,
) -> date:
    """Give the last day of a term that started on `start`, as far as its stops are known on `now`."""
    pauses = _since(stops, start, now)
    if length.unit is Unit.WORKING_DAY:
        return _due_in_working_days(start, length.n, pauses, calendar)
    end = end_of(start, length, calendar, rolls=False)
    for a, b in pauses:
        # By art. 203 the rolled day is the last one, so a stop may still begin between the two.
        last = calendar.roll(end) if rolls and a >= end else end
        if a >= last:
            break
        end = last + (b - a)
    return calendar.roll(end) if rolls else end


def _due_in_working_days(start: date, n: int, pauses: Iterable[Interval], calendar: Calendar) -> date:
    """Walk from stop to stop, using up the working days between them."""
    left = n
    running_since = start
    for a, b in pauses:
        run = calendar.count(running_since, a)
        if run >= left:
            break
        left -= run
        running_since = b
    return calendar.add(running_since, left)


def _since(stops: Iterable[Stop], start: date, until: date) -> Iterator[Interval]:
    """Give the merged stops cut to the days after `start`."""
    return ((max(a, start), b) for a, b in merge(stops, until) if b > start)


def _closed(stop: Stop, until: date) -> date:
    return until if stop.end is None else min(stop.end, until)
