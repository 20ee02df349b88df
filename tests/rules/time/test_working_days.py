"""Working days by the State Council's arrangement (A2)."""

import dataclasses
from datetime import date, timedelta

import pytest

from hefu.rules.time import Calendar, CalendarRangeError

ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (1, date(2025, 9, 28)),  # a make-up Sunday
        (2, date(2025, 9, 29)),
        (3, date(2025, 9, 30)),
        (4, date(2025, 10, 9)),  # the eight days of National Day and Mid-Autumn are over
        (5, date(2025, 10, 10)),
        (6, date(2025, 10, 11)),  # a make-up Saturday
        (7, date(2025, 10, 13)),
    ],
)
def test_working_days_after_the_friday_before_national_day_2025(calendar: Calendar, n: int, expected: date) -> None:
    assert calendar.add(date(2025, 9, 26), n) == expected


def test_fifteen_working_days_over_national_day_2024_take_28_calendar_days(calendar: Calendar) -> None:
    due = calendar.add(date(2024, 9, 10), 15)
    assert due == date(2024, 10, 8)
    assert (due - date(2024, 9, 10)).days == 28


def test_120_working_days_from_early_january_2026_end_on_the_second_of_july(calendar: Calendar) -> None:
    assert calendar.add(date(2026, 1, 5), 120) == date(2026, 7, 2)
    assert calendar.count(date(2026, 1, 5), date(2026, 7, 2)) == 120


@pytest.mark.parametrize(("year", "working"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_the_working_days_the_notices_give(calendar: Calendar, year: int, working: int) -> None:
    assert calendar.count(date(year - 1, 12, 31), date(year, 12, 31)) == working


PUBLIC_COLLECTION = {
    2024: (
        "01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        "01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}


@pytest.mark.parametrize("year", PUBLIC_COLLECTION)
def test_every_day_agrees_with_a_second_public_collection(calendar: Calendar, year: int) -> None:
    off, work = (_days_of(year, listed) for listed in PUBLIC_COLLECTION[year])
    day = date(year, 1, 1)
    while day.year == year:
        expected = day in work or (day.weekday() < 5 and day not in off)
        assert calendar.is_working(day) == expected, day
        day += ONE_DAY


def _days_of(year: int, listed: str) -> set[date]:
    days = set()
    for item in listed.split():
        first, _, last = item.partition("..")
        day = date.fromisoformat(f"{year}-{first}")
        while day <= date.fromisoformat(f"{year}-{last or first}"):
            days.add(day)
            day += ONE_DAY
    return days


def test_no_working_day_after_a_day_is_the_day_itself_even_a_day_off(calendar: Calendar) -> None:
    assert calendar.add(date(2025, 10, 1), 0) == date(2025, 10, 1)


def test_the_first_day_is_not_counted_and_the_last_one_is(calendar: Calendar) -> None:
    monday, tuesday = date(2026, 3, 9), date(2026, 3, 10)
    assert calendar.count(monday, tuesday) == 1
    assert calendar.count(monday, monday) == 0


def test_nothing_lies_between_a_day_and_an_earlier_one(calendar: Calendar) -> None:
    assert calendar.count(date(2026, 3, 10), date(2026, 3, 2)) == 0


def test_a_make_up_saturday_is_counted_and_never_rolled_over(calendar: Calendar) -> None:
    saturday = date(2026, 2, 14)
    assert calendar.is_working(saturday)
    assert calendar.roll(saturday) == saturday
    assert calendar.count(date(2026, 2, 13), saturday) == 1


def test_rolling_over_the_spring_festival_2026_reaches_the_24th_of_february(calendar: Calendar) -> None:
    assert calendar.roll(date(2026, 2, 15)) == date(2026, 2, 24)


def test_a_result_within_the_published_years_is_certain(calendar: Calendar) -> None:
    assert calendar.is_published(date(2026, 12, 31))
    assert not calendar.is_provisional(date(2026, 1, 5), date(2026, 12, 31))


def test_a_result_that_reaches_into_2027_is_provisional_and_still_given(calendar: Calendar) -> None:
    due = calendar.add(date(2026, 12, 25), 10)
    assert due == date(2027, 1, 8)
    assert not calendar.is_published(due)
    assert calendar.is_provisional(date(2026, 12, 25), due)


def test_only_days_after_the_start_make_a_result_provisional(calendar: Calendar) -> None:
    assert not calendar.is_provisional(date(2003, 12, 31), date(2004, 1, 5))
    assert calendar.is_provisional(date(2003, 12, 30), date(2004, 1, 5))
    assert calendar.is_provisional(date(2026, 12, 31), date(2027, 1, 1))
    assert not calendar.is_provisional(date(2027, 1, 5), date(2027, 1, 5))


OUTSIDE = [date(1999, 12, 31), date(2100, 1, 1), date.min, date.max]


@pytest.mark.parametrize("day", OUTSIDE)
def test_a_day_outside_the_table_is_refused_by_every_question(calendar: Calendar, day: date) -> None:
    inside = date(2026, 1, 5)
    for question in (
        lambda: calendar.is_working(day),
        lambda: calendar.roll(day),
        lambda: calendar.add(day, 0),
        lambda: calendar.add(day, 1),
        lambda: calendar.count(day, inside),
        lambda: calendar.count(inside, day),
    ):
        with pytest.raises(CalendarRangeError, match="outside the calendar, 2000-01-01 to 2099-12-31"):
            question()


def test_counting_out_of_the_table_names_the_day_and_the_number(calendar: Calendar) -> None:
    with pytest.raises(CalendarRangeError, match="10 working days from 2099-12-25"):
        calendar.add(date(2099, 12, 25), 10)


def test_the_edges_of_the_table_still_answer(calendar: Calendar) -> None:
    assert calendar.is_working(date(2099, 12, 31))
    assert calendar.roll(date(2000, 1, 1)) == date(2000, 1, 3)
    assert calendar.count(date(2000, 1, 1), date(2099, 12, 31)) > 25_000


def test_working_days_are_not_counted_backwards(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="counted forward, not -1"):
        calendar.add(date(2026, 1, 5), -1)


def test_a_calendar_cannot_be_changed(calendar: Calendar) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        calendar.version = "other"  # type: ignore[misc]
