"""The port to a durable job runner: a workflow is a function whose finished steps are never done again.

A step may be done twice if its process dies before the runner has noted its end, so every step is safe to repeat.
What a step gives must be JSON: texts, numbers, lists, objects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime, timedelta


class Queue(NamedTuple):
    """Where workflows wait. `width` run at once in one worker, in all workers together only one if it is `alone`.

    With `lines`, those of one line (a dossier) run one after another, the lowest place first.
    """

    name: str
    width: int
    lines: bool = False
    alone: bool = False


class Steps(Protocol):
    """What a running workflow has."""

    def do(self, name: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - JSON
        """Do a step and note what it gave; noted before, it is not done but told."""

    def wait(self, length: timedelta) -> None:
        """Wait; who is resumed waits for the rest only."""


class Workflow(NamedTuple):
    """Something that is done step by step. A changed order of steps needs a new name: the old one may be under way."""

    name: str
    queue: Queue
    run: Callable[..., None]
    """Called with the steps and the arguments of the start."""


class Start(NamedTuple):
    """What is to be started: `key` names this run for ever, and starting it again does nothing."""

    workflow: str
    queue: Queue
    key: str
    args: tuple[str | int, ...] = ()
    line: str = ""
    place: int = 1


class Job(NamedTuple):
    """A workflow that was started. `problem` is what went wrong last; `again` when it will try by itself."""

    key: str
    workflow: str
    state: str
    worker: str
    since: datetime
    problem: str = ""
    again: datetime | None = None


WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
"""The states of a job."""


MANY = 1000
"""Jobs are counted up to here."""


class Counts(NamedTuple):
    """How many jobs are in which state; MANY means that many or more."""

    waiting: int
    running: int
    failed: int


class Jobs(Protocol):
    """The runner as everybody may use it, in any process."""

    def start(self, what: Start) -> None:
        """Have a workflow run. With a key that was used before nothing happens."""

    def counts(self) -> Counts:
        """How much there is to do."""

    def listed(self, states: Collection[str], limit: int = 50) -> Sequence[Job]:
        """The newest jobs in some states."""

    def again(self, key: str) -> bool:
        """Do a failed job from its beginning, or end the wait of one for its next try; whether there was one."""

    def forget(self, before: datetime) -> int:
        """Forget what was done before an instant; how many."""

    def ready(self) -> str:
        """Why the runner cannot be used; empty when it can."""


class Runner(Jobs, Protocol):
    """The runner inside a worker."""

    def adopt(self, workers: Collection[str]) -> int:
        """Take over what workers have left behind that are dead; how many jobs."""

    def left_by(self) -> frozenset[str]:
        """Names of the workers in whose hands jobs are."""

    def stop(self) -> None:
        """Take nothing up any more, and let go; what is unfinished is resumed by whoever comes next."""
