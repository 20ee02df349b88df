"""Time in the rules: working days, lengths and stops (民法典 201-204, AMBIGUITIES P2, A1-A8).

Everything here works on plain dates of the body's own day (Asia/Shanghai); turning an instant into that
date is the caller's act, so nothing below reads a clock or a time zone.
"""

from hefu.rules.time.calendar import Calendar, CalendarRangeError
from hefu.rules.time.calendar_data import CalendarDataError
from hefu.rules.time.length import Length, Unit, add_months, add_years, due_is_provisional, end_of
from hefu.rules.time.stops import (
    Elapsed,
    Interval,
    Stop,
    due_with_stops,
    elapsed,
    merge,
    stopped_days,
    stopped_working_days,
)

__all__ = [
    "Calendar",
    "CalendarDataError",
    "CalendarRangeError",
    "Elapsed",
    "Interval",
    "Length",
    "Stop",
    "Unit",
    "add_months",
    "add_years",
    "due_is_provisional",
    "due_with_stops",
    "elapsed",
    "end_of",
    "merge",
    "stopped_days",
    "stopped_working_days",
]
