"""Laws of working days and months, which hold for every date."""

from datetime import date, timedelta

import chinese_calendar
from hypothesis import given
from hypothesis import strategies as st

from hefu.rules.time import Calendar, add_months, add_years

ONE_DAY = timedelta(days=1)

days = st.dates(date(2000, 1, 1), date(2080, 12, 31))
published_days = st.dates(date(2004, 1, 1), date(2026, 12, 31))
steps = st.integers(1, 1500)
months = st.integers(-600, 600)


@given(published_days)
def test_a_day_is_worked_exactly_when_chinesecalendar_says_so(calendar: Calendar, day: date) -> None:
    assert calendar.is_working(day) == chinese_calendar.is_workday(day)


@given(published_days, published_days)
def test_counting_agrees_with_walking_through_chinesecalendar(calendar: Calendar, one: date, other: date) -> None:
    start, end = min(one, other), max(one, other)
    end = min(end, start + timedelta(days=400))
    walked = sum(chinese_calendar.is_workday(start + n * ONE_DAY) for n in range(1, (end - start).days + 1))
    assert calendar.count(start, end) == walked


@given(st.dates(date(2004, 1, 1), date(2026, 6, 30)), st.integers(1, 100))
def test_adding_agrees_with_walking_through_chinesecalendar(calendar: Calendar, day: date, n: int) -> None:
    walked, left = day, n
    while left:
        walked += ONE_DAY
        left -= chinese_calendar.is_workday(walked)
    assert calendar.add(day, n) == walked


@given(days, steps)
def test_counting_undoes_adding(calendar: Calendar, day: date, n: int) -> None:
    assert calendar.count(day, calendar.add(day, n)) == n


@given(days, days)
def test_adding_what_was_counted_reaches_the_last_working_day(calendar: Calendar, one: date, other: date) -> None:
    start, end = min(one, other), max(one, other)
    n = calendar.count(start, end)
    assert calendar.add(start, n) <= end < calendar.add(start, n + 1)


@given(days, days, steps)
def test_a_later_start_never_ends_earlier(calendar: Calendar, one: date, other: date, n: int) -> None:
    assert calendar.add(min(one, other), n) <= calendar.add(max(one, other), n)


@given(days, steps)
def test_one_working_day_more_is_always_later(calendar: Calendar, day: date, n: int) -> None:
    assert calendar.add(day, n) < calendar.add(day, n + 1)
    assert calendar.is_working(calendar.add(day, n))


@given(days, steps, steps)
def test_adding_twice_is_adding_the_sum(calendar: Calendar, day: date, n: int, m: int) -> None:
    assert calendar.add(calendar.add(day, n), m) == calendar.add(day, n + m)


@given(days, days, days)
def test_counts_of_neighbouring_spans_add_up(calendar: Calendar, a: date, b: date, c: date) -> None:
    first, middle, last = sorted((a, b, c))
    assert calendar.count(first, last) == calendar.count(first, middle) + calendar.count(middle, last)


@given(days)
def test_rolling_reaches_the_nearest_working_day_and_stays_there(calendar: Calendar, day: date) -> None:
    rolled = calendar.roll(day)
    assert rolled == day if calendar.is_working(day) else rolled == calendar.add(day, 1)
    assert calendar.roll(rolled) == rolled


@given(days, months)
def test_months_land_in_the_right_month_on_the_same_day_or_its_last(day: date, n: int) -> None:
    end = add_months(day, n)
    assert (end.year - day.year) * 12 + end.month - day.month == n
    assert end.day == day.day or (end.day < day.day and (end + ONE_DAY).day == 1)


@given(st.dates(date(2000, 1, 1), date(2080, 12, 31)).filter(lambda day: day.day <= 28), months, months)
def test_without_clamping_months_add_up_and_undo(day: date, n: int, m: int) -> None:
    assert add_months(add_months(day, n), m) == add_months(day, n + m)
    assert add_months(add_months(day, n), -n) == day


@given(days, days, months)
def test_clamping_keeps_the_order_of_days(one: date, other: date, n: int) -> None:
    assert add_months(min(one, other), n) <= add_months(max(one, other), n)


@given(days, st.integers(-50, 50))
def test_a_year_is_twelve_months(day: date, n: int) -> None:
    assert add_years(day, n) == add_months(day, 12 * n)
