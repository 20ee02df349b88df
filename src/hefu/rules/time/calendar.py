"""Which days are worked, and how far apart (工作日; AMBIGUITIES A2, 民法典 203).

Decided here: a day is a working day by the State Council's arrangement with its make-up days (调休) in the
published years, and by ordinary Monday-to-Friday weeks in all others. A result that rests on an unpublished
year is provisional and must be recomputed when the year is published. The first day is never counted
(民法典 201): intervals are (start, end].

The whole of 2000..2099 is laid out once as tables over day ordinals, so that the N-th working day costs the
same for any N: one look-up of how many working days came before, one of the date.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Self

from hefu.rules.time.calendar_data import CalendarDataError, CalendarFacts, read_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2099, 12, 31)
_FIRST = FIRST_DAY.toordinal()
_SIZE = LAST_DAY.toordinal() - _FIRST + 1
_WEEK = (1, 1, 1, 1, 1, 0, 0)


class CalendarRangeError(ValueError):
    """A date, or the result of counting from it, lies outside the calendar's table."""

    def __init__(self, day: date, n: int = 0) -> None:
        """Name the day, and the working days counted from it."""
        zh, en = (f"{day} 起第 {n} 个工作日", f"{n} working days from {day}") if n else (f"{day}", f"{day}")
        self.zh = f"{zh}不在工作日历 {FIRST_DAY} 至 {LAST_DAY} 之内"
        self.en = f"{en} is outside the calendar, {FIRST_DAY} to {LAST_DAY}"
        super().__init__(f"{self.zh} / {self.en}")
        self.day = day
        self.n = n


@dataclass(frozen=True, slots=True)
class Calendar:
    """A published working-day calendar; immutable, equal when version and days are equal."""

    version: str
    digest: str
    """Sha256 hex of the days themselves, to be kept with whatever was computed from them."""
    published: frozenset[int]
    _before: tuple[int, ...] = field(repr=False, compare=False)
    """How many working days lie before the day at this index; one entry more than there are days."""
    _working: tuple[date, ...] = field(repr=False, compare=False)
    """Every working day in order."""

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> Self:
        """Build from a parsed calendar file (schemes/calendars); raises CalendarDataError."""
        facts = read_facts(data)
        worked = _worked_days(facts)
        before = tuple(accumulate(worked, initial=0))
        working = tuple(map(date.fromordinal, compress(range(_FIRST, _FIRST + _SIZE), worked)))
        return cls(facts.version, facts.digest(), facts.published, before, working)

    def is_working(self, day: date) -> bool:
        """Whether `day` is a working day."""
        i = _index(day)
        return self._before[i] != self._before[i + 1]

    def add(self, day: date, n: int) -> date:
        """Give the n-th working day after `day`; n = 1 is the next one, n = 0 gives `day` itself."""
        i = day.toordinal() - _FIRST
        # Negative indexes would silently read the tables from their far end.
        if not 0 <= i < _SIZE:
            raise CalendarRangeError(day)
        if n <= 0:
            if n == 0:
                return day
            raise ValueError(f"working days are counted forward, not {n}")
        try:
            return self._working[self._before[i + 1] + n - 1]
        except IndexError:
            raise CalendarRangeError(day, n) from None

    def count(self, start: date, end: date) -> int:
        """Count the working days d with start < d <= end; 0 when `end` is not after `start`."""
        i = start.toordinal() - _FIRST
        j = end.toordinal() - _FIRST
        if i < 0 or j < 0:
            raise CalendarRangeError(min(start, end))
        try:
            days = self._before[j + 1] - self._before[i + 1]
        except IndexError:
            raise CalendarRangeError(max(start, end)) from None
        return days if days > 0 else 0  # noqa: FURB136 -- max() would cost half as much again

    def roll(self, day: date) -> date:
        """Give the first working day on or after `day` (民法典 203)."""
        try:
            return self._working[self._before[_index(day)]]
        except IndexError:
            raise CalendarRangeError(day) from None

    def is_published(self, day: date) -> bool:
        """Whether the arrangement of the day's year is known."""
        return day.year in self.published

    def is_provisional(self, start: date, end: date) -> bool:
        """Whether any day d with start < d <= end lies in a year that is not published.

        A notice has now and then touched the last days of the year before it (2007, 2018); such a correction
        is a new version of that year, not a reason to hold every late December for provisional.
        """
        if end <= start:
            return False
        first = date.fromordinal(start.toordinal() + 1).year
        return any(year not in self.published for year in range(first, end.year + 1))


def _worked_days(facts: CalendarFacts) -> bytearray:
    """Lay out one byte a day over the whole table: 1 worked, 0 off."""
    shift = FIRST_DAY.weekday()
    worked = bytearray(_WEEK[(i + shift) % 7] for i in range(_SIZE))
    for days, value in ((facts.off, 0), (facts.work, 1)):
        for day in days:
            if not FIRST_DAY <= day <= LAST_DAY:
                raise CalendarDataError(f"years.{day.year}", f"outside {FIRST_DAY.year}..{LAST_DAY.year}")
            worked[day.toordinal() - _FIRST] = value
    return worked


def _index(day: date) -> int:
    i = day.toordinal() - _FIRST
    if not 0 <= i < _SIZE:
        raise CalendarRangeError(day)
    return i
