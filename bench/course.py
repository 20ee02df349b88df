"""What racers are told when they start: the databases, and the stories that our own acts come from.

A racer is a module of bench.racers. It has the names of its `WAYS`, `start(course)`, which gets everything ready that
needs no database, `create(track)`, which makes its tables and leaves no connection open, and `ready(track)`, which
opens one and gives its ways by name. A way takes a number of cases and gives the work that is timed: as many steps as
it returns, each with a guard, a new state, a record of who did what when, and a commit of its own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import psycopg

from hefu.site.database import BUSY, PRAGMAS

STEPS = 25
"""Steps of a case."""
PREPARED = 2
"""Times after which psycopg has a statement prepared: as in the product's settings."""
ACTOR = "an-auditor"
"""Who does the steps of the peers."""

Work = Callable[[], int]
Ways = dict[str, Callable[[int], Work]]


class Track(NamedTuple):
    """A database of one racer, by its address (site/database.py). `synchronous` is SQLite's."""

    name: str
    url: str
    synchronous: str = "FULL"

    @property
    def lite(self) -> bool:
        return self.url.startswith("sqlite:")

    @property
    def database(self) -> str:
        """The path of the file, or the name of the database."""
        return unquote(urlsplit(self.url).path.removeprefix("/"))

    @property
    def key(self) -> str:
        """The type of a key that the database counts."""
        return "INTEGER PRIMARY KEY" if self.lite else "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"

    @property
    def pragmas(self) -> list[str]:
        """The product's own settings of SQLite, one statement each."""
        return [f"{line.strip()};" for line in PRAGMAS.format(self.synchronous).split(";") if line.strip()]

    def marked(self, text: str) -> str:
        """A statement with the parameter marks of the driver."""
        return text if self.lite else text.replace("?", "%s")

    def connect(self) -> Any:  # noqa: ANN401 - a connection of one of two drivers
        """A connection of the driver itself, with the settings that the product has."""
        if not self.lite:
            return psycopg.connect(self.url, prepare_threshold=PREPARED)
        held = sqlite3.connect(self.database, timeout=BUSY, isolation_level=None)
        for line in self.pragmas:
            held.execute(line)
        return held

    @property
    def server(self) -> dict[str, str]:
        """Host, port, user and password of a server, as the variables of libpq name them."""
        parts = urlsplit(self.url)
        return {
            "HOST": parts.hostname or "", "PORT": str(parts.port or ""), "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
        }  # fmt: skip


class Course(NamedTuple):
    """Tracks, and the folder and file name of each story."""

    tracks: tuple[Track, ...]
    stories: tuple[tuple[str, str], ...] = ()

    def told(self) -> str:
        """The course as one word of a command line."""
        return json.dumps(self)


def understood(text: str) -> Course:
    """What `told` has written."""
    tracks, stories = json.loads(text)
    return Course(tuple(Track(*track) for track in tracks), tuple((folder, name) for folder, name in stories))


def state(number: int) -> str:
    """The name of the state before the step with this number; the states are a ring."""
    return f"state-{number % STEPS}"


class GuardError(RuntimeError):
    """A case was not in the state from which a step is possible."""


def guard(found: Any, number: int) -> None:  # noqa: ANN401 - whatever the database gives
    """The least guard that there is: the case is in the state before the step. Raises GuardError."""
    if found != state(number):
        raise GuardError(f"{found!r} is not {state(number)!r}")
