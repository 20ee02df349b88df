"""The port on DBOS, for any process: starting jobs and reading what became of them. Runs nothing.

DBOS keeps its tables in a database of its own (settings.HEFU_JOBS_URL). Everything in it is JSON, so that reading it
never runs what somebody may have written there.
"""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from hefu.jobs.port import DONE, FAILED, MANY, RUNNING, WAITING, Counts, Job

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dbos import EnqueueOptions, WorkflowStatus

    from hefu.jobs.port import Start

NAME = "hefu"
VERSION = "1"
"""Never changed: a worker takes up only jobs of its own version, and a changed workflow gets a new name instead."""
SERIALIZER = DBOSPortableJSONSerializer()
STATES = {
    WAITING: ("ENQUEUED", "DELAYED"),
    RUNNING: ("PENDING",),
    DONE: ("SUCCESS",),
    FAILED: ("ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"),
}
_STATE = {theirs: ours for ours, them in STATES.items() for theirs in them}
WAIT = "wait"
"""The step that notes until when a job waits (dbos_worker.py)."""
NUDGED = "nudged"
ASKING = 2
"""Connections that a process keeps for starting jobs and reading about them."""
CHUNK = 500
"""Jobs forgotten at once."""


def prepare(url: str) -> None:
    """Create the runner's tables or bring them up to date; safe to run again."""
    DBOS.migrate(url)
    path = _file(url)
    if path:
        # Kept in the file: readers and the writer do not block each other.
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
        connection.close()


def _file(url: str) -> str:
    """The SQLite file of an address; empty for another database."""
    parts = make_url(url)
    return parts.database or "" if parts.get_backend_name() == "sqlite" else ""


class DbosClient:
    """Starting and reading. One is enough for a process; it may be used from several threads."""

    def __init__(self, url: str) -> None:
        self.url = url

    @cached_property
    def _client(self) -> DBOSClient:
        return DBOSClient(
            system_database_url=self.url, serializer=SERIALIZER, application_name=NAME, lazy=True,
            retry_connection_errors=False, system_database_pool_size=ASKING,
        )  # fmt: skip

    def start(self, what: Start) -> None:
        options: EnqueueOptions = {
            "workflow_name": what.workflow,
            "queue_name": what.queue.name,
            "workflow_id": what.key,
            "app_version": VERSION,
        }
        if what.queue.lines:
            options |= {"queue_partition_key": what.line or what.key, "priority": max(what.place, 1)}
        self._client.enqueue(options, *what.args)

    def counts(self) -> Counts:
        return Counts(*(self._many(state) for state in (WAITING, RUNNING, FAILED)))

    def _many(self, state: str) -> int:
        status = list(STATES[state])
        return len(self._client.list_workflows(status=status, limit=MANY, load_input=False, load_output=False))

    def listed(self, states: Collection[str], limit: int = 50) -> Sequence[Job]:
        found = self._client.list_workflows(
            status=[theirs for ours in states for theirs in STATES[ours]], limit=limit, sort_desc=True,
            load_input=False,
        )  # fmt: skip
        return [self._job(status) for status in found]

    def again(self, key: str) -> bool:
        found = self._client.list_workflows(workflow_ids=[key], load_input=False, load_output=False)
        state, queue = (_STATE[found[0].status], found[0].queue_name) if found else ("", None)
        if state == FAILED:
            line = found[0].queue_partition_key
            self._client.rewind_workflow(key, queue_name=queue, queue_partition_key=line)
        elif state in (RUNNING, WAITING):
            # Waits that began before this instant are over for whoever takes it up next.
            self._client.update_workflow_attributes(key, {NUDGED: time.time()})
        if state == RUNNING:
            # It is given back to its queue and keeps its place in its line; who held it has lost it.
            self._client.resume_workflow(key, queue_name=queue)
        return state in (FAILED, RUNNING, WAITING)

    def nudged(self, key: str) -> float:
        """When a job was last told to try again, in seconds since 1970; 0 for never."""
        found = self._client.list_workflows(workflow_ids=[key], load_input=False, load_output=False)
        return float((found[0].attributes or {}).get(NUDGED, 0)) if found else 0

    def forget(self, before: datetime) -> int:
        gone = 0
        while found := self._client.list_workflows(
            status=list(STATES[DONE]), completed_before=before.isoformat(), limit=CHUNK, load_input=False,
            load_output=False,
        ):  # fmt: skip
            self._client.delete_workflows([one.workflow_id for one in found])
            gone += len(found)
        return gone

    def ready(self) -> str:
        path = _file(self.url)
        if path and not Path(path).exists():
            return f"there is no file {path}; run `hefu migrate` first"
        try:
            self._client.list_workflows(limit=1, load_input=False, load_output=False)
        except SQLAlchemyError as error:
            return str(error).splitlines()[0]
        return ""

    def close(self) -> None:
        """Let the connections go."""
        if "_client" in self.__dict__:
            self._client.destroy()
            del self.__dict__["_client"]

    def _job(self, status: WorkflowStatus) -> Job:
        state = _STATE[status.status]
        problem, again = str(status.error) if status.error else "", None
        if state == RUNNING:
            problem, again = self._trouble(status.workflow_id)
        since = datetime.fromtimestamp((status.created_at or 0) / 1000, UTC)
        return Job(status.workflow_id, status.name, state, status.executor_id or "", since, problem, again)

    def _trouble(self, key: str) -> tuple[str, datetime | None]:
        """What the last steps of a running job say: patience.py notes its problems, a wait its end."""
        problem, again = "", None
        for step in self._client.list_workflow_steps(key):
            output: Any = step["output"]
            if isinstance(output, list) and output[:1] == ["problem"]:
                problem, again = str(output[1]), None
            elif step["function_name"] == WAIT:
                again = datetime.fromtimestamp(float(output[1]), UTC)
            else:
                problem, again = "", None
        return problem, again
