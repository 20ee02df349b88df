"""The plan of people: one row a person (more, where visits overlap), one column a day.

Days off on which nobody is out have no column.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from hefu.web.staff.entries import covers, visits
from hefu.web.staff.outings import Visit, by_person, days

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hefu.rules.time import Calendar
    from hefu.web.staff.entries import Entry
    from hefu.web.staff.outings import Out, Span

PLANNED = 8
"""People whom the plan shows; of the others one is chosen."""
LANES = 3
"""Rows of one person: who is out for more at once than these is told among the conflicts."""


class Cell(NamedTuple):
    """A stretch of a row: an entry over its columns, or days of a week without any.

    `begins` where a week does, `clash` where another entry overlaps.
    """

    day: date
    width: int
    begins: bool
    entry: Entry | None = None
    clash: bool = False


class Column(NamedTuple):
    """A day of the plan: whether a week begins with it, and whether it or the day before is today."""

    day: date
    working: bool
    begins: bool
    edge: bool


class Person(NamedTuple):
    """The rows of one person."""

    name: str
    rows: list[list[Cell]]


class Plan(NamedTuple):
    """The columns, the people who are out on these days, and how many more there are."""

    days: list[Column]
    people: list[Person]
    more: int


def plan(outs: Iterable[Out], span: Span, names: Mapping[str, str], calendar: Calendar, today: date) -> Plan:
    """Those who are out on these days, by name; not all of them, where there are many."""
    theirs = by_person(outs, span)
    shown = sorted(theirs, key=lambda key: (names.get(key, key), key))[:PLANNED]
    lanes = {key: _lanes([Visit(*out[1:]) for out in theirs[key]]) for key in shown}
    going: dict[Visit, list[str]] = {visit: [] for held in lanes.values() for lane in held for visit in lane}
    entries = visits(going, covers(visit.dossier for visit in going))
    busy = {day for visit in going for day in days(visit.start, visit.end)}
    worked = [day for day in days(span.first, span.last) if calendar.is_working(day) or day in busy]
    columns = _columns(worked, calendar, today)
    found = [Person(names.get(key, key), _rows(held, entries, columns)) for key, held in lanes.items()]
    return Plan(columns, found, len(theirs) - len(shown))


def _lanes(held: list[Visit]) -> list[list[Visit]]:
    """As few rows as the overlapping visits of one person need, and not more than are shown."""
    lanes: list[list[Visit]] = []
    for visit in sorted(held, key=lambda visit: (visit.start, visit.end, visit)):
        lane = next((lane for lane in lanes if lane[-1].end < visit.start), None)
        if lane is not None:
            lane.append(visit)
        elif len(lanes) < LANES:
            lanes.append([visit])
    return lanes


def _columns(shown: list[date], calendar: Calendar, today: date) -> list[Column]:
    found = []
    for before, day in pairwise([date.min, *shown]):
        begins = day.isocalendar()[:2] != before.isocalendar()[:2]
        found.append(Column(day, calendar.is_working(day), begins, today in (before, day)))
    return found


def _rows(lanes: list[list[Visit]], entries: Mapping[Visit, Entry], columns: list[Column]) -> list[list[Cell]]:
    held = [visit for lane in lanes for visit in lane]
    clashing = {one for one in held if any(_clash(one, other) for other in held)}
    return [
        _cells({day: (entries[one], one in clashing) for one in lane for day in days(one.start, one.end)}, columns)
        for lane in lanes
    ]


def _cells(on: Mapping[date, tuple[Entry, bool]], columns: list[Column]) -> list[Cell]:
    """The cells of a row: an entry is one stretch; days without any are one until a week begins, or today."""
    cells: list[Cell] = []
    for column in columns:
        entry, clash = on.get(column.day, (None, False))
        same = bool(cells) and cells[-1].entry is entry
        if same and (entry or not (column.begins or column.edge)):
            cells[-1] = cells[-1]._replace(width=cells[-1].width + 1)
        else:
            cells.append(Cell(column.day, 1, column.begins, entry, clash))
    return cells


def _clash(one: Visit, other: Visit) -> bool:
    return other.dossier != one.dossier and other.start <= one.end and other.end >= one.start
