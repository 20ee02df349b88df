"""Employ: this process becomes a worker."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings

from hefu.jobs import workers
from hefu.jobs.dbos_client import DbosClient
from hefu.jobs.dbos_worker import DbosWorker
from hefu.jobs.worker import Worker
from hefu.jobs.workflows import Tools, workflows

if TYPE_CHECKING:
    from collections.abc import Callable

    from hefu.dossiers.outcome import When
    from hefu.dossiers.store import Store


def employ(store: Store, now: Callable[[], When], url: str = "") -> Worker:
    """A worker that has entered and takes up jobs from now on; one a process."""
    address = url or settings.HEFU_JOBS_URL
    who = workers.this_process()
    workers.enter(who, now().at)
    tools = Tools(store, now, DbosClient(address), partial(workers.alive, who.name))
    runner = DbosWorker(address, who.name, workflows(tools))
    return Worker(who, runner, store, now, ZoneInfo(settings.HEFU_ZONE))
