"""On which day a term ends (民法典 201-204, A1, A3, A5)."""

from datetime import date

import pytest

from hefu.rules.time import Calendar, Length, Unit, add_months, add_years, due_is_provisional, end_of


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2022, 2, 28), 24, date(2024, 2, 28)),  # the corresponding day, not the month's end (A5)
        (date(2020, 2, 29), 48, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 8, 31), 1, date(2025, 9, 30)),
        (date(2025, 9, 30), 1, date(2025, 10, 30)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 6, 15), 0, date(2025, 6, 15)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2026, 1, 15), -13, date(2024, 12, 15)),
        (date(2100, 1, 31), 1, date(2100, 2, 28)),
        (date(2000, 1, 31), 1, date(2000, 2, 29)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_a_year_from_a_leap_day_ends_on_the_28th() -> None:
    assert add_years(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert add_years(date(2024, 2, 29), -4) == date(2020, 2, 29)


def test_a_type_test_report_of_28_february_2022_is_too_old_for_a_filing_on_the_leap_day() -> None:
    report, filing = date(2022, 2, 28), date(2024, 2, 29)
    assert add_months(report, 24) < filing


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        (date(2026, 2, 10), Length(5, Unit.DAY), date(2026, 2, 24)),  # the 15th opens the Spring Festival
        (date(2026, 1, 17), Length(1, Unit.MONTH), date(2026, 2, 24)),
        (date(2025, 10, 1), Length(1, Unit.YEAR), date(2026, 10, 8)),
        (date(2026, 2, 7), Length(7, Unit.DAY), date(2026, 2, 14)),  # a make-up Saturday is worked
    ],
)
def test_a_task_due_on_a_day_off_is_due_on_the_next_working_day(
    calendar: Calendar, start: date, length: Length, expected: date
) -> None:
    assert end_of(start, length, calendar, rolls=True) == expected


def test_a_validity_ends_on_its_own_day_even_in_the_holidays(calendar: Calendar) -> None:
    assert end_of(date(2023, 10, 1), Length(3, Unit.YEAR), calendar, rolls=False) == date(2026, 10, 1)


def test_a_term_that_does_not_roll_needs_no_calendar_for_its_day(calendar: Calendar) -> None:
    assert end_of(date(2095, 5, 1), Length(10, Unit.YEAR), calendar, rolls=False) == date(2105, 5, 1)


@pytest.mark.parametrize("rolls", [True, False])
def test_working_days_never_need_to_roll(calendar: Calendar, rolls: bool) -> None:
    term = Length(15, Unit.WORKING_DAY)
    assert end_of(date(2024, 9, 10), term, calendar, rolls=rolls) == date(2024, 10, 8)


def test_a_term_is_never_negative() -> None:
    with pytest.raises(ValueError, match="cannot be negative: -1 month"):
        Length(-1, Unit.MONTH)


def test_units_are_written_in_scheme_files_as_words() -> None:
    assert [Unit(word) for word in ("working-day", "day", "month", "year")] == list(Unit)


@pytest.mark.parametrize(
    ("length", "rolls", "provisional"),
    [
        (Length(120, Unit.WORKING_DAY), False, True),
        (Length(3, Unit.WORKING_DAY), False, False),
        (Length(6, Unit.MONTH), True, True),
        (Length(6, Unit.MONTH), False, False),
        (Length(1, Unit.MONTH), True, False),
    ],
)
def test_only_an_end_that_rests_on_an_unpublished_year_is_provisional(
    calendar: Calendar, length: Length, rolls: bool, provisional: bool
) -> None:
    start = date(2026, 11, 10)
    due = end_of(start, length, calendar, rolls=rolls)
    assert due_is_provisional(start, due, length, calendar, rolls=rolls) is provisional
