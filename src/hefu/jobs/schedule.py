"""Schedule: what must have been started by an instant, by the clock on the wall of the body's zone. Pure.

Each day's run has its name, so however many workers start it, it runs once. After a time without any worker only the
newest run of each is started: a sweep of today brings all that those of the missed days would have.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)


class Schedule(NamedTuple):
    """Daily at a time of the wall, or on one `weekday` (0 is Monday); no longer worth it `late` after that."""

    workflow: str
    at: time
    weekday: int | None = None
    late: timedelta | None = None

    def last(self, at: datetime, zone: ZoneInfo) -> date:
        """The day of its newest run at or before an instant."""
        day = at.astimezone(zone).date()
        while datetime.combine(day, self.at, zone) > at or self.weekday not in (None, day.weekday()):
            day -= ONE_DAY
        return day

    def next(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The instant of its first run after an instant."""
        day = self.last(at, zone) + ONE_DAY
        while self.weekday not in (None, day.weekday()):
            day += ONE_DAY
        return datetime.combine(day, self.at, zone)


SCHEDULES = (
    Schedule("sweep", time(0, 5)),
    Schedule("uploads", time(2, 30)),
    Schedule("tidy", time(3, 0)),
    Schedule("audit", time(3, 30), weekday=6),
    Schedule("digest", time(8, 0), late=timedelta(hours=12)),
)


def started_by(at: datetime, zone: ZoneInfo) -> Iterator[tuple[Schedule, date]]:
    """What must have been started by an instant, with the day for which it runs."""
    for schedule in SCHEDULES:
        day = schedule.last(at, zone)
        if schedule.late is None or at <= datetime.combine(day, schedule.at, zone) + schedule.late:
            yield schedule, day
