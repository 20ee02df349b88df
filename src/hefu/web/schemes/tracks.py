"""Tracks: what runs along a channel, one above the other where it would meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LINE, TRACK, APART = 16, 7, 8
"""The height of a line of words, what a track needs besides, and how far two runs keep apart."""


class Run(NamedTuple):
    """A piece that runs along a channel: what it takes up with its words, and how many lines these have."""

    key: tuple[int, str]
    low: float
    high: float
    lines: int


def tracked(runs: Iterable[Run]) -> dict[tuple[int, str], int]:
    """The track of each run: the lowest on which it meets nothing."""
    held: list[list[Run]] = []
    found = {}
    for run in runs:
        track = next((number for number, others in enumerate(held) if _free(run, others)), len(held))
        held += [[]] if track == len(held) else []
        held[track].append(run)
        found[run.key] = track
    return found


def highest(runs: Iterable[Run], tracks: Mapping[tuple[int, str], int]) -> list[Run]:
    """For each track, the lowest first, the run whose words are highest."""
    found: dict[int, Run] = {}
    for run in runs:
        track = tracks[run.key]
        if track not in found or found[track].lines < run.lines:
            found[track] = run
    return [found[track] for track in sorted(found)]


def thick(run: Run) -> float:
    """What a run takes up from below to above."""
    return LINE * run.lines + TRACK


def _free(run: Run, others: Iterable[Run]) -> bool:
    return all(run.high + APART < other.low or run.low - APART > other.high for other in others)
