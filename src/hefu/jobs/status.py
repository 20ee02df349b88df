"""Status: everything an operator looks at, as plain values; the page and `hefu status` show the same."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from platform import python_version
from shutil import disk_usage
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import Sum

from hefu.dossiers.models import OutboxRow
from hefu.jobs.health import health
from hefu.jobs.models import WorkerRow
from hefu.jobs.port import FAILED, RUNNING, Counts
from hefu.jobs.rounds import newest
from hefu.jobs.schedule import SCHEDULES
from hefu.notices.models import NoticeRow
from hefu.papers.models import Blob

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from hefu.jobs.health import Trouble
    from hefu.jobs.models import RoundRow
    from hefu.jobs.port import Job, Jobs

LISTED = 50
PARTS = ("hefu", "django", "dbos", "psycopg")


class Outbox(NamedTuple):
    """What acts send out: how much waits, and what has failed and will be tried again."""

    waiting: int
    failing: Sequence[OutboxRow]


class Mails(NamedTuple):
    """Mails of notices: how many wait, and those that were given up."""

    waiting: int
    given_up: Sequence[NoticeRow]


class Planned(NamedTuple):
    """What the schedule will start next, and when."""

    workflow: str
    next: datetime


class Disk(NamedTuple):
    """Uploads: how many contents and bytes, and what is free where they lie (None: not on this machine's disk)."""

    files: int
    size: int
    free: int | None


class Status(NamedTuple):
    """All of it."""

    troubles: Sequence[Trouble]
    outbox: Outbox
    mails: Mails
    workers: Sequence[WorkerRow]
    counts: Counts
    running: Sequence[Job]
    failed: Sequence[Job]
    planned: Sequence[Planned]
    rounds: Mapping[str, RoundRow]
    database: str
    disk: Disk
    versions: Mapping[str, str]


def status(jobs: Jobs, at: datetime) -> Status:
    """How the installation is at an instant. Without the runner its part is empty, and a trouble says why."""
    troubles = health(jobs, at)
    there = not any(trouble.code == "runner" for trouble in troubles)
    return Status(
        troubles,
        outbox(),
        mails(),
        list(WorkerRow.objects.order_by("started")),
        jobs.counts() if there else Counts(0, 0, 0),
        jobs.listed((RUNNING,), LISTED) if there else (),
        jobs.listed((FAILED,), LISTED) if there else (),
        planned(at),
        newest(),
        database(),
        disk(),
        {"python": python_version(), **{part: version(part) for part in PARTS}},
    )


def outbox() -> Outbox:
    """What waits and what fails."""
    open_ = OutboxRow.objects.filter(delivered__isnull=True)
    return Outbox(open_.count(), list(open_.exclude(problem="").order_by("dossier", "number")[:LISTED]))


def mails() -> Mails:
    """What waits for a mail server and what no server would take."""
    unmailed = NoticeRow.objects.filter(mail="now", mailed__isnull=True)
    given_up = unmailed.exclude(problem="").select_related("account").order_by("-pk")[:LISTED]
    return Mails(unmailed.filter(problem="").count(), list(given_up))


def planned(at: datetime) -> list[Planned]:
    """The next run of everything on the schedule, the soonest first."""
    zone = ZoneInfo(settings.HEFU_ZONE)
    return sorted((Planned(one.workflow, one.next(at, zone)) for one in SCHEDULES), key=lambda item: item.next)


def database() -> str:
    """The kind and version of the database, and its name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        number = cursor.fetchone()[0]
    return f"{connection.display_name} {number}, {connection.settings_dict['NAME']}"


def disk() -> Disk:
    """The room that uploads take, and what is left."""
    size = Blob.objects.aggregate(size=Sum("size"))["size"] or 0
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.absolute().parent
    return Disk(Blob.objects.count(), size, disk_usage(folder).free)
