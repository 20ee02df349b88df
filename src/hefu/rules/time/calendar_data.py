"""What a working-day calendar file says, checked (AMBIGUITIES A2).

Decided here: which weekdays are off and which weekend days are worked (调休) in the published years. A file
that contradicts itself, or names a year it does not describe, is refused with the place of the mistake,
because a wrong day would silently move every deadline that rests on it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class CalendarDataError(ValueError):
    """A calendar file is wrong; `place` is the path of keys to the mistake."""

    def __init__(self, place: str, problem: str) -> None:
        """Say where and what."""
        super().__init__(f"{place}: {problem}")
        self.place = place
        self.problem = problem


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """The exceptions to ordinary Monday-to-Friday weeks in the published years."""

    version: str
    published: frozenset[int]
    off: frozenset[date]
    """Mondays to Fridays that are days off."""
    work: frozenset[date]
    """Saturdays and Sundays that are working days (调休)."""

    def digest(self) -> str:
        """Sha256 of the facts alone: the same days give the same digest however the file is worded."""
        canonical = {
            "off": sorted(day.isoformat() for day in self.off),
            "published": sorted(self.published),
            "work": sorted(day.isoformat() for day in self.work),
        }
        return hashlib.sha256(json.dumps(canonical, separators=(",", ":")).encode()).hexdigest()


def read_facts(data: Mapping[str, object]) -> CalendarFacts:
    """Check a parsed calendar file and give its facts; raises CalendarDataError."""
    version = data.get("version")
    if not isinstance(version, str) or not version:
        raise CalendarDataError("version", 'a version in quotes is needed, such as "2026.1"')
    published = frozenset(_years(data.get("published")))
    years = _mapping(data.get("years"), "years")
    for year in published.symmetric_difference(years):
        known = year in published
        problem = "published, but it has no entry" if known else "has an entry, but is not under `published`"
        raise CalendarDataError(f"years.{year}", problem)
    off: set[date] = set()
    work: set[date] = set()
    for year in sorted(published):
        year_off, year_work = _read_year(year, years[year])
        off |= year_off
        work |= year_work
    return CalendarFacts(version, published, frozenset(off), frozenset(work))


def _read_year(year: int, value: object) -> tuple[set[date], set[date]]:
    place = f"years.{year}"
    entry = _mapping(value, place)
    for key in entry:
        if key not in ("off", "work", "working"):
            raise CalendarDataError(f"{place}.{key}", "unknown key; known are off, work, working")
    off = set(_days(year, entry.get("off"), f"{place}.off"))
    work = set(_days(year, entry.get("work"), f"{place}.work"))
    if not off:
        # A collection may carry an empty file for a year whose notice has not appeared yet.
        raise CalendarDataError(f"{place}.off", "empty; a year without its notice is not published")
    for day in sorted(work):
        if day in off:
            raise CalendarDataError(f"{place}.work", f"{day} is also a day off")
        if day.weekday() < _SATURDAY:
            raise CalendarDataError(f"{place}.work", f"{day} is no weekend day, so it is worked anyway")
    off = {day for day in off if day.weekday() < _SATURDAY}
    weekdays = sum(day.weekday() < _SATURDAY for day in _span(date(year, 1, 1), date(year, 12, 31)))
    counted = weekdays - len(off) + len(work)
    stated = entry.get("working", counted)
    if stated != counted:
        raise CalendarDataError(f"{place}.working", f"the lists give {counted} working days, not {stated}")
    return off, work


def _days(year: int, value: object, place: str) -> Iterator[date]:
    for n, item in enumerate(_sequence(value, place)):
        first, dots, last = str(item).partition("..")
        try:
            start = date.fromisoformat(f"{year}-{first}")
            end = date.fromisoformat(f"{year}-{last}") if dots else start
        except ValueError:
            problem = f"{item!r} is neither a day MM-DD nor a range MM-DD..MM-DD"
            raise CalendarDataError(f"{place}[{n}]", problem) from None
        if end < start:
            raise CalendarDataError(f"{place}[{n}]", f"{item!r} ends before it starts")
        yield from _span(start, end)


def _years(value: object) -> Iterator[int]:
    for n, item in enumerate(_sequence(value, "published")):
        first, dots, last = str(item).partition("..")
        if not first.isdecimal() or (dots and not last.isdecimal()):
            raise CalendarDataError(f"published[{n}]", f"{item!r} is neither a year nor a range of years")
        yield from range(int(first), int(last if dots else first) + 1)


def _span(start: date, end: date) -> Iterator[date]:
    while start <= end:
        yield start
        start += _ONE_DAY


def _mapping(value: object, place: str) -> Mapping[object, object]:
    if not isinstance(value, Mapping):
        raise CalendarDataError(place, "keys with values are needed here")
    return value


def _sequence(value: object, place: str) -> Sequence[object]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise CalendarDataError(place, "a list is needed here")
    return value
