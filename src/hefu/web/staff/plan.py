"""The plan of people: one row a person (more, where visits overlap), one column a day."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from hefu.web.staff.agenda import PLANNED, visits, visits_of

if TYPE_CHECKING:
    from datetime import date

    from hefu.web.staff.agenda import Entry, Span
    from hefu.web.staff.mine import Mine

ONE = timedelta(days=1)


class Cell(NamedTuple):
    """A stretch of a row: an entry over its days, or days without any; `clash` where another is on the same day."""

    day: date
    width: int
    entry: Entry | None = None
    clash: bool = False


class Person(NamedTuple):
    """The rows of one person."""

    name: str
    rows: list[list[Cell]]


def plan(mine: Mine, span: Span) -> list[Person]:
    """Those who are out on these days, by name; not all of them, where there are many."""
    theirs = visits_of(mine, span).exclude(person="")
    first = list(theirs.order_by("person").values_list("person", flat=True).distinct()[:PLANNED])
    rows = theirs.filter(person__in=first).select_related("dossier__subject")
    found: dict[str, list[Entry]] = {}
    for entry in visits(rows.order_by("start", "dossier_id")):
        for name in entry.people:
            found.setdefault(name, []).append(entry)
    return [Person(name, _rows(held, span, mine.on)) for name, held in sorted(found.items())]


def _rows(held: list[Entry], span: Span, today: date) -> list[list[Cell]]:
    """As few rows as the overlapping entries of one person need."""
    lanes: list[list[Entry]] = []
    for entry in sorted(held, key=lambda entry: (entry.start, entry.end)):
        lane = next((lane for lane in lanes if lane[-1].end < entry.start), None)
        if lane is None:
            lanes.append([entry])
        else:
            lane.append(entry)
    return [_cells(lane, held, span, today) for lane in lanes]


def _cells(lane: list[Entry], held: list[Entry], span: Span, today: date) -> list[Cell]:
    cells, day = [], span.first
    for entry in lane:
        start, end = max(entry.start, span.first), min(entry.end, span.last)
        cells += _empty(day, start - ONE, today)
        clash = any(
            other.dossier.pk != entry.dossier.pk and other.start <= entry.end and other.end >= entry.start
            for other in held
        )
        cells.append(Cell(start, (end - start).days + 1, entry, clash))
        day = end + ONE
    return cells + _empty(day, span.last, today)


def _empty(first: date, last: date, today: date) -> list[Cell]:
    """Days without an entry: one stretch, but today by itself."""
    edges = [first, today, today + ONE, last + ONE] if first <= today <= last else [first, last + ONE]
    return [Cell(start, (end - start).days) for start, end in pairwise(edges) if start < end]
