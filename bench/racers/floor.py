"""The floor: a case's row read, a guard, the row and a log row written, one commit; the driver and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.course import ACTOR, STEPS, guard, state

if TYPE_CHECKING:
    from bench.course import Course, Track, Ways, Work

WAYS = ("raw SQL",)
TABLES = (
    "CREATE TABLE floor_case (id {key}, state TEXT NOT NULL, version INTEGER NOT NULL)",
    (
        "CREATE TABLE floor_log (case_id BIGINT NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL,"
        " actor TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (case_id, number))"
    ),
)
OPEN = "INSERT INTO floor_case (state, version) VALUES (?, 0) RETURNING id"
READ = "SELECT state, version FROM floor_case WHERE id = ?"
MOVE = "UPDATE floor_case SET state = ?, version = ? WHERE id = ?"
LOG = "INSERT INTO floor_log (case_id, number, at, actor, source, target) VALUES (?, ?, ?, ?, ?, ?)"
AT = "2026-11-21 08:30:00.123456"


def start(course: Course) -> None:
    """Nothing needs to be ready."""
    del course


def create(track: Track) -> None:
    """The two tables."""
    held = track.connect()
    for table in TABLES:
        held.execute(table.format(key=track.key))
    held.commit()
    held.close()


def ready(track: Track) -> Ways:
    """One way."""
    held = track.connect()
    read, move, log, new = map(track.marked, (READ, MOVE, LOG, OPEN))
    read += "" if track.lite else " FOR UPDATE"

    def cases(count: int) -> Work:
        names = [held.execute(new, (state(0),)).fetchone()[0] for _ in range(count)]
        held.commit()

        def work() -> int:
            for name in names:
                for number in range(STEPS):
                    if track.lite:
                        held.execute("BEGIN IMMEDIATE")
                    found, version = held.execute(read, (name,)).fetchone()
                    guard(found, number)
                    held.execute(move, (state(number + 1), version + 1, name))
                    held.execute(log, (name, version + 1, AT, ACTOR, found, state(number + 1)))
                    held.commit()
            return len(names) * STEPS

        return work

    return {WAYS[0]: cases}
