"""A worker's turn: it beats, takes over from the dead, delivers in order, starts what is due; without any sleep."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError

from hefu.dossiers.models import OutboxRow
from hefu.jobs import workers
from hefu.jobs.models import WorkerRow
from hefu.jobs.schedule import SCHEDULES
from hefu.jobs.worker import BuriedError, Worker, work_on
from hefu.jobs.workers import BEAT, DEAD
from tests.jobs.hands import AT, ZONE, Clock, Ledger
from tests.notices.office import Office, office

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.usefixtures("sites")


class Hired:
    """A worker with a fake runner and clock, on an office."""

    def __init__(self, made: Office, pid: int = 0) -> None:
        self.clock, self.runner = Clock(), Ledger()
        self.who = workers.this_process()._replace(pid=pid or os.getpid())
        workers.enter(self.who, self.clock.at)
        self.worker = Worker(self.who, self.runner, made.store, self.clock, ZONE)


def other(name: str, seen: datetime, pid: int = 1, host: str = "elsewhere") -> None:
    WorkerRow.objects.create(name=name, host=host, pid=pid, started=AT, seen=seen)


def test_every_parcel_starts_a_workflow_under_its_own_key_in_the_line_of_its_dossier() -> None:
    hired = Hired(office(steps=6))
    parcels = [f"{row.dossier_id}/{row.number}" for row in OutboxRow.objects.order_by("number")]
    turn = hired.worker.turn()
    assert turn.sent == len(parcels)
    started = [what for what in hired.runner.started.values() if what.workflow == "deliver"]
    assert [what.key for what in started] == parcels
    assert {what.line for what in started} == {"d-1"}
    assert [what.place for what in started] == sorted(what.place for what in started)


def test_a_runner_that_does_not_answer_loses_no_parcel() -> None:
    hired = Hired(office(steps=6))
    hired.worker.turn()
    OutboxRow.objects.update(delivered=None, attempts=0)
    hired.runner.started.clear()
    hired.runner.broken = "gone"
    assert hired.worker.turn().failed == 1
    assert OutboxRow.objects.exclude(problem="").get().problem == "ConnectionError: gone"
    hired.runner.broken = ""
    hired.clock.forward(timedelta(minutes=1))
    assert hired.worker.turn().sent == OutboxRow.objects.count()


def test_what_the_schedule_asks_for_is_started_once_a_day() -> None:
    hired = Hired(office(steps=1))
    first = hired.worker.turn().started
    assert {key.partition("/")[0] for key in first} == {schedule.workflow for schedule in SCHEDULES}
    assert "sweep/2026-11-21" in first
    assert hired.worker.turn().started == ()
    hired.clock.forward(timedelta(days=1))
    assert "sweep/2026-11-22" in hired.worker.turn().started


def test_two_workers_start_the_same_runs() -> None:
    made = office(steps=1)
    first, second = Hired(made, os.getppid()), Hired(made)
    assert first.worker.turn().started == second.worker.turn().started, "a runner takes each key once"


def test_the_jobs_of_a_worker_that_is_not_seen_any_more_are_taken_over() -> None:
    hired = Hired(office(steps=1))
    other("dead", AT - DEAD - timedelta(seconds=1))
    other("slow", AT - DEAD + timedelta(seconds=1))
    hired.runner.holders = frozenset({"dead", "slow", hired.who.name, "unknown"})
    hired.worker.turn()
    assert hired.runner.adopted == {"dead", "unknown"}
    assert workers.living() == {"slow", hired.who.name}


def test_a_worker_of_this_host_whose_process_is_gone_is_dead_at_once() -> None:
    hired = Hired(office(steps=1))
    gone = os.fork()
    if gone == 0:
        os._exit(0)
    os.waitpid(gone, 0)
    other("gone", AT, gone, socket.gethostname()[:100])
    other("here", AT, os.getppid(), socket.gethostname()[:100])
    other("before-me", AT, os.getpid(), socket.gethostname()[:100])
    hired.runner.holders = frozenset({"gone", "here", "before-me"})
    hired.worker.turn()
    assert hired.runner.adopted == {"gone", "before-me"}


def test_a_worker_that_was_taken_for_dead_ends() -> None:
    hired = Hired(office(steps=1))
    hired.worker.turn()
    workers.bury([hired.who.name])
    hired.clock.forward(BEAT)
    with pytest.raises(BuriedError):
        hired.worker.turn()
    assert not workers.alive(hired.who.name)


def test_a_worker_is_seen_while_a_long_delivery_goes_on() -> None:
    hired = Hired(office(steps=20))
    start = hired.runner.start

    def slow(what: Any) -> None:  # noqa: ANN401 - a Start
        hired.clock.forward(timedelta(seconds=20))
        start(what)

    hired.runner.start = slow  # type: ignore[method-assign]  # a slow runner
    hired.worker.turn()
    assert WorkerRow.objects.get().seen > AT + timedelta(minutes=2)


def test_a_worker_that_leaves_stops_its_runner_and_is_known_no_more() -> None:
    hired = Hired(office(steps=1))
    hired.worker.leave()
    assert hired.runner.stopped
    assert workers.living() == frozenset()


def test_working_outlives_a_database_that_goes_away_and_comes_back() -> None:
    hired, stop, turns = Hired(office(steps=6)), Event(), []
    turn = hired.worker.turn

    def troubled() -> Any:  # noqa: ANN401 - a Turn
        turns.append(1)
        if len(turns) == 1:
            raise OperationalError("the server closed the connection")
        if len(turns) == 3:
            stop.set()
        return turn()

    hired.worker.turn = troubled  # type: ignore[method-assign]  # a database in trouble
    work_on(hired.worker, stop, 0.01)
    assert len(turns) == 3
    assert not OutboxRow.objects.filter(delivered=None).exists()
