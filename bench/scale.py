"""Many dossiers at once, in a process of its own: `python -m bench.scale WANTED` prints one line of JSON.

On SQLite with the default settings. Schemes are loaded before anything is timed; no dossier is remembered. Every sweep
begins with a copy of the same file.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connections

from bench.course import Track
from bench.ground import size
from bench.product import on
from bench.stories import told_again

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.crowd import Moment
    from hefu.dossiers.store import Store

AT = datetime(2026, 11, 21, 8, 30, 0, 123456, UTC)
TENTH = 10
"""The smaller crowd is so many times smaller."""


class Wanted(NamedTuple):
    """Where, from which stories, how many dossiers are rebuilt, how many are due, of how many, and how often."""

    folder: str
    stories: tuple[tuple[str, str], ...]
    rebuilt: int
    due: int
    all: int
    rounds: int


def main(wanted: Wanted) -> dict[str, Any]:
    """Every measurement: seconds, a list of rounds each."""
    track = Track("scale", f"sqlite:///{Path(wanted.folder) / 'scale.sqlite3'}")
    on([track])
    from bench.crowd import join, moment, settle, stand_by  # noqa: PLC0415 - its tables need Django to be ready
    from bench.living import tables  # noqa: PLC0415
    from hefu.dossiers.laws import Laws  # noqa: PLC0415
    from hefu.dossiers.store import Store  # noqa: PLC0415

    now = moment([told_again(Path(folder), name) for folder, name in wanted.stories])
    tables(track.name)
    store = Store(track.name, Laws())
    settle(store, now)
    join(store, 1, wanted.rebuilt)
    ours = f"{now.story.scheme.ref} after {now.acts} acts and {now.size} events, on {now.day}"
    found: dict[str, Any] = {"moment": f"{ours}: {now.brought} events each"}
    found |= _examined(store, track, wanted)
    join(store, wanted.rebuilt, wanted.due)
    done = wanted.due
    for name, count in (("few", wanted.all // TENTH), ("many", wanted.all)):
        stand_by(store, now.day, done, count)
        done = count
        found[name] = [_swept(store, track, now, wanted.due) for _ in range(wanted.rounds)]
    return found | _chosen(store, track, now, wanted)


@contextmanager
def _copied(track: Track) -> Iterator[None]:
    """The alias means a copy of the file for a while."""
    connection = connections[track.name]
    size(track)  # everything written back into the file
    connection.close()
    copy = f"{track.database}-copy"
    shutil.copyfile(track.database, copy)
    connection.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = track.database
        for end in ("", "-wal", "-shm"):
            Path(copy + end).unlink(missing_ok=True)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _swept(store: Store, track: Track, now: Moment, due: int) -> float:
    """Seconds of one sweep. Raises ValueError when it did not do what was there to do."""
    from hefu.dossiers.outcome import When  # noqa: PLC0415 - as above
    from hefu.dossiers.sweep import sweep  # noqa: PLC0415

    with _copied(track):
        store.forget()
        start = time.perf_counter()
        found = sweep(store, When(now.day, AT))
        spent = time.perf_counter() - start
    if found.dossiers != due or found.faults:
        raise ValueError(f"of {due} dossiers {found.dossiers} were swept: {found.faults[:1]}")
    return spent


def _chosen(store: Store, track: Track, now: Moment, wanted: Wanted) -> dict[str, Any]:
    """Who is due: as the sweep asks, in plain SQL, and by a loop over every row."""
    from hefu.dossiers.models import DossierRow  # noqa: PLC0415 - as above
    from hefu.dossiers.sweep import waiting  # noqa: PLC0415

    held = track.connect()
    text, day = "SELECT id FROM hefu_dossier WHERE wakes <= ?", now.day.isoformat()
    rows = DossierRow.objects.using(track.name)
    return {
        "waiting": [_timed(lambda: waiting(store, now.day)) for _ in range(wanted.rounds)],
        "statement": [_timed(lambda: held.execute(text, (day,)).fetchall()) for _ in range(wanted.rounds)],
        "loop": [_timed(lambda: [row for row in rows.iterator() if row.wakes and row.wakes <= now.day])],
    }


def _examined(store: Store, track: Track, wanted: Wanted) -> dict[str, Any]:
    """Rebuilding with every read row lost and with none, auditing, and the floor of both: reading and hashing."""
    from bench.crowd import SEARCHED  # noqa: PLC0415 - as above
    from hefu.dossiers.audit import audit  # noqa: PLC0415
    from hefu.dossiers.rebuild import rebuild  # noqa: PLC0415

    spent: dict[str, Any] = {"lost": [], "intact": [], "audit": [], "hashed": []}
    for _ in range(wanted.rounds):
        with _copied(track):
            with connections[track.name].cursor() as cursor:
                for kind in SEARCHED:
                    cursor.execute(f'DELETE FROM "{kind._meta.db_table}"')  # noqa: S608, SLF001 - our own names
            for name, work, changed in (("lost", rebuild, wanted.rebuilt), ("intact", rebuild, 0), ("audit", audit, 0)):
                start = time.perf_counter()
                found = work(store)
                spent[name].append(time.perf_counter() - start)
                if found.faults or len(getattr(found, "changed", ())) != changed:
                    raise ValueError(f"{name}: {found.faults[:1]}")
                spent["events"] = found.events
        spent["hashed"].append(_timed(lambda: _hashed(track)))
    return spent


def _hashed(track: Track) -> None:
    held = track.connect()
    text = "SELECT events, given, previous FROM hefu_journal ORDER BY dossier_id, number"
    for events, given, previous in held.execute(text):
        sha256(previous + f"{events}\n{given}".encode()).digest()
    held.close()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Wanted(*json.loads(sys.argv[1])))) + "\n")
