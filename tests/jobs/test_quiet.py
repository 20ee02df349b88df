"""A worker that has nothing to do leaves the processor alone, and is there at once when there is something."""

from __future__ import annotations

import time
from contextlib import contextmanager
from threading import Event, Thread, Timer
from typing import TYPE_CHECKING

from django.core import mail as post
from django.db import connections

from hefu.jobs.bell import BRISK, WHILE, Bell
from hefu.jobs.port import Start
from hefu.jobs.queues import PARCELS
from hefu.jobs.worker import work_on
from tests.dossiers.lives import live
from tests.jobs.test_product import url, working  # noqa: F401 - fixtures
from tests.jobs.test_runner import Diary, client, running, start, until  # noqa: F401 - client is a fixture
from tests.notices.office import LIFE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hefu.dossiers.store import Store
    from hefu.jobs.dbos_client import DbosClient
    from hefu.jobs.worker import Worker
    from tests.jobs.hands import Clock

QUIET = 5.0
IDLE = 0.04
"""Of a processor; a worker takes about 0.012, and took 0.08 before it had a bell."""
PROMPT = 3.0
"""Seconds on a busy machine; about one on a free one."""


def waited(bell: Bell, timeout: float) -> float:
    begun = time.monotonic()
    bell.wait(timeout)
    return time.monotonic() - begun


def test_a_bell_that_nobody_rings_is_waited_for_as_long_as_one_likes() -> None:
    assert waited(Bell(), 0.5) >= 0.5


def test_who_waits_for_a_bell_looks_at_once_when_it_rings_and_often_for_a_while() -> None:
    bell = Bell()
    ringing = Timer(BRISK * 2, bell.ring)
    ringing.start()
    assert waited(bell, 60) < WHILE
    assert BRISK <= waited(bell, 60) < WHILE
    ringing.join()
    time.sleep(WHILE)
    assert waited(bell, BRISK * 3) >= BRISK * 3


def test_a_bell_that_is_set_ends_the_wait_and_stays_set() -> None:
    bell = Bell()
    stopping = Timer(0.1, bell.set)
    stopping.start()
    assert bell.wait(60)
    assert bell.wait(60)
    assert bell.is_set()
    stopping.join()


def test_a_quiet_runner_takes_next_to_no_processor(client: DbosClient, jobs_url: str) -> None:  # noqa: F811 - the fixture
    client.counts()
    with running(jobs_url, Diary()):
        time.sleep(WHILE)
        spent = time.process_time()
        time.sleep(QUIET)
        assert (time.process_time() - spent) / QUIET < IDLE


def test_what_it_is_given_in_the_quiet_it_begins_at_once_and_finds_what_others_have_put_there(
    client: DbosClient,  # noqa: F811 - the fixture
    jobs_url: str,
) -> None:
    diary = Diary()
    with running(jobs_url, diary) as worker:
        time.sleep(WHILE)
        begun = time.monotonic()
        worker.start(Start("note", PARCELS, "mine", ("mine",), "mine"))
        until(lambda: diary.lines == ["mine"])
        assert time.monotonic() - begun < PROMPT / 2
        time.sleep(WHILE)
        start(client, "note", "theirs", "theirs")
        until(lambda: diary.lines == ["mine", "theirs"])


def test_a_mail_leaves_within_seconds_of_its_act(working: tuple[Store, Worker, Clock]) -> None:  # noqa: F811 - the fixture
    store, worker, _ = working
    until(lambda: not worker.turn().sent and not worker.busy())
    time.sleep(WHILE)
    mails = len(post.outbox)
    with at_work(worker):
        begun = time.monotonic()
        live(store, LIFE, "d-2", 2)
        until(lambda: len(post.outbox) > mails)
        assert time.monotonic() - begun < PROMPT


@contextmanager
def at_work(worker: Worker) -> Iterator[None]:
    """The worker turns every second, as `hefu work` has it."""
    stop = Event()

    def work() -> None:
        work_on(worker, stop, 1.0)
        connections.close_all()

    working_on = Thread(target=work)
    working_on.start()
    yield
    stop.set()
    working_on.join()
