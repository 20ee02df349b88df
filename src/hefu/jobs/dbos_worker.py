"""The port on DBOS inside a worker: runs what was started. One a process, because DBOS has one of everything.

Pitfalls of DBOS 3 that this file takes care of: a job is resumed only by somebody who names its dead executor, so each
worker has a name of its own and the living adopt from the dead (worker.py); a job is taken up only by its own
application version, so that never changes; a wait cannot be woken, so waits are ours; it looks into queues as often
when they are empty as when they are full, so its looking threads are started here, with a bell (bell.py).
"""

from __future__ import annotations

import time
from functools import partial
from threading import Event, Semaphore, Thread
from typing import TYPE_CHECKING, Any

import structlog
from dbos import DBOS
from dbos._queue import queue_worker_thread
from django.db import connections
from sqlalchemy.exc import SQLAlchemyError

from hefu.jobs.bell import Bell
from hefu.jobs.dbos_client import NAME, SERIALIZER, STATES, VERSION, WAIT, DbosClient, prepare
from hefu.jobs.port import RUNNING
from hefu.jobs.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import timedelta

    from hefu.jobs.port import Queue, Start, Workflow

log = structlog.get_logger(__name__)

SELDOM = 3.0
"""Seconds between two looks into a quiet queue, for what other processes have put there: a look takes milliseconds."""
RUNNING_JOBS = 5
"""Connections that a worker keeps for noting the steps of its jobs: each is wanted for a moment only."""
SEATS = 12
"""Steps of jobs that have a connection to the product's database at once; many more jobs may run, or wait."""
PATIENCE = 10
"""Seconds that steps under way have to end when the worker stops."""


class StoppedError(BaseException):
    """The worker stops while a job waits. No Exception, so that the job does not count as failed: it is resumed."""


class DbosSteps:
    """The steps of one running job."""

    def __init__(self, stopping: Event, seats: Semaphore, nudged: Callable[[], float]) -> None:
        self.stopping, self.seats, self.nudged = stopping, seats, nudged

    def do(self, name: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - JSON
        if self.stopping.is_set():
            raise StoppedError

        def once() -> Any:  # noqa: ANN401 - as above
            with self.seats:
                try:
                    return work()
                finally:
                    connections.close_all()  # each job is a thread, and each thread would keep its own

        return DBOS.run_step({"name": name}, once)

    def wait(self, length: timedelta) -> None:
        begun, until = DBOS.run_step({"name": WAIT}, lambda: [time.time(), time.time() + length.total_seconds()])
        left = until - time.time()
        if left <= 0 or self._nudged_since(begun):
            return
        if self.stopping.wait(left):
            raise StoppedError

    def _nudged_since(self, begun: float) -> bool:
        """Whether somebody has meanwhile said that it should be tried at once."""
        try:
            return self.nudged() > begun
        except SQLAlchemyError as error:
            # The job waits as if nobody had: an error in here would end it for good.
            log.warning("the database of jobs does not answer", problem=str(error))
            return False


class DbosWorker(DbosClient):
    """Runs jobs under a name that no other process has, from its making until it is stopped."""

    def __init__(self, url: str, name: str, workflows: Sequence[Workflow]) -> None:
        super().__init__(url)
        self.name = name
        self.stopping, self._bell, self._seats = Event(), Bell(), Semaphore(SEATS)
        prepare(url)
        runner = DBOS(config={
            "name": NAME, "system_database_url": url, "application_version": VERSION, "executor_id": name,
            "serializer": SERIALIZER, "log_level": "ERROR", "sys_db_pool_size": RUNNING_JOBS,
        })  # fmt: skip
        DBOS.listen_queues(())
        for workflow in workflows:
            self._register(workflow)
        DBOS.launch()
        self._lookers = [self._look(runner, queue) for queue in QUEUES]

    def _look(self, runner: DBOS, queue: Queue) -> Thread:
        """Look into a queue from now on."""
        known = DBOS.register_queue(
            queue.name, worker_concurrency=queue.width, global_concurrency=1 if queue.alone else None,
            partition_concurrency=1 if queue.lines else None, polling_interval_sec=SELDOM,
            on_conflict="always_update",
        )  # fmt: skip
        looker = Thread(target=queue_worker_thread, args=(self._bell, runner, known), daemon=True)
        looker.start()
        return looker

    def start(self, what: Start) -> None:
        super().start(what)
        self._bell.ring()

    def _register(self, workflow: Workflow) -> None:
        def run(*args: str | int) -> None:
            steps = DbosSteps(self.stopping, self._seats, partial(self.nudged, DBOS.workflow_id or ""))
            try:
                workflow.run(steps, *args)
            finally:
                self._bell.ring()  # it may have started others, and the next of its line may begin

        run.__qualname__ = workflow.name
        # Without a limit: DBOS fails a job that it has given back a hundred times, and one that waits three days for a
        # mail server is given back whenever its worker is killed.
        DBOS.workflow(name=workflow.name, max_recovery_attempts=None)(run)

    def adopt(self, workers: Collection[str]) -> int:
        # The only call of DBOS that gives jobs back to their own queue, and only if their worker still has them.
        found = len(DBOS._recover_pending_workflows(sorted(workers))) if workers else 0  # noqa: SLF001 - as said
        if found:
            self._bell.ring()
        return found

    def left_by(self) -> frozenset[str]:
        found = self._client.list_workflows(status=list(STATES[RUNNING]), load_input=False, load_output=False)
        return frozenset(one.executor_id for one in found if one.executor_id)

    def stop(self) -> None:
        self.stopping.set()
        self._bell.set()
        for looker in self._lookers:
            looker.join(PATIENCE)
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=PATIENCE)
        self.close()
