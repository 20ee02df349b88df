"""Figures 6 and 7: load and check of a scheme, the start of the command line, and memory, each in a fresh process.

Cold is the first load and check of a process, imports apart; `again` is the second, which reads and hashes the files
and compiles nothing. Nothing is kept between processes. Times are wall time; nothing is subtracted.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

from bench.stories import ROOT
from bench.table import Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.stories import Story
    from bench.timing import Effort

SHARED = str(ROOT / "schemes")
COLD, CACHED, HELP, MEMORY = 400.0, 30.0, 0.3, 60.0
"""Goals: milliseconds, milliseconds, CPU seconds, MB."""


def figures(told: Sequence[Story], effort: Effort, missing: list[str]) -> list[Row]:
    """Load and check, cold and cached; `hefu --help`; the memory of all schemes."""
    folders = [story.folder for story in told]
    rows = _loading(folders, effort)
    rows.append(_help(effort))
    try:
        rows += _memory(folders, effort)
    except (OSError, subprocess.CalledProcessError) as error:
        missing.append(f"memory: {error}")
    return rows


def _run(words: list[str]) -> tuple[str, float, float]:
    """Run Python with these words in a fresh process: its output, wall seconds and CPU seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, *words], cwd=ROOT, check=True, capture_output=True, text=True
    )
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, wall, cpu


def _probe(what: str, folders: Sequence[Path]) -> dict[str, float]:
    """The answer of the probe, and the milliseconds of its whole process, wall and CPU."""
    out, wall, cpu = _run(["-m", "bench.probe", what, SHARED, *map(str, folders)])
    return {**json.loads(out), "whole": wall * 1000, "cpu": cpu * 1000}


def _loading(folders: Sequence[Path], effort: Effort) -> list[Row]:
    """The slowest scheme, cold and again in the same process, where the hash of its content is checked."""
    spent: list[tuple[Path, dict[str, float]]] = []
    for folder in folders:
        _probe("load", [folder])  # leaves the bytecode behind, as an installation does
        turn = [_probe("load", [folder]) for _ in range(effort.rounds)]
        answer = {key: median(item[key] for item in turn) for key in turn[0]}
        spent.append((folder, {**answer, "cold": answer["load"] + answer["check"]}))
    rows = []
    for name, key, goal in (("cold", "cold", COLD), ("again in the process", "again", CACHED)):
        folder, found = max(spent, key=lambda item: item[1][key])
        note = (
            f"{folder.relative_to(ROOT)}: load {found['load']:.0f} + check {found['check']:.0f} ms, again"
            f" {found['again']:.1f}; imports before them {found['imports']:.0f}, the whole process {found['whole']:.0f}"
            f" ({found['cpu']:.0f} of CPU); slowest of the schemes"
        )
        rows.append(Row(f"load and check one scheme, {name}", found[key], "ms", goal, at_most=True,
                        peer="the whole process, ms", peer_value=found["whole"], note=note))  # fmt: skip
    return rows


def _help(effort: Effort) -> Row:
    """CPU seconds of `hefu --help`, beside an interpreter that does nothing."""
    words = {"help": ["-m", "hefu.cli", "--help"], "bare": ["-c", "pass"]}
    spent: dict[str, list[float]] = {name: [] for name in words}
    for _ in range(effort.rounds):
        for name, line in words.items():
            spent[name].append(_run(line)[2])
    ours, bare = median(spent["help"]), median(spent["bare"])
    return Row("hefu --help", ours, "CPU s", HELP, at_most=True, peer="python -c pass, CPU s", peer_value=bare,
               ratio=ours / bare)  # fmt: skip


def _memory(folders: Sequence[Path], effort: Effort) -> list[Row]:
    """Resident memory with all schemes loaded, over the bare interpreter."""
    found = [_probe("memory", folders) for _ in range(effort.rounds)]
    spent = {key: median(item[key] for item in found) for key in found[0]}
    schemes = spent["all"] - spent["imports"]
    note = f"{len(folders)} loaded; imports {spent['imports']:.1f} MB, schemes {schemes:.1f} MB"
    return [Row("memory of all schemes loaded", spent["all"], "MB", MEMORY, at_most=True, peer="bare interpreter, MB",
                peer_value=spent["bare"], note=note)]  # fmt: skip
