"""The method: works that are to be compared take turns in one process, and every figure is a median of the rounds.

Time is CPU time of this process, because a core on its own is the unit of part 1 and a busy machine must not count;
garbage collection is off while a work is timed and is run between the works.
"""

from __future__ import annotations

import gc
import importlib
import time
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Effort(NamedTuple):
    """How much to measure: rounds, and the seconds that each work takes in each round."""

    rounds: int = 5
    seconds: float = 0.2


FULL = Effort()
QUICK = Effort(3, 0.03)
GLANCES = 5


class Measured(NamedTuple):
    """CPU seconds of one call of each work, a round each."""

    rounds: Mapping[str, tuple[float, ...]]

    def seconds(self, work: str) -> float:
        """The median seconds of one call."""
        return median(self.rounds[work])

    def ratio(self, work: str, other: str) -> float:
        """How many times as long `work` takes as `other`: the median of the ratios within each round."""
        pairs = zip(self.rounds[work], self.rounds[other], strict=True)
        return median(mine / theirs for mine, theirs in pairs)


def interleaved(works: Mapping[str, Callable[[], object]], effort: Effort) -> Measured:
    """Time each work in turn, round after round. A work is called as often as fills its share of the round."""
    calls = {name: _calls(work, effort.seconds) for name, work in works.items()}
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(effort.rounds):
        for name, work in works.items():
            found[name].append(_timed(work, calls[name]))
    return Measured({name: tuple(seconds) for name, seconds in found.items()})


def glance(work: Callable[[], object]) -> float:
    """Roughly the CPU seconds of one call, for choosing what is worth measuring well: the best of a few."""
    return min(_spent(work, 1) for _ in range(GLANCES))


def _calls(work: Callable[[], object], seconds: float) -> int:
    calls = 1
    while (spent := _timed(work, calls) * calls) < seconds / 4:
        calls = max(calls * 2, int(calls * seconds / 4 / max(spent, 1e-6)))
    return max(1, round(calls * seconds / spent))


def _timed(work: Callable[[], object], calls: int) -> float:
    gc.collect()
    gc.disable()
    try:
        return _spent(work, calls) / calls
    finally:
        gc.enable()


def _spent(work: Callable[[], object], calls: int) -> float:
    start = time.process_time()
    for _ in range(calls):
        work()
    return max(time.process_time() - start, 1e-9)


def peer(module: str) -> Any | None:  # noqa: ANN401 - a module that may ship no types
    """The module of a peer, or None when it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError:
        return None
