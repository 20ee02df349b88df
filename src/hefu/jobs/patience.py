"""Patience: a step that fails is tried again after a while, longer each time; what went wrong can be read meanwhile."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hefu.jobs.port import Steps

LONGEST = timedelta(minutes=15)
"""So long after a mail server answers again, everything that waited for it is under way."""
_FIRST = (5, 30, 60, 120, 240, 480)


def growing() -> Iterable[timedelta]:
    """Waits without end: seconds first, then minutes, then LONGEST for ever."""
    return chain((timedelta(seconds=seconds) for seconds in _FIRST), repeat(LONGEST))


def three_days() -> Iterable[timedelta]:
    """Waits of three days in all: a weekend without a mail server loses no mail."""
    return islice(growing(), len(_FIRST) + timedelta(days=3) // LONGEST)


class GaveUp(NamedTuple):
    """What went wrong at the last attempt."""

    problem: str


def patiently(steps: Steps, name: str, work: Callable[[], Any], waits: Iterable[timedelta] | None = None) -> Any:  # noqa: ANN401 - JSON
    """What `work` gives once it succeeds, or GaveUp when the waits are over."""
    problem = ""
    for wait in chain(growing() if waits is None else waits, (None,)):
        outcome, found = steps.do(name, lambda: attempt(work))
        if outcome == "done":
            return found
        problem = found
        if wait is not None:
            steps.wait(wait)
    return GaveUp(problem)


def attempt(work: Callable[[], Any]) -> list[Any]:
    """One attempt, noted as JSON: ["done", what it gave] or ["problem", what went wrong]."""
    try:
        return ["done", work()]
    except Exception as error:  # noqa: BLE001 - noted, shown to the operator, and tried again
        return ["problem", f"{type(error).__name__}: {error}"]
