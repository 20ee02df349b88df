"""Fakes of the port: steps that are remembered, a runner that only writes down, a clock that is set."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from hefu.dossiers.outcome import When
from hefu.jobs.port import Counts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import timedelta

    from hefu.jobs.port import Job, Start

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
"""Ten in the morning in Shanghai, a Saturday."""


class Clock:
    """Tells the instant that it was set to."""

    def __init__(self, at: datetime = AT) -> None:
        self.at = at

    def __call__(self) -> When:
        return When(self.at.astimezone(ZONE).date(), self.at)

    def forward(self, length: timedelta) -> None:
        self.at += length


class Memory:
    """Steps that are done at once, and remembered under their place as a runner does; waits are only counted."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, Any]] = []
        self.waits: list[timedelta] = []
        self._place = 0

    def again(self) -> Memory:
        """The same job after a restart: what was noted is told."""
        self._place = 0
        return self

    def do(self, name: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - JSON
        if self._place < len(self.noted):
            known, given = self.noted[self._place]
            assert known == name, "steps must come in the same order"
        else:
            given = work()
            self.noted.append((name, given))
        self._place += 1
        return given

    def wait(self, length: timedelta) -> None:
        self.waits.append(length)


class Ledger:
    """A runner that writes down what it was asked for; the same key only once."""

    def __init__(self) -> None:
        self.started: dict[str, Start] = {}
        self.adopted: set[str] = set()
        self.holders: frozenset[str] = frozenset()
        self.stopped = False
        self.broken = ""

    def start(self, what: Start) -> None:
        if self.broken:
            raise ConnectionError(self.broken)
        self.started.setdefault(what.key, what)

    def counts(self) -> Counts:
        return Counts(len(self.started), 0, 0)

    def listed(self, _states: Collection[str], _limit: int = 50) -> Sequence[Job]:
        return ()

    def again(self, key: str) -> bool:
        return key in self.started

    def forget(self, _before: datetime) -> int:
        return 0

    def ready(self) -> str:
        return self.broken

    def adopt(self, workers: Collection[str]) -> int:
        self.adopted |= set(workers)
        return len(workers)

    def left_by(self) -> frozenset[str]:
        return self.holders

    def stop(self) -> None:
        self.stopped = True
