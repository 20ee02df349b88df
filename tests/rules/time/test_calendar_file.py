"""What a calendar file may say, and where its mistakes are reported."""

import re
from collections.abc import Mapping
from datetime import date

import pytest

from hefu.rules.time import Calendar, CalendarDataError

YEAR_2026_OFF = ["01-01..01-03", "02-15..02-23", "04-04..04-06", "05-01..05-05"]
YEAR_2026_OFF += ["06-19..06-21", "09-25..09-27", "10-01..10-07"]
YEAR_2026 = {
    "off": YEAR_2026_OFF,
    "work": ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    "working": 248,
}


def file_with(**changes: object) -> dict[str, object]:
    return {"version": "1", "published": [2026], "years": {2026: YEAR_2026}} | changes


def year_with(**changes: object) -> dict[str, object]:
    return file_with(years={2026: YEAR_2026 | changes})


def test_the_shipped_file_publishes_2004_to_2026(calendar: Calendar) -> None:
    assert calendar.published == frozenset(range(2004, 2027))


def test_a_published_version_never_changes_its_days(calendar: Calendar) -> None:
    # Corrected days need a new version: journals keep this digest beside every date computed from it.
    assert calendar.version == "2026.1"
    assert calendar.digest == "e120a2bb49803882e735909cb215ff91893051d4ea885196ee00e81f2f63bb6b"


def test_the_shipped_file_keeps_to_one_line_per_list(calendar_data: Mapping[str, object]) -> None:
    years = calendar_data["years"]
    assert isinstance(years, Mapping)
    assert list(years) == list(range(2004, 2027))
    assert all(set(entry) == {"off", "work", "working"} for entry in years.values())


def test_other_words_for_the_same_days_have_the_same_digest() -> None:
    in_ranges = Calendar.from_data(file_with())
    # 2026-01-03 is a Saturday, so naming it or not changes nothing.
    day_by_day = ["01-01", "01-02", *YEAR_2026_OFF[1:]]
    reworded = Calendar.from_data(year_with(off=day_by_day))
    assert reworded.digest == in_ranges.digest
    assert re.fullmatch("[0-9a-f]{64}", in_ranges.digest)


def test_one_day_more_changes_the_digest() -> None:
    longer = Calendar.from_data(year_with(off=[*YEAR_2026_OFF, "12-25"], working=247))
    assert longer.digest != Calendar.from_data(file_with()).digest
    assert not longer.is_working(date(2026, 12, 25))


def test_calendars_read_from_the_same_file_are_equal() -> None:
    assert Calendar.from_data(file_with()) == Calendar.from_data(file_with())
    assert Calendar.from_data(file_with()) != Calendar.from_data(file_with(version="2"))


@pytest.mark.parametrize(
    ("data", "place", "problem"),
    [
        (file_with(version=2026.1), "version", "in quotes"),
        (file_with(published="2026"), "published", "a list is needed"),
        (file_with(published=["2026-2027"]), "published[0]", "neither a year nor a range"),
        (file_with(published=["2026..2027"]), "years.2027", "has no entry"),
        (file_with(published=[]), "years.2026", "not under `published`"),
        (file_with(years=None), "years", "keys with values"),
        (file_with(years={2026: []}), "years.2026", "keys with values"),
        (year_with(off=[]), "years.2026.off", "not published"),
        (year_with(off=["01-01", "02-30"]), "years.2026.off[1]", "neither a day"),
        (year_with(off=["01-03..01-01"]), "years.2026.off[0]", "ends before it starts"),
        (year_with(work=["01-03"]), "years.2026.work", "2026-01-03 is also a day off"),
        (year_with(work=["01-05"]), "years.2026.work", "2026-01-05 is no weekend day"),
        (year_with(working=250), "years.2026.working", "give 248 working days, not 250"),
        (year_with(worked=["01-04"]), "years.2026.worked", "unknown key"),
        (
            {"version": "1", "published": [1999], "years": {1999: {"off": ["01-01"], "work": []}}},
            "years.1999",
            "outside 2000..2099",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_the_place_of_the_mistake(
    data: dict[str, object], place: str, problem: str
) -> None:
    with pytest.raises(CalendarDataError, match=re.escape(problem)) as refused:
        Calendar.from_data(data)
    assert refused.value.place == place
