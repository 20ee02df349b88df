"""How long a term is and on which day it ends (民法典 201-204, AMBIGUITIES P2, A1).

Decided here:
1. The first day is not counted (201).
2. Months and years end on the corresponding day, or on the last day of the month where there is none (202).
3. When the last day of a task's term is off, the next working day is the last day (203). A validity, a
   surveillance window and a ban end on their own day whatever it is, as the scheme says otherwise (204): they
   pass rolls=False.
4. Working days fall on working days, so a term in them never rolls.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hefu.rules.time.calendar import Calendar

_MONTHS = 12
_FEBRUARY = 2
_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Unit(Enum):
    """The units a rule measures in; the values are the words of the scheme files."""

    WORKING_DAY = "working-day"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Length:
    """A term such as 15 working days or 24 months; never negative (提前 is add_months with -n)."""

    n: int
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse a negative term."""
        if self.n < 0:
            raise ValueError(f"a term cannot be negative: {self.n} {self.unit.value}")


def add_months(day: date, n: int) -> date:
    """Give the corresponding day n months later (earlier when negative), clamped to its month's last day."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + n, _MONTHS)
    return date(year, month + 1, min(day.day, _last_day(year, month + 1)))


def add_years(day: date, n: int) -> date:
    """Give the same day n years later (earlier when negative); 29 February becomes the 28th where it must."""
    return add_months(day, n * _MONTHS)


def end_of(start: date, length: Length, calendar: Calendar, rolls: bool) -> date:  # noqa: FBT001 - the rule of art. 203
    """Give the last day of a term whose first, uncounted day is `start`."""
    match length.unit:
        case Unit.WORKING_DAY:
            return calendar.add(start, length.n)
        case Unit.DAY:
            end = start + timedelta(days=length.n)
        case Unit.MONTH:
            end = add_months(start, length.n)
        case Unit.YEAR:
            end = add_years(start, length.n)
    return calendar.roll(end) if rolls else end


def due_is_provisional(start: date, due: date, length: Length, calendar: Calendar, rolls: bool) -> bool:  # noqa: FBT001 - as end_of
    """Whether `due` may still move when a calendar year is published (A2).

    A term in working days rests on every day it spans, a rolling one on its last day alone, and one that does
    not roll on no calendar at all: a certificate valid to 2029 is certain today.
    """
    if length.unit is Unit.WORKING_DAY:
        return calendar.is_provisional(start, due)
    return rolls and not calendar.is_published(due)


def _last_day(year: int, month: int) -> int:
    if month == _FEBRUARY and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _LAST_DAYS[month - 1]
