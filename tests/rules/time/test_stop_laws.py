"""Laws of stops and due dates, each against a day-by-day reading of the rule."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hefu.rules.time import (
    Calendar,
    Length,
    Stop,
    Unit,
    due_with_stops,
    elapsed,
    end_of,
    merge,
    stopped_days,
    stopped_working_days,
)

ONE_DAY = timedelta(days=1)


@st.composite
def stop_lists(draw: st.DrawFn) -> list[Stop]:
    starts = draw(st.lists(st.dates(date(2024, 12, 1), date(2026, 3, 1)), max_size=6))
    spans = st.one_of(st.none(), st.integers(0, 60))
    return [_stop(start, draw(spans)) for start in starts]


def _stop(start: date, span: int | None) -> Stop:
    return Stop(start, None if span is None else start + timedelta(days=span), "整改")


clock_starts = st.dates(date(2025, 1, 1), date(2025, 12, 31))
readings = st.dates(date(2025, 1, 1), date(2026, 6, 30))
lengths = st.one_of(
    st.builds(Length, st.integers(1, 120), st.sampled_from([Unit.WORKING_DAY, Unit.DAY])),
    st.builds(Length, st.integers(1, 12), st.just(Unit.MONTH)),
)


@given(stop_lists(), readings)
def test_merged_stops_are_ordered_apart_and_known(stops: list[Stop], until: date) -> None:
    merged = merge(stops, until)
    assert all(start < end <= until for start, end in merged)
    assert all(before[1] < after[0] for before, after in pairwise(merged))


@given(stop_lists(), readings)
def test_merged_stops_never_exceed_the_sum_of_the_stops(stops: list[Stop], until: date) -> None:
    total = sum(max(0, (min(stop.end or until, until) - stop.start).days) for stop in stops)
    assert sum((end - start).days for start, end in merge(stops, until)) <= total


@given(stop_lists(), clock_starts, readings)
def test_stopped_days_are_the_days_some_stop_covers(
    calendar: Calendar, stops: list[Stop], start: date, until: date
) -> None:
    span = [start + n * ONE_DAY for n in range(1, (until - start).days + 1)]
    covered = [day for day in span if _is_stopped(stops, day, until)]
    assert stopped_days(stops, start, until) == len(covered)
    assert stopped_working_days(stops, start, until, calendar) == sum(map(calendar.is_working, covered))


def _is_stopped(stops: list[Stop], day: date, until: date) -> bool:
    return any(stop.start < day <= (stop.end or until) for stop in stops) and day <= until


@given(stop_lists(), clock_starts, readings, st.sampled_from(Unit))
def test_net_is_gross_less_stopped_and_never_negative(
    calendar: Calendar, stops: list[Stop], start: date, now: date, unit: Unit
) -> None:
    read = elapsed(start, now, unit, stops, calendar)
    assert read.net == read.gross - read.stopped
    assert 0 <= read.stopped <= read.gross


@given(stop_lists(), clock_starts, st.integers(1, 120), readings)
def test_a_term_in_working_days_ends_on_its_nth_unstopped_working_day(
    calendar: Calendar, stops: list[Stop], start: date, n: int, now: date
) -> None:
    day, left = start, n
    while left:
        day += ONE_DAY
        left -= calendar.is_working(day) and not _is_stopped(stops, day, now)
    length = Length(n, Unit.WORKING_DAY)
    assert due_with_stops(start, length, stops, calendar, rolls=True, now=now) == day


@given(stop_lists(), clock_starts, lengths, readings)
def test_a_term_never_ends_on_a_stopped_day_nor_before_its_written_end(
    calendar: Calendar, stops: list[Stop], start: date, length: Length, now: date
) -> None:
    due = due_with_stops(start, length, stops, calendar, rolls=True, now=now)
    assert due >= end_of(start, length, calendar, rolls=True)
    assert calendar.is_working(due)
    assert not _is_stopped(stops, due, now)


@given(stop_lists(), clock_starts, st.integers(1, 200), readings)
def test_a_term_in_days_that_does_not_roll_runs_its_full_number_unstopped(
    calendar: Calendar, stops: list[Stop], start: date, n: int, now: date
) -> None:
    due = due_with_stops(start, Length(n, Unit.DAY), stops, calendar, rolls=False, now=now)
    stopped = [start + k * ONE_DAY for k in range(1, (due - start).days + 1)]
    assert sum(not _is_stopped(stops, day, now) for day in stopped) == n


@given(clock_starts, lengths, readings)
def test_without_stops_the_end_is_the_written_one(calendar: Calendar, start: date, length: Length, now: date) -> None:
    written = end_of(start, length, calendar, rolls=True)
    assert due_with_stops(start, length, (), calendar, rolls=True, now=now) == written
