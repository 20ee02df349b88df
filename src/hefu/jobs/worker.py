"""A worker: one process that beats, adopts from the dead, delivers the outbox, and starts what the schedule says.

`turn` does all of that once and never waits; `work_on` turns every second until it is told to stop, and outlives a
database that goes away and comes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections
from sqlalchemy.exc import SQLAlchemyError

from hefu.dossiers.outbox import deliver
from hefu.jobs import workers
from hefu.jobs.courier import Courier
from hefu.jobs.port import RUNNING, Start
from hefu.jobs.schedule import started_by
from hefu.jobs.workflows import QUEUE_OF

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from threading import Event
    from zoneinfo import ZoneInfo

    from hefu.dossiers.outcome import When
    from hefu.dossiers.store import Store
    from hefu.jobs.port import Runner
    from hefu.jobs.workers import Self


log = structlog.get_logger(__name__)


class BuriedError(RuntimeError):
    """The others believe this worker dead and have taken over its jobs; it must end."""


class Turn(NamedTuple):
    """What one turn did."""

    sent: int
    failed: int
    started: tuple[str, ...]
    adopted: int


class Worker:
    """Works for one store until it is told to stop. It has entered (workers.enter) before its runner was made."""

    def __init__(self, who: Self, runner: Runner, store: Store, now: Callable[[], When], zone: ZoneInfo) -> None:
        self.who, self.runner, self.store, self.now, self.zone = who, runner, store, now, zone
        self._beaten: datetime | None = None
        self._started: set[str] = set()

    def turn(self) -> Turn:
        """Once round. Raises BuriedError."""
        at = self.now().at
        adopted = self._beat(at)
        sent = deliver(self.store, Courier(self.runner, self._pulse), at)
        return Turn(sent.sent, sent.failed, self._start(at), adopted)

    def busy(self) -> bool:
        """Whether a job waits to be taken up, or runs without waiting for its next try."""
        counts = self.runner.counts()
        return bool(counts.waiting) or any(job.again is None for job in self.runner.listed((RUNNING,)))

    def leave(self) -> None:
        """Stop taking up anything; what is unfinished is resumed by the next worker."""
        self.runner.stop()
        workers.leave(self.who)

    def _pulse(self) -> None:
        """A long delivery must not look like death."""
        self._beat(self.now().at)

    def _beat(self, at: datetime) -> int:
        """Be seen, and take over from the dead; how many jobs."""
        if self._beaten is not None and at - self._beaten < workers.BEAT:
            return 0
        self._beaten = at
        if not workers.beat(self.who, at):
            raise BuriedError(f"worker {self.who.name} was taken for dead")
        # The row goes first: whoever is dead must not send while its jobs are taken over.
        workers.bury(workers.dead(self.who, at))
        return self.runner.adopt(self.runner.left_by() - workers.living())

    def _start(self, at: datetime) -> tuple[str, ...]:
        """What the schedule asks for; the keys that this worker had not started before."""
        fresh = []
        for schedule, day in started_by(at, self.zone):
            key = f"{schedule.workflow}/{day}"
            if key not in self._started:
                self.runner.start(Start(schedule.workflow, QUEUE_OF[schedule.workflow], key, (key, day.isoformat())))
                self._started.add(key)
                fresh.append(key)
        return tuple(fresh)


def work_on(worker: Worker, stop: Event, every: float, *, once: bool = False) -> None:
    """Turn every so many seconds until told to stop; `once`: until there is nothing left to do now.

    Raises BuriedError.
    """
    while not stop.is_set():
        try:
            turn = worker.turn()
            idle = not turn.sent
            if once and idle and not worker.busy():
                return
        except (OperationalError, InterfaceError, SQLAlchemyError) as error:
            log.warning("the database does not answer", problem=str(error))
            close_old_connections()
            idle = True
        if idle:
            stop.wait(every)
