"""schedule: what must have been started by an instant, by the clock on the wall of the body's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hefu.jobs.schedule import SCHEDULES, Schedule, started_by

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
DAILY = Schedule("sweep", time(0, 5))
INSTANTS = some.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001 - hypothesis adds it


def test_a_day_begins_in_the_bodys_zone() -> None:
    before, after = datetime(2026, 11, 20, 16, 4, tzinfo=UTC), datetime(2026, 11, 20, 16, 5, tzinfo=UTC)
    assert DAILY.last(before, SHANGHAI) == date(2026, 11, 20)
    assert DAILY.last(after, SHANGHAI) == date(2026, 11, 21)


def test_a_weekly_one_runs_on_its_day_only() -> None:
    sunday = Schedule("audit", time(3, 30), weekday=6)
    at = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
    assert sunday.last(at, SHANGHAI) == date(2026, 11, 15)
    assert sunday.next(at, SHANGHAI) == datetime(2026, 11, 22, 3, 30, tzinfo=SHANGHAI)


def test_after_days_without_a_worker_only_the_newest_run_is_started() -> None:
    at = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    days = [day for schedule, day in started_by(at, SHANGHAI) if schedule.workflow == "sweep"]
    assert days == [date(2026, 11, 25)]


@pytest.mark.parametrize(("hour", "sent"), [(7, False), (8, True), (19, True), (21, False)])
def test_a_digest_that_is_too_late_is_left_out(hour: int, sent: bool) -> None:
    at = datetime(2026, 11, 21, hour, 30, tzinfo=SHANGHAI)
    assert ("digest" in {schedule.workflow for schedule, _ in started_by(at, SHANGHAI)}) is sent


@given(INSTANTS, some.sampled_from(SCHEDULES), some.sampled_from([SHANGHAI, BERLIN]))
def test_the_last_run_is_past_and_the_next_is_not(at: datetime, schedule: Schedule, zone: ZoneInfo) -> None:
    last = datetime.combine(schedule.last(at, zone), schedule.at, zone)
    after = schedule.next(at, zone)
    assert last <= at < after
    assert after - last <= timedelta(days=8)
    assert schedule.weekday in (None, last.weekday())


@given(INSTANTS, some.sampled_from(SCHEDULES))
def test_every_run_comes_once(at: datetime, schedule: Schedule) -> None:
    after = schedule.next(at, SHANGHAI)
    assert schedule.last(after, SHANGHAI) == after.date()
    assert schedule.last(after - timedelta(seconds=1), SHANGHAI) == schedule.last(at, SHANGHAI)
