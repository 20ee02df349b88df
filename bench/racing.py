"""Racers take turns: each in a process of its own (racer.py), round after round, only one at work at any time.

Every racer has a SQLite file of its own with the same settings in the same folder, and a PostgreSQL database of its
own on the same server. How many cases fill a round is found out beforehand for each way.
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
from contextlib import ExitStack, contextmanager, suppress
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.course import STEPS
from bench.ground import size
from bench.stories import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bench.course import Course, Track
    from bench.timing import Effort

PATIENCE = 300
"""Seconds after which a racer that has not answered is given up."""
WARM = 2
"""Cases that a way does before it is timed."""


class Lap(NamedTuple):
    """One turn of one way: how many steps, in how many seconds of wall and of its own CPU time."""

    steps: int
    wall: float
    cpu: float

    @property
    def rate(self) -> float:
        return self.steps / self.wall


class Raced(NamedTuple):
    """The turns of every way on one track, a round each, and the bytes that a step left in each racer's database."""

    laps: Mapping[str, tuple[Lap, ...]]
    left: Mapping[str, float]

    def rate(self, way: str) -> float:
        """Steps a second: the median of the rounds."""
        return median(lap.rate for lap in self.laps[way])

    def cpu(self, way: str) -> float:
        """CPU microseconds of a step in the racer's own process: the median of the rounds."""
        return median(lap.cpu / lap.steps for lap in self.laps[way]) * 1e6

    def ratio(self, way: str, other: str) -> float:
        """How many times as fast `way` is as `other`: the median of the ratios within each round."""
        pairs = zip(self.laps[way], self.laps[other], strict=True)
        return median(mine.rate / theirs.rate for mine, theirs in pairs)


class RacerError(RuntimeError):
    """A racer that has failed."""


class Racer:
    """A racer's process."""

    def __init__(self, name: str, course: Course, log: Path) -> None:
        self.name, self.log, self.steps = name, log, 0
        self.ways: tuple[str, ...] = ()
        words = [sys.executable, "-m", "bench.racer", name, course.told()]
        with log.open("ab") as errors:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and words
                words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, bufsize=1
            )

    def answer(self) -> dict[str, Any]:
        """The next answer. Raises RacerError."""
        assert self.process.stdout is not None  # noqa: S101 - it was opened as a pipe
        there, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline() if there else ""
        if not line:
            said = self.log.read_text(encoding="utf-8").strip().splitlines()
            raise RacerError(f"{self.name}: {said[-1] if said else f'no answer within {PATIENCE} s'}")
        found: dict[str, Any] = json.loads(line)
        return found

    def ask(self, **what: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Ask and wait. Raises RacerError."""
        assert self.process.stdin is not None  # noqa: S101 - it was opened as a pipe
        with suppress(BrokenPipeError):  # it has ended; its answer, or that there is none, says why
            self.process.stdin.write(json.dumps(what) + "\n")
        return self.answer()

    def lap(self, track: str, way: str, cases: int, connections: int) -> Lap:
        """One turn. Raises RacerError."""
        found = self.ask(track=track, way=way, cases=cases, connections=connections)
        self.steps += found["steps"]
        return Lap(**found)

    def end(self) -> None:
        """Let it go."""
        assert self.process.stdin is not None  # noqa: S101 - it was opened as a pipe
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


@contextmanager
def starting(
    courses: Mapping[str, Course], folder: Path, missing: list[str]
) -> Iterator[list[Racer]]:  # fmt: skip
    """Processes of the racers that can start, all at once; what is missing is told."""
    with ExitStack() as stack:
        racers = []
        for name, course in courses.items():
            racers.append(Racer(name, course, folder / f"{name}.log"))
            stack.callback(racers[-1].end)
        able = []
        for racer in racers:
            try:
                said = racer.answer()
            except RacerError as error:
                said = {"missing": str(error)}
            if "missing" in said:
                missing.append(f"{racer.name}: {said['missing']}")
            else:
                racer.ways = tuple(said["ways"])
                able.append(racer)
        yield able


class _Runner(NamedTuple):
    """A way that takes part, and how many cases fill its round."""

    racer: Racer
    way: str
    cases: int


def race(tracks: Mapping[Racer, Track], effort: Effort, connections: int, missing: list[str]) -> Raced:
    """Let racers take turns, each on its own database; one that fails is told and left out."""
    field: list[_Runner] = []
    empty: dict[str, int] = {}
    for racer, track in tracks.items():
        racer.steps = 0
        try:
            racer.ask(track=track.name, create=True)
            empty[racer.name] = size(track)
            field += [_Runner(racer, way, _cases(racer, track, way, effort, connections)) for way in racer.ways]
        except RacerError as error:
            missing.append(f"{track.name}: {error}")
    found: dict[str, list[Lap]] = {runner.way: [] for runner in field}
    for _ in range(effort.rounds):
        for racer, way, cases in tuple(field):
            try:
                found[way].append(racer.lap(tracks[racer].name, way, cases, connections))
            except RacerError as error:
                missing.append(f"{tracks[racer].name}: {error}")
                field = [runner for runner in field if runner.racer is not racer]
    left = {racer.name: (size(tracks[racer]) - empty[racer.name]) / racer.steps for racer, _, _ in field}
    return Raced({way: tuple(found[way]) for _, way, _ in field}, left)


def _cases(racer: Racer, track: Track, way: str, effort: Effort, connections: int) -> int:
    """As many cases as fill a round."""
    lap = racer.lap(track.name, way, WARM * connections, connections)
    return max(1, round(lap.rate * effort.seconds / STEPS / connections)) * connections
