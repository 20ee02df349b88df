"""Health of the jobs: whether somebody works, whether what must go out goes out, whether time passes.

Each trouble has a code, so that a monitor can tell them apart, and says in words what to do.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from hefu.dossiers.models import JournalRow, OutboxRow
from hefu.jobs import workers
from hefu.jobs.models import WorkerRow
from hefu.jobs.rounds import SWEEP, newest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.utils.functional import _StrPromise

    from hefu.jobs.port import Jobs

SLOW = timedelta(minutes=10)
"""A parcel that has waited so long is held up."""
MISSED = timedelta(hours=36)
"""A sweep a day: this long after the last one, one is missing."""


class Trouble(NamedTuple):
    """Something that an operator must look after. `exact` is what the machine said, if it did."""

    code: str
    words: _StrPromise
    exact: str = ""


def health(jobs: Jobs, at: datetime) -> Sequence[Trouble]:
    """What is wrong; nothing when all is well."""
    found = []
    if why := jobs.ready():
        found.append(Trouble("runner", _("The database of the jobs cannot be used. Run `hefu migrate`."), why))
    if not WorkerRow.objects.filter(seen__gte=at - workers.DEAD).exists():
        found.append(Trouble("worker", _("No worker runs, so nothing is sent and no time passes. Start `hefu work`.")))
    if held_up(at):
        found.append(Trouble("outbox", _("Parcels have waited for more than ten minutes. Look at the outbox.")))
    sweep = newest().get(SWEEP)
    if sweep is None or sweep.finished is None or sweep.finished < at - MISSED:
        found.append(Trouble("sweep", _("There has been no sweep for a day and a half. Run `hefu sweep`.")))
    elif sweep.fault_count or sweep.problem:
        found.append(
            Trouble("faults", _("The last sweep could not do every dossier. Run `hefu audit`."), sweep.problem)
        )
    return found


def held_up(at: datetime) -> bool:
    """Whether the oldest parcels wait too long: undelivered rows are found through an index that holds no others."""
    oldest = OutboxRow.objects.filter(delivered__isnull=True).order_by("dossier", "number")[:100]
    heads = {row.dossier_id: row.number for row in reversed(oldest)}
    return any(
        JournalRow.objects.filter(dossier=name, number__lte=number, version__gte=number, at__lt=at - SLOW).exists()
        for name, number in heads.items()
    )
