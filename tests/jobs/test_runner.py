"""The runner, one contract on each database: what is started runs once, in its line, and survives its worker."""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from hefu.jobs.dbos_client import DbosClient, prepare
from hefu.jobs.dbos_worker import SEATS, DbosWorker
from hefu.jobs.patience import patiently
from hefu.jobs.port import DONE, FAILED, RUNNING, WAITING, Counts, Queue, Start, Workflow
from hefu.jobs.queues import PARCELS, ROUNDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hefu.jobs.port import Steps

MOST = 14
"""Connections of a worker and of whoever asks it: both pools, those on which DBOS listens, a few of the tests."""
HELD = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
LONG = 60.0
"""Seconds after which a test does not wait any more."""


class Diary:
    """Workflows that write down what they do."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.fails = 0
        self.together = self.most = 0
        self._lock = Lock()

    def note(self, steps: Steps, word: str) -> None:
        steps.do("note", lambda: self.lines.append(word))

    def stumble(self, steps: Steps, word: str) -> None:
        steps.do("first", lambda: self.lines.append(f"{word} first"))
        if self.fails:
            self.fails -= 1
            raise ValueError(f"{word} stumbles")
        steps.do("second", lambda: self.lines.append(f"{word} second"))

    def wait(self, steps: Steps, word: str) -> None:
        steps.do("first", lambda: self.lines.append(f"{word} first"))
        patiently(steps, "try", self._try, [timedelta(seconds=1 if self.fails < 2 else 3600)] * 3)
        steps.do("last", lambda: self.lines.append(f"{word} last"))

    def _try(self) -> None:
        if self.fails:
            self.fails -= 1
            raise ConnectionError("no answer")

    def crowd(self, steps: Steps, _word: str) -> None:
        def among() -> None:
            with self._lock:
                self.together += 1
                self.most = max(self.most, self.together)
            time.sleep(0.05)
            with self._lock:
                self.together -= 1

        steps.do("among", among)
        self.note(steps, "left")

    def all(self) -> tuple[Workflow, ...]:
        return (
            Workflow("note", PARCELS, self.note),
            Workflow("stumble", PARCELS, self.stumble),
            Workflow("wait", PARCELS, self.wait),
            Workflow("crowd", ROUNDS, self.crowd),
            Workflow("throng", PARCELS, self.crowd),
        )


@contextmanager
def running(url: str, diary: Diary, name: str = "worker-1") -> Iterator[DbosWorker]:
    worker = DbosWorker(url, name, diary.all())
    try:
        yield worker
    finally:
        worker.stop()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def start(client: DbosClient, workflow: str, key: str, line: str = "", place: int = 1, queue: Queue = PARCELS) -> None:  # noqa: PLR0913 - a start
    client.start(Start(workflow, queue, key, (key,), line, place))


@pytest.fixture
def client(jobs_url: str) -> Iterator[DbosClient]:
    prepare(jobs_url)
    made = DbosClient(jobs_url)
    yield made
    made.close()


def test_a_key_that_comes_twice_runs_once(client: DbosClient, jobs_url: str) -> None:
    diary = Diary()
    with running(jobs_url, diary):
        start(client, "note", "d-1/7")
        start(client, "note", "d-1/7")
        until(lambda: client.counts() == Counts(0, 0, 0) and bool(client.listed((DONE,))))
        start(client, "note", "d-1/7")
        start(client, "note", "d-1/8")
        until(lambda: len(client.listed((DONE,))) == 2)
    assert diary.lines == ["d-1/7", "d-1/8"]


def test_a_line_goes_in_the_order_of_its_places_and_lines_go_side_by_side(client: DbosClient, jobs_url: str) -> None:
    for place in reversed(range(1, 8)):
        for line in ("a", "b"):
            start(client, "note", f"{line}/{place}", line, place)
    assert client.counts().waiting == 14
    diary = Diary()
    with running(jobs_url, diary):
        until(lambda: len(diary.lines) == 14)
    for line in ("a", "b"):
        assert [word for word in diary.lines if word[0] == line] == [f"{line}/{place}" for place in range(1, 8)]


def test_a_queue_that_is_alone_does_one_thing_at_a_time(client: DbosClient, jobs_url: str) -> None:
    for number in range(4):
        start(client, "crowd", f"round/{number}", queue=ROUNDS)
    diary = Diary()
    with running(jobs_url, diary):
        until(lambda: len(diary.lines) == 4)
    assert diary.most == 1


def test_a_worker_with_much_to_do_keeps_few_connections_to_the_jobs(client: DbosClient, jobs_url: str) -> None:
    if jobs_url.startswith("sqlite"):
        pytest.skip("a file has as many connections as one likes")
    for number in range(60):
        start(client, "note", f"line-{number}/1", f"line-{number}")
    diary, most = Diary(), 0
    with psycopg.connect(jobs_url, autocommit=True) as looking, running(jobs_url, diary):
        while len(diary.lines) < 60:
            row = looking.execute(HELD).fetchone()
            most = max(most, row[0] if row else 0)
    assert 0 < most <= MOST


def test_however_many_jobs_run_only_some_of_them_have_a_connection_to_the_product(
    client: DbosClient, jobs_url: str
) -> None:
    assert PARCELS.width > SEATS
    for number in range(PARCELS.width):
        start(client, "throng", f"line-{number}/1", f"line-{number}")
    diary = Diary()
    with running(jobs_url, diary):
        until(lambda: len(diary.lines) == PARCELS.width)
    assert 1 < diary.most <= SEATS


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_job_that_fails_is_shown_and_can_be_done_again(client: DbosClient, jobs_url: str) -> None:
    diary = Diary()
    diary.fails = 1
    with running(jobs_url, diary):
        start(client, "stumble", "d-1/1")
        until(lambda: client.counts().failed == 1)
        (job,) = client.listed((FAILED,))
        assert (job.key, job.workflow, job.state, job.worker) == ("d-1/1", "stumble", FAILED, "worker-1")
        assert "d-1/1 stumbles" in job.problem
        assert client.again("d-1/1")
        until(lambda: bool(client.listed((DONE,))))
    assert diary.lines == ["d-1/1 first", "d-1/1 first", "d-1/1 second"], "steps are safe to repeat"
    assert not client.again("d-1/1"), "it is done"
    assert not client.again("d-1/2"), "there is none"


def test_a_job_that_waits_tells_its_problem_and_its_next_try(client: DbosClient, jobs_url: str) -> None:
    diary = Diary()
    diary.fails = 1
    before = datetime.now(UTC)
    with running(jobs_url, diary):
        start(client, "wait", "d-1/1")
        until(lambda: any(job.again for job in client.listed((RUNNING,))))
        (job,) = client.listed((RUNNING,))
        assert job.problem == "ConnectionError: no answer"
        assert job.again is not None
        assert before < job.again < before + timedelta(seconds=LONG)
        until(lambda: bool(client.listed((DONE,))))
    assert diary.lines == ["d-1/1 first", "d-1/1 last"]


def test_a_job_waits_on_while_the_database_of_jobs_has_no_connection_left(
    client: DbosClient, jobs_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_key: str) -> float:
        raise OperationalError("SELECT", {}, ConnectionError("too many clients already"))

    diary = Diary()
    diary.fails = 1
    with running(jobs_url, diary) as worker:
        monkeypatch.setattr(worker, "nudged", lost)
        start(client, "wait", "d-1/1")
        until(lambda: not client.counts().waiting and not client.counts().running)
    assert [job.state for job in client.listed((DONE, FAILED))] == [DONE]
    assert diary.lines == ["d-1/1 first", "d-1/1 last"]


def test_what_a_worker_leaves_is_done_by_the_next_from_where_it_stood(client: DbosClient, jobs_url: str) -> None:
    diary = Diary()
    diary.fails = 2  # the second wait is an hour
    with running(jobs_url, diary) as first:
        start(client, "wait", "d-1/1", "d-1", 1)
        start(client, "note", "d-1/2", "d-1", 2)
        until(lambda: any(job.again for job in client.listed((RUNNING,))))
        assert first.left_by() == {"worker-1"}
    assert [job.state for job in client.listed((RUNNING, WAITING))] == [WAITING, RUNNING]
    diary.fails = 0
    with running(jobs_url, diary, "worker-2") as second:
        assert second.adopt({"worker-1"}) == 1
        assert second.adopt({"worker-1"}) == 0, "nobody takes over twice"
        assert client.again("d-1/1"), "the rest of an hour is too long for a test"
        until(lambda: len(client.listed((DONE,))) == 2)
    assert diary.lines[0] == "d-1/1 first"
    assert diary.lines[-2:] == ["d-1/1 last", "d-1/2"], "its line has waited for it"


def test_what_was_done_long_ago_is_forgotten(client: DbosClient, jobs_url: str) -> None:
    diary = Diary()
    with running(jobs_url, diary):
        start(client, "note", "d-1/1")
        until(lambda: bool(client.listed((DONE,))))
    start(client, "note", "d-1/2")
    now = datetime.now(UTC)
    assert client.forget(now - timedelta(hours=1)) == 0
    assert client.forget(now + timedelta(hours=1)) == 1
    assert client.counts() == Counts(1, 0, 0)


def test_a_runner_says_why_it_cannot_be_used(client: DbosClient, jobs_url: str) -> None:
    assert client.ready() == ""
    away = jobs_url.replace("/jobs.", "/nobody.").replace("/hefu_test", "/nobody")
    other = DbosClient(away)
    assert "nobody" in other.ready()
    other.close()
