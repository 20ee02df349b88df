"""What stops take out of a clock (A7, A8)."""

from datetime import date

import pytest

from hefu.rules.time import (
    Calendar,
    Elapsed,
    Stop,
    Unit,
    elapsed,
    merge,
    stopped_days,
    stopped_working_days,
)

LATER = date(2026, 12, 31)


def march(day: int) -> date:
    """March 2026 has no holiday; the 2nd is a Monday."""
    return date(2026, 3, day)


def stop(start: date, end: date | None) -> Stop:
    return Stop(start, end, "补充材料")


def test_two_overlapping_stops_are_one() -> None:
    stops = [stop(march(9), march(16)), stop(march(4), march(11))]
    assert merge(stops, LATER) == ((march(4), march(16)),)


def test_a_stop_inside_another_adds_nothing() -> None:
    assert merge([stop(march(4), march(20)), stop(march(9), march(11))], LATER) == ((march(4), march(20)),)


def test_a_stop_noticed_on_the_day_the_last_answer_came_continues_it() -> None:
    assert merge([stop(march(4), march(9)), stop(march(9), march(11))], LATER) == ((march(4), march(11)),)


def test_stops_with_a_running_day_between_them_stay_two() -> None:
    stops = [stop(march(4), march(9)), stop(march(10), march(11))]
    assert merge(stops, LATER) == ((march(4), march(9)), (march(10), march(11)))


def test_an_answer_on_the_day_of_the_notice_stops_nothing() -> None:
    assert merge([stop(march(4), march(4))], LATER) == ()


def test_an_open_stop_reaches_to_the_day_it_is_looked_at() -> None:
    assert merge([stop(march(4), None)], march(10)) == ((march(4), march(10)),)


def test_a_stop_not_yet_noticed_is_unknown() -> None:
    assert merge([stop(march(4), None), stop(march(5), march(9))], march(3)) == ()


def test_an_answer_cannot_come_before_its_notice() -> None:
    with pytest.raises(ValueError, match="cannot end on 2026-03-03, before it starts on 2026-03-04"):
        stop(march(4), march(3))


def test_the_day_of_notice_still_runs_and_the_day_of_answer_does_not(calendar: Calendar) -> None:
    # given a notice on Wednesday and the answer on Tuesday
    stops = [stop(march(4), march(10))]
    # then Thursday to Tuesday are out: six days, four of them worked
    assert stopped_days(stops, march(2), LATER) == 6
    assert stopped_working_days(stops, march(2), LATER, calendar) == 4


def test_only_the_days_after_the_clock_started_are_taken_out(calendar: Calendar) -> None:
    stops = [stop(date(2026, 2, 27), march(4)), stop(date(2026, 2, 3), date(2026, 2, 5))]
    assert stopped_days(stops, march(2), LATER) == 2
    assert stopped_working_days(stops, march(2), LATER, calendar) == 2


def test_gross_stopped_and_net_of_a_clock_in_working_days(calendar: Calendar) -> None:
    # given two overlapping stops from the 5th to the 16th
    stops = [stop(march(4), march(11)), stop(march(9), march(16))]
    # when the clock that started on the 2nd is read on the 20th
    read = elapsed(march(2), march(20), Unit.WORKING_DAY, stops, calendar)
    # then fourteen working days went by, eight of them stopped
    assert read == Elapsed(gross=14, stopped=8, net=6)


@pytest.mark.parametrize("unit", [Unit.DAY, Unit.MONTH, Unit.YEAR])
def test_other_clocks_are_read_in_calendar_days(calendar: Calendar, unit: Unit) -> None:
    stops = [stop(march(4), march(11)), stop(march(9), march(16))]
    assert elapsed(march(2), march(20), unit, stops, calendar) == Elapsed(gross=18, stopped=12, net=6)


def test_a_clock_read_on_or_before_its_first_day_shows_nothing(calendar: Calendar) -> None:
    stops = [stop(march(1), None)]
    assert elapsed(march(2), march(2), Unit.DAY, stops, calendar) == Elapsed(0, 0, 0)
    assert elapsed(march(9), march(2), Unit.WORKING_DAY, stops, calendar) == Elapsed(0, 0, 0)
