"""Asking for work to be done, from a page or a command: a round now, a failed job again, a parcel at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from hefu.dossiers.models import OutboxRow
from hefu.jobs.models import RoundRow
from hefu.jobs.port import Start
from hefu.jobs.rounds import asked_for
from hefu.jobs.workflows import MAIL, QUEUE_OF
from hefu.notices.mail import take_up
from hefu.notices.models import NoticeRow

if TYPE_CHECKING:
    from datetime import datetime

    from hefu.dossiers.outcome import When
    from hefu.jobs.port import Jobs


@cache
def jobs() -> Jobs:
    """The runner of this installation, as any process may use it."""
    from hefu.jobs.dbos_client import DbosClient  # noqa: PLC0415 - a fifth of a start, for what few pages ask

    return DbosClient(settings.HEFU_JOBS_URL)


def start_round(runner: Jobs, kind: str, when: When, by: str) -> str:
    """Have a round made by the next worker that is free; its key. Until then it stands there as not begun."""
    what = asked_for(kind, when, by)
    RoundRow.objects.get_or_create(
        key=what.key, defaults={"kind": kind, "on": when.on, "by": by, "started": when.at}
    )  # fmt: skip
    runner.start(Start(kind, QUEUE_OF[kind], what.key, (what.key, when.on.isoformat(), by)))
    return what.key


def send_now(dossier: str, number: int) -> bool:
    """Let a parcel be tried at once that waits for its next try; whether there was such a one."""
    waiting = OutboxRow.objects.filter(pk=(dossier, number), delivered__isnull=True).exclude(problem="")
    return waiting.update(not_before=None) == 1


def mail_again(runner: Jobs, notice: int, at: datetime) -> bool:
    """Send a mail that was given up; whether there was such a one."""
    row = NoticeRow.objects.filter(pk=notice, mail="now", mailed__isnull=True).exclude(problem="").first()
    if row is None:
        return False
    take_up(notice)
    key = f"{row.key}/mail/{notice}/{at:%Y%m%dT%H%M%S}"
    runner.start(Start(MAIL, QUEUE_OF[MAIL], key, (notice,), line=row.dossier, place=row.number))
    return True
