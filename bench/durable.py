"""Durable acts a second, beside the floor and the peers, on each database; and the bytes that an act leaves behind.

Every way does cases of 25 steps; a step is a guard, a new state, a record of it, and its own commit. A step of ours is
an act with all its meaning (racers/ours.py). Wall time counts: the disk and the server take part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bench.course import Course
from bench.ground import by_table, ground, syncing
from bench.racing import race, starting
from bench.table import Row, number
from bench.timing import Effort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.course import Track
    from bench.ground import Ground
    from bench.racing import Raced
    from bench.stories import Story

FLOOR_RACER, OURS_RACER = "floor", "ours"
TOGETHER = (FLOOR_RACER, OURS_RACER, "eventsourced", "updated", "fsm", "viewed")
ALONE = (*TOGETHER, "bpmn", "workflow")
"""The racers (bench.racers): those that are raced with many connections too, and all."""
FLOOR, OURS, ANEW, RELOAD = "raw SQL", "hefu", "hefu, read anew", "eventsourcing, reload"
"""Ways that have rows of their own."""
SHARE = 5
"""A round of a way is so many times as long as one of a work of part 1: a disk is less even than a core."""
GOALS = {"django-fsm-2 + fsm-log": 2.0}
"""How far ahead of a peer we want to be; of the others at all."""
OF_FLOOR = 0.5
"""On PostgreSQL, the part of the floor's speed that whole acts should reach."""
LARGEST = 4
"""Tables named in a note."""


class Field(NamedTuple):
    """Tracks of one kind, and who takes part on them with how many connections each."""

    racers: tuple[str, ...]
    connections: int
    tracks: tuple[str, ...]


LITE = {"SQLite FULL": "FULL", "SQLite NORMAL": "NORMAL"}
SERVED = "PostgreSQL"
CONNECTIONS = 8
CROWDED = f"PostgreSQL, {CONNECTIONS} connections"


def figures(told: Sequence[Story], effort: Effort, missing: list[str]) -> list[Row]:
    """Every track with its rows, then the bytes of an act."""
    stories = tuple((str(story.folder), story.name) for story in told)
    longer = Effort(effort.rounds, effort.seconds * SHARE)
    with ground(missing) as held:
        sync = syncing(held.folder)
        fields = [Field(ALONE, 1, (*LITE, SERVED) if held.server else tuple(LITE))]
        if held.server:
            fields.append(Field(TOGETHER, CONNECTIONS, (CROWDED,)))
        raced: dict[str, Raced] = {}
        tables: dict[str, int] = {}
        for field in fields:
            tracks = {name: {track: _track(held, track, name) for track in field.tracks} for name in field.racers}
            courses = {name: Course(tuple(ours.values()), stories) for name, ours in tracks.items()}
            with starting(courses, held.folder, missing) as racers:
                for track in field.tracks:
                    raced[track] = race({racer: tracks[racer.name][track] for racer in racers}, longer,
                                        field.connections, missing)  # fmt: skip
            if field.connections == 1:
                tables = by_table(tracks[OURS_RACER][next(iter(LITE))])
    rows = [row for track, found in raced.items() for row in _rows(track, found, sync)]
    return [*rows, *_bytes(raced, tables)]


def _track(held: Ground, track: str, racer: str) -> Track:
    """The database of one racer on one track."""
    name = f"{racer}_{''.join(letter for letter in track.lower() if letter.isalnum())}"
    return held.file(name, LITE[track]) if track in LITE else held.made(name)


def _rows(track: str, found: Raced, sync: float) -> list[Row]:
    """Ours against the floor, then ours against each peer, then ours as a process that remembers nothing."""
    if OURS not in found.laps or FLOOR not in found.laps:
        return []
    floor, note = found.rate(FLOOR), ""
    goal = None if track in LITE else OF_FLOOR * floor
    if track in LITE:
        note = f"; one sync of the disk takes {sync:.3f} ms"
    if cpu := found.cpu(OURS):
        note = f"{cpu:.0f} us of CPU an act in our process, {found.cpu(FLOOR):.0f} at the floor{note}"
    rows = [Row(f"{track}: acts a second", found.rate(OURS), "/s", goal, peer=FLOOR, peer_value=floor,
                ratio=found.ratio(OURS, FLOOR), note=note)]  # fmt: skip
    for way in found.laps:
        if way in (OURS, FLOOR):
            continue
        name = f"{track}: acts, of dossiers read anew" if way == ANEW else f"{track}: acts / {way}"
        mine, theirs = (ANEW, RELOAD) if way == ANEW else (OURS, way)
        goal = None if way == ANEW else GOALS.get(way, 1.0)
        if theirs in found.laps:
            ratio = found.ratio(mine, theirs)
            rows.append(Row(name, ratio, "times", goal, peer=f"{theirs}, /s", peer_value=found.rate(theirs),
                            ratio=ratio, note=f"{found.rate(ANEW):,.0f} a second" if way == ANEW else ""))  # fmt: skip
    return rows


def _bytes(raced: dict[str, Raced], tables: dict[str, int]) -> list[Row]:
    """What a step leaves behind in each racer's database, indexes with it."""
    rows = []
    for track in (next(iter(LITE)), SERVED):
        left = raced[track].left if track in raced else {}
        if OURS_RACER not in left:
            continue
        others = "; ".join(
            f"{name} {number(size)}" for name, size in left.items() if name not in (OURS_RACER, FLOOR_RACER)
        )
        note = f"others: {others}"
        if track in LITE and tables:
            whole = sum(tables.values())
            shares = sorted(tables.items(), key=lambda item: -item[1])[:LARGEST]
            note = "; ".join(f"{name} {size / whole:.0%}" for name, size in shares) + f"; {note}"
        floor = left.get(FLOOR_RACER)
        rows.append(Row(f"{track}: bytes an act", left[OURS_RACER], "bytes", peer=f"{FLOOR}, a step", peer_value=floor,
                        ratio=left[OURS_RACER] / floor if floor else None, note=note))  # fmt: skip
    return rows
