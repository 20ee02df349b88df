"""The `eventsourcing` library: an aggregate's events are its record; kept in memory, or replayed for each step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from bench.course import ACTOR, STEPS, guard, state

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from bench.course import Course, Track, Ways, Work

WAYS = ("eventsourcing, cached", "eventsourcing, reload")
KEPT = 256
"""Aggregates kept in memory: as many as our store remembers."""


class Case(Aggregate):
    """A case as the library keeps one."""

    def __init__(self) -> None:
        self.state = state(0)

    def step(self, number: int) -> None:
        """The guard, then the event."""
        guard(self.state, number)
        self.stepped(state(number), state(number + 1), ACTOR)

    @event("Stepped")
    def stepped(self, source: str, target: str, actor: str) -> None:
        """A new state, from where, and by whom; the library adds when."""
        del source, actor
        self.state = target


class Cases(Application["UUID"]):
    """The application that keeps them."""

    def open(self) -> UUID:
        """A new case."""
        case = Case()
        self.save(case)
        return case.id

    def step(self, name: UUID, number: int) -> None:
        """One step, saved: the library commits."""
        case: Case = self.repository.get(name)
        case.step(number)
        self.save(case)


def start(course: Course) -> None:
    """Nothing needs to be ready."""
    del course


def create(track: Track) -> None:
    """The library's own tables."""
    _cases(track, {"CREATE_TABLE": "yes"}).close()


def _cases(track: Track, more: dict[str, str]) -> Cases:
    env = {"CREATE_TABLE": "no", **more}
    if track.lite:
        cases = Cases({**env, "PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": track.database})
        _synchronous(cases.factory, track.synchronous)
        return cases
    server = {f"POSTGRES_{word}": value for word, value in track.server.items()}
    named = {"PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_DBNAME": track.database}
    return Cases({**env, **named, **server})


def _synchronous(factory: Any, word: str) -> None:  # noqa: ANN401 - the factory of one database
    """The library leaves SQLite's setting alone; here every connection gets the one of the track."""
    pool = factory.datastore.pool
    create_connection: Callable[[], Any] = pool._create_connection  # noqa: SLF001 - there is no other way in

    def configured() -> Any:  # noqa: ANN401 - the library's connection
        connection = create_connection()
        connection.cursor().execute(f"PRAGMA synchronous={word}")
        return connection

    pool._create_connection = configured  # noqa: SLF001 - as above


def ready(track: Track) -> Ways:
    """Both ways."""
    return {
        WAYS[0]: partial(_way, _cases(track, {"AGGREGATE_CACHE_MAXSIZE": str(KEPT)})),
        WAYS[1]: partial(_way, _cases(track, {})),
    }


def _way(cases: Cases, count: int) -> Work:
    names = [cases.open() for _ in range(count)]

    def work() -> int:
        for name in names:
            for number in range(STEPS):
                cases.step(name, number)
        return len(names) * STEPS

    return work
