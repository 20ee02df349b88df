"""Time passes over many dossiers, and their rows are made again: seconds of a sweep, events a second of a rebuild.

Measured in a process of its own (scale.py), on SQLite with the default settings.
"""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.ground import ground
from bench.stories import ROOT
from bench.table import Row
from bench.timing import QUICK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.stories import Story
    from bench.timing import Effort

SWEEP, CONSTANT, REBUILD = 1.5, 1.1, 20_000
"""Goals: seconds for 3,000 due dossiers, times as long among ten times as many, events a second."""
MILLI = 1000


class Scale(NamedTuple):
    """How many dossiers are rebuilt, how many are due, and of how many."""

    rebuilt: int
    due: int
    all: int


ORDINARY, SMALL, LARGE = Scale(300, 3_000, 100_000), Scale(30, 300, 10_000), Scale(300, 3_000, 1_000_000)


def figures(told: Sequence[Story], effort: Effort, missing: list[str]) -> list[Row]:
    """At the ordinary scale, or a small one for a quick run."""
    return _figures(told, effort, missing, SMALL if effort == QUICK else ORDINARY)


def large(told: Sequence[Story], effort: Effort, missing: list[str]) -> list[Row]:
    """At the large scale; it takes minutes and gigabytes, so it must be asked for."""
    return _figures(told, effort, missing, LARGE)


def _figures(told: Sequence[Story], effort: Effort, missing: list[str], scale: Scale) -> list[Row]:
    with ground([]) as held:
        wanted = (str(held.folder), [(str(story.folder), story.name) for story in told], *scale, effort.rounds)
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and words
                [sys.executable, "-m", "bench.scale", json.dumps(wanted)],
                cwd=ROOT, check=True, capture_output=True, text=True,
            )  # fmt: skip
        except subprocess.CalledProcessError as error:
            missing.append(f"sweep and rebuild: {error.stderr.strip().splitlines()[-1]}")
            return []
    found: dict[str, Any] = json.loads(done.stdout)
    spent = {name: median(value) for name, value in found.items() if isinstance(value, list)}
    return [*_sweep(scale, spent, found["moment"]), *_rebuild(scale, spent, found["events"])]


def _sweep(scale: Scale, spent: dict[str, float], moment: str) -> list[Row]:
    of = f"{scale.due:,} of {scale.all:,}"
    each = spent["many"] / scale.due * MILLI
    goal = SWEEP * scale.due / ORDINARY.due
    growth = spent["many"] / spent["few"]
    ask, plain, loop = (spent[name] * MILLI for name in ("waiting", "statement", "loop"))
    return [
        Row(f"sweep: {of} due today", spent["many"], "s", goal, at_most=True, peer="who is due, in plain SQL, s",
            peer_value=spent["statement"], note=f"{each:.2f} ms each; {moment}"),
        Row("sweep: among ten times as many", growth, "times", CONSTANT, at_most=True,
            peer=f"among {scale.all // 10:,}, s", peer_value=spent["few"], ratio=growth),
        Row(f"sweep: to know who is due, {of}", ask, "ms", peer="one statement in plain SQL, ms", peer_value=plain,
            ratio=ask / plain, note=f"by a loop over every row through the ORM {loop:,.0f} ms"),
    ]  # fmt: skip


def _rebuild(scale: Scale, spent: dict[str, float], events: int) -> list[Row]:
    floor = events / spent["hashed"]
    rows = []
    for name, key, goal in (
        ("rebuild: every read row lost", "lost", REBUILD),
        ("rebuild: every read row as it should be", "intact", REBUILD),
        ("audit: chains, states and rows", "audit", None),
    ):
        rate = events / spent[key]
        rows.append(Row(name, rate, "events/s", goal, peer="journal read and hashed, events/s", peer_value=floor,
                        ratio=rate / floor, note=f"{scale.rebuilt} dossiers, {events:,} events"))  # fmt: skip
    return rows
