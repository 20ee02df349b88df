"""DBOS: a workflow of 25 steps, each with its checkpoint as its record; or of 25 transactions that write rows too."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from dbos import DBOS, SQLAlchemyDatasource
from sqlalchemy import event

from bench.course import ACTOR, STEPS, guard, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.course import Course, Track, Ways, Work

WAYS = ("DBOS step", "DBOS transaction")
TABLES = (
    "CREATE TABLE dbos_case (id {key}, state TEXT NOT NULL)",
    (
        "CREATE TABLE dbos_log (id {key}, case_id BIGINT NOT NULL, actor TEXT NOT NULL, source TEXT NOT NULL,"
        " target TEXT NOT NULL)"
    ),
)
OPEN = sa.text("INSERT INTO dbos_case (state) VALUES (:state) RETURNING id")
READ = sa.text("SELECT state FROM dbos_case WHERE id = :id")
MOVE = sa.text("UPDATE dbos_case SET state = :state WHERE id = :id")
LOG = sa.text("INSERT INTO dbos_log (case_id, actor, source, target) VALUES (:case, :actor, :source, :target)")


def start(course: Course) -> None:
    """Nothing before a database is known: the library has one for a process."""
    del course


def create(track: Track) -> None:
    """The two tables of the transactions; the library makes its own."""
    engine = _engine(track)
    with engine.begin() as held:
        for table in TABLES:
            held.execute(sa.text(table.format(key=track.key)))
    engine.dispose()


def _url(track: Track) -> str:
    return track.url if track.lite else track.url.replace("postgresql:", "postgresql+psycopg:")


def _engine(track: Track) -> sa.Engine:
    """An engine with the SQLite settings of the track, and those that the library would set itself."""
    engine = sa.create_engine(_url(track))
    if track.lite:

        @event.listens_for(engine, "connect")
        def pragmas(held: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection
            held.isolation_level = "IMMEDIATE"
            for line in (*track.pragmas, "PRAGMA busy_timeout=30000"):
                held.execute(line)

    return engine


def ready(track: Track) -> Ways:
    """Launch the library on a track; both ways."""
    DBOS.destroy(destroy_registry=True)
    engine = _engine(track)
    DBOS(config={
        "name": "bench", "system_database_url": _url(track), "system_database_engine": engine, "log_level": "ERROR",
        "application_version": "1", "executor_id": "bench",
    })  # fmt: skip
    source = SQLAlchemyDatasource.create(_url(track), engine=engine)

    @source.transaction
    def move(name: int, number: int) -> None:
        _move(source.sql_session(), name, number)

    step = DBOS.step()(_step)
    ways = {WAYS[0]: _stepped(step), WAYS[1]: _moved(move)}
    DBOS.launch()
    return {name: partial(_way, engine, workflow) for name, workflow in ways.items()}


def _step(source: str, number: int) -> str:
    """A step: the guard and the new state, which the library keeps."""
    guard(source, number)
    return state(number + 1)


def _move(session: Any, name: int, number: int) -> None:  # noqa: ANN401 - SQLAlchemy's session
    """A transaction: the guard, the new state, a log row, committed together with the library's checkpoint."""
    guard(session.execute(READ, {"id": name}).scalar_one(), number)
    session.execute(MOVE, {"id": name, "state": state(number + 1)})
    said = {"case": name, "actor": ACTOR, "source": state(number), "target": state(number + 1)}
    session.execute(LOG, said)


def _stepped(step: Callable[..., str]) -> Callable[[int], int]:
    @DBOS.workflow()
    def stepped(_name: int) -> int:
        now = state(0)
        for number in range(STEPS):
            now = step(now, number)
        return STEPS

    return stepped


def _moved(move: Callable[..., None]) -> Callable[[int], int]:
    @DBOS.workflow()
    def moved(name: int) -> int:
        for number in range(STEPS):
            move(name, number)
        return STEPS

    return moved


def _way(engine: sa.Engine, workflow: Callable[[int], int], count: int) -> Work:
    with engine.begin() as held:
        names = [held.execute(OPEN, {"state": state(0)}).scalar_one() for _ in range(count)]
    return lambda: sum(workflow(name) for name in names)
