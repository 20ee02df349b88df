"""Where stops move the end of a term (A7, A8, 民法典 203)."""

from datetime import date

import pytest

from hefu.rules.time import Calendar, Length, Stop, Unit, due_with_stops, stopped_working_days

FIFTEEN_WORKING_DAYS = Length(15, Unit.WORKING_DAY)
TEN_DAYS = Length(10, Unit.DAY)
LATER = date(2026, 12, 31)


def march(day: int) -> date:
    """March 2026 has no holiday; the 2nd is a Monday."""
    return date(2026, 3, day)


def stop(start: date, end: date | None) -> Stop:
    return Stop(start, end, "补充材料")


def due(calendar: Calendar, start: date, length: Length, *stops: Stop, now: date = LATER) -> date:
    return due_with_stops(start, length, stops, calendar, rolls=True, now=now)


def test_without_stops_the_term_ends_as_written(calendar: Calendar) -> None:
    assert due(calendar, date(2024, 9, 10), FIFTEEN_WORKING_DAYS) == date(2024, 10, 8)
    assert due(calendar, date(2026, 2, 10), Length(5, Unit.DAY)) == date(2026, 2, 24)


def test_two_overlapping_stops_move_the_end_by_the_days_they_cover_together(calendar: Calendar) -> None:
    # given fifteen working days from Monday the 2nd, which would end on the 23rd
    assert due(calendar, march(2), FIFTEEN_WORKING_DAYS) == march(23)
    # when the 5th to the 16th are stopped, eight working days
    stops = (stop(march(4), march(11)), stop(march(9), march(16)))
    # then the end is eight working days after the 23rd, on 2 April
    assert due(calendar, march(2), FIFTEEN_WORKING_DAYS, *stops) == date(2026, 4, 2)


def test_a_stop_across_a_holiday_takes_out_only_its_working_days(calendar: Calendar) -> None:
    # given a notice two days before the Spring Festival and the answer on the first day back
    start, length = date(2026, 2, 9), Length(10, Unit.WORKING_DAY)
    spring_festival = stop(date(2026, 2, 12), date(2026, 2, 24))
    # then Friday, the make-up Saturday the 14th and the 24th are out, and the make-up 28th counts
    assert due(calendar, start, length) == date(2026, 2, 28)
    assert stopped_working_days([spring_festival], start, LATER, calendar) == 3
    assert due(calendar, start, length, spring_festival) == date(2026, 3, 4)


def test_a_stop_wholly_inside_a_holiday_moves_no_working_day(calendar: Calendar) -> None:
    inside = stop(date(2026, 2, 15), date(2026, 2, 20))
    assert due(calendar, date(2026, 2, 9), FIFTEEN_WORKING_DAYS, inside) == due(
        calendar, date(2026, 2, 9), FIFTEEN_WORKING_DAYS
    )


@pytest.mark.parametrize("length", [FIFTEEN_WORKING_DAYS, Length(21, Unit.DAY)])
def test_a_stop_noticed_on_the_last_day_or_after_it_comes_too_late(calendar: Calendar, length: Length) -> None:
    assert due(calendar, march(2), length, stop(march(23), march(30))) == march(23)
    assert due(calendar, march(2), length, stop(march(25), None)) == march(23)


def test_a_stop_noticed_the_day_before_the_last_still_counts(calendar: Calendar) -> None:
    assert due(calendar, march(2), FIFTEEN_WORKING_DAYS, stop(march(22), march(30))) == march(31)


def test_a_second_stop_counts_once_the_first_has_moved_the_end_past_it(calendar: Calendar) -> None:
    # given ten days from the 2nd, and a second stop after the 12th
    first, second = stop(march(5), march(9)), stop(march(14), march(18))
    assert due(calendar, march(2), TEN_DAYS, second) == march(12)
    # when the first moves the end to the 16th, then the second moves it on to the 20th
    assert due(calendar, march(2), TEN_DAYS, first) == march(16)
    assert due(calendar, march(2), TEN_DAYS, first, second) == march(20)


def test_months_move_by_calendar_days_and_roll_afterwards(calendar: Calendar) -> None:
    # given one month from 2 April, with four days stopped: 6 May; with three: 5 May, still a holiday
    start, month = date(2026, 4, 2), Length(1, Unit.MONTH)
    four, three = stop(date(2026, 4, 10), date(2026, 4, 14)), stop(date(2026, 4, 10), date(2026, 4, 13))
    assert due(calendar, start, month, four) == date(2026, 5, 6)
    assert due(calendar, start, month, three) == date(2026, 5, 6)
    assert due_with_stops(start, month, [three], calendar, rolls=False, now=LATER) == date(2026, 5, 5)


def test_a_stop_noticed_between_a_saturday_end_and_its_monday_counts_from_monday(calendar: Calendar) -> None:
    # given twelve days from the 2nd, ending on Saturday the 14th and so on Monday the 16th
    twelve_days = Length(12, Unit.DAY)
    on_saturday = stop(march(14), march(18))
    assert due(calendar, march(2), twelve_days) == march(16)
    # then four stopped days move Monday to Friday
    assert due(calendar, march(2), twelve_days, on_saturday) == march(20)
    # but a term that does not roll was over on Saturday
    assert due_with_stops(march(2), twelve_days, [on_saturday], calendar, rolls=False, now=LATER) == march(14)


@pytest.mark.parametrize(("now", "expected"), [(march(4), march(12)), (march(6), march(16)), (march(9), march(17))])
def test_while_a_stop_is_open_the_end_moves_with_today(calendar: Calendar, now: date, expected: date) -> None:
    open_stop = stop(march(4), None)
    assert due(calendar, march(2), TEN_DAYS, open_stop, now=now) == expected


def test_an_open_stop_leaves_the_working_days_that_were_left(calendar: Calendar) -> None:
    # given thirteen of fifteen working days still to go on the day of the notice
    open_stop = stop(march(4), None)
    now = march(31)
    assert due(calendar, march(2), FIFTEEN_WORKING_DAYS, open_stop, now=now) == calendar.add(now, 13)
