"""The whole way: an act, its outbox, a worker with the real runner, notices, mails; rounds on demand and by the day."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.core import mail as post

from hefu.dossiers.models import OutboxRow
from hefu.jobs import workers
from hefu.jobs.asking import start_round
from hefu.jobs.dbos_client import DbosClient
from hefu.jobs.dbos_worker import DbosWorker
from hefu.jobs.models import RoundRow
from hefu.jobs.rounds import SWEEP, newest
from hefu.jobs.worker import Worker
from hefu.jobs.workflows import Tools, workflows
from hefu.notices.models import NoticeRow
from tests.jobs.hands import AT, ZONE, Clock
from tests.jobs.test_runner import until
from tests.notices.office import LIFE, office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hefu.dossiers.store import Store

STEPS = next(number for number, step in enumerate(LIFE.steps, 1) if step.dossier.clocks("supplement"))
"""So many steps lead to a clock that runs."""


def employed(store: Store, clock: Clock, url: str) -> Worker:
    who = workers.this_process()
    workers.enter(who, clock.at)
    tools = Tools(store, clock, DbosClient(url), partial(workers.alive, who.name))
    return Worker(who, DbosWorker(url, who.name, workflows(tools)), store, clock, ZONE)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/jobs.sqlite3"


@pytest.fixture
def working(sites: str, url: str) -> Iterator[tuple[Store, Worker, Clock]]:  # noqa: ARG001 - the product on each database
    made, clock = office(steps=STEPS), Clock(AT - timedelta(hours=4))  # before the digest
    worker = employed(made.store, clock, url)
    yield made.store, worker, clock
    worker.leave()


def test_what_an_act_sends_out_is_told_in_order_and_mailed_once(working: tuple[Store, Worker, Clock]) -> None:
    _, worker, _ = working
    until(lambda: not worker.turn().sent and not worker.busy())
    told = list(NoticeRow.objects.order_by("pk").values_list("number", flat=True))
    assert told
    assert told == sorted(told)
    assert len(post.outbox) == NoticeRow.objects.count()
    assert len({message.extra_headers["Message-ID"] for message in post.outbox}) == len(post.outbox)
    assert not OutboxRow.objects.filter(delivered=None).exists()


def test_the_schedule_sweeps_and_a_round_on_demand_is_the_same(working: tuple[Store, Worker, Clock]) -> None:
    _, worker, clock = working
    worker.turn()
    until(lambda: SWEEP in newest() and newest()[SWEEP].finished is not None)
    first = newest()[SWEEP]
    assert (first.key, first.dossiers, first.fault_count) == ("sweep/2026-11-21", 1, 0)
    assert first.events > 0, "nobody had swept since the life began"
    clock.forward(timedelta(minutes=1))
    key = start_round(worker.runner, SWEEP, clock(), "p-operator")
    until(lambda: RoundRow.objects.get(pk=key).finished is not None)
    again = RoundRow.objects.get(pk=key)
    assert (again.events, again.by) == (0, "p-operator")
