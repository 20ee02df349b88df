"""The databases of part 2: SQLite files in a folder of their own, PostgreSQL databases made for this run and dropped.

HEFU_BENCH_FOLDER       where the folder is made; the system's folder for temporary files by default
HEFU_BENCH_POSTGRESQL   a server on which databases may be made; postgres at 127.0.0.1:5432 by default
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bench.course import Track

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
SYNCS = 50


class Ground:
    """A folder, and a server if one answers."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder, self.server = folder, server
        self._made: list[str] = []

    def file(self, name: str, synchronous: str = "FULL") -> Track:
        """A SQLite file; the track has its name."""
        return Track(name, f"sqlite:///{self.folder / name}.sqlite3", synchronous)

    def made(self, name: str) -> Track:
        """A PostgreSQL database, made now; the track has the name without the run's own prefix."""
        full = f"hefu_bench_{os.getpid()}_{name}"
        with psycopg.connect(self.server, autocommit=True) as held:
            held.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(full)))
        self._made.append(full)
        return Track(name, urlunsplit(urlsplit(self.server)._replace(path=f"/{full}")))

    def drop(self) -> None:
        """Drop every database that was made."""
        for name in self._made:
            with psycopg.connect(self.server, autocommit=True) as held:
                held.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        self._made.clear()


@contextmanager
def ground(missing: list[str]) -> Iterator[Ground]:
    """A folder and a server for one run; everything is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="hefu-bench-", dir=os.environ.get("HEFU_BENCH_FOLDER")))
    server = os.environ.get("HEFU_BENCH_POSTGRESQL", SERVER)
    try:
        psycopg.connect(server, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        missing.append(f"PostgreSQL: the server does not answer: {str(error).strip().splitlines()[0]}")
        server = ""
    held = Ground(folder, server)
    try:
        yield held
    finally:
        held.drop()
        shutil.rmtree(folder)


def size(track: Track) -> int:
    """Bytes of a database, everything written back into its file."""
    if not track.lite:
        with psycopg.connect(track.url) as held:
            row = held.execute("SELECT pg_database_size(current_database())").fetchone()
        return int(row[0]) if row else 0
    lite = sqlite3.connect(track.database, isolation_level=None)
    lite.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (pages,), (each,) = lite.execute("PRAGMA page_count").fetchone(), lite.execute("PRAGMA page_size").fetchone()
    lite.close()
    return int(pages * each)


def by_table(track: Track) -> dict[str, int]:
    """Bytes of each table of a SQLite file with its indexes; empty where SQLite was built without `dbstat`."""
    held = sqlite3.connect(track.database)
    text = (
        "SELECT m.tbl_name, sum(s.pgsize) FROM dbstat s JOIN sqlite_master m ON m.name = s.name GROUP BY 1 ORDER BY 2"
    )
    try:
        return dict(held.execute(text))
    except sqlite3.OperationalError:
        return {}
    finally:
        held.close()


def syncing(folder: Path) -> float:
    """Milliseconds in which the disk under a folder takes 4 KB for good: half of what FULL costs is this."""
    path, spent = folder / "sync", []
    with path.open("wb", buffering=0) as file:
        for _ in range(SYNCS):
            file.write(bytes(4096))
            start = time.perf_counter()
            os.fdatasync(file.fileno())
            spent.append(time.perf_counter() - start)
    path.unlink()
    return median(spent) * 1000
