"""The hot path in plain SQL: load one dossier under a lock, write one act; `rows` is for other tables.

Reason: one act writes up to a dozen rows in five tables. Through the ORM each statement is composed anew, which costs
more than the act and the disk together. Here the texts are constant, so SQLite finds them in its statement cache and
PostgreSQL has them prepared; what an act writes travels to PostgreSQL in one pipeline.

Both databases get the same statements; only the mark of a parameter and the lock differ. SQLite has taken its write
lock with BEGIN IMMEDIATE (settings), PostgreSQL locks the dossier's row.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper

    from hefu.dossiers.journal import Entry
    from hefu.dossiers.rows import Change

LOAD = "SELECT scheme, body, settings, version, head, title FROM hefu_dossier WHERE id = ?"
STATE = "SELECT version, state FROM hefu_state WHERE dossier_id = ?"
TAIL = "SELECT number, event FROM hefu_journal WHERE dossier_id = ? AND number > ? ORDER BY number"
HEADER = (
    "SELECT d.id, d.body, d.scheme, d.title, s.holder, s.unit FROM hefu_dossier d"
    " LEFT JOIN hefu_subject s ON s.dossier_id = d.id WHERE d.id = ?"
)
PARTIES = "SELECT key, role FROM hefu_party WHERE dossier_id = ?"
# The facts come first (CROSS JOIN keeps SQLite to it): they are few, and the dossiers of a body are many.
FACTS = (
    "SELECT f.fact, f.row FROM hefu_fact f CROSS JOIN hefu_dossier d WHERE d.id = f.dossier_id AND d.body = ?"
    " AND d.scheme LIKE ? ORDER BY f.dossier_id, f.fact, f.place"
)
KEY = "SELECT dossier_id, digest, first, version FROM hefu_key WHERE actor = ? AND key = ?"
APPEND = (
    "INSERT INTO hefu_journal (dossier_id, number, at, actor, event, given, previous, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
OPEN = (
    "INSERT INTO hefu_dossier (id, body, scheme, title, settings, opened, version, head, last, wakes, status)"
    " VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, NULL, '')"
)
MOVE = "UPDATE hefu_dossier SET version = ?, head = ?, last = ?, wakes = ?, status = ? WHERE id = ? AND version = ?"
SAVE = (
    "INSERT INTO hefu_state (dossier_id, version, state) VALUES (?, ?, ?)"
    " ON CONFLICT (dossier_id) DO UPDATE SET version = excluded.version, state = excluded.state"
)
CASE = (
    'INSERT INTO hefu_case (dossier_id, "case", process, version, state, opened, outcome, last)'
    ' VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dossier_id, "case") DO UPDATE SET version = excluded.version,'
    " state = excluded.state, outcome = excluded.outcome, last = excluded.last"
)
CERTIFICATE = (
    "INSERT INTO hefu_certificate (dossier_id, place, number, status, since, valid_to, prints)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dossier_id, place) DO UPDATE SET number = excluded.number,"
    " status = excluded.status, since = excluded.since, valid_to = excluded.valid_to, prints = excluded.prints"
)
CLOCK = (
    "INSERT INTO hefu_clock (dossier_id, key, name, scope, due, latest, status, provisional, calendar, owner, kind,"
    " run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dossier_id, key) DO UPDATE SET due = excluded.due,"
    " latest = excluded.latest, status = excluded.status, provisional = excluded.provisional,"
    " calendar = excluded.calendar, run = excluded.run"
)
NO_CLOCK = "DELETE FROM hefu_clock WHERE dossier_id = ? AND key = ?"
DUTY = (
    'INSERT INTO hefu_duty (dossier_id, key, act, ground, role, "case", raised, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?)'
    " ON CONFLICT (dossier_id, key) DO UPDATE SET role = excluded.role, raised = excluded.raised, due = excluded.due"
)
NO_DUTY = "DELETE FROM hefu_duty WHERE dossier_id = ? AND key = ?"
SUBJECT = (
    "INSERT INTO hefu_subject (dossier_id, holder, uscc, unit, words) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (dossier_id) DO UPDATE SET holder = excluded.holder, uscc = excluded.uscc, unit = excluded.unit,"
    " words = excluded.words"
)
PARTY = 'INSERT INTO hefu_party (dossier_id, "case", key, role) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'
NO_PARTY = 'DELETE FROM hefu_party WHERE dossier_id = ? AND "case" = ? AND key = ? AND role = ?'
FACT = (
    "INSERT INTO hefu_fact (dossier_id, fact, place, row) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (dossier_id, fact, place) DO UPDATE SET row = excluded.row"
)
NO_FACT = "DELETE FROM hefu_fact WHERE dossier_id = ? AND fact = ? AND place = ?"
WORK = (
    'INSERT INTO hefu_work (dossier_id, key, role, kind, process, machine, state, "case", item, name, ground, clock,'
    " since, due, status, body, scheme) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (dossier_id, key, role) DO UPDATE SET state = excluded.state, clock = excluded.clock,"
    " since = excluded.since, due = excluded.due, status = excluded.status"
)
NO_WORK = "DELETE FROM hefu_work WHERE dossier_id = ? AND key = ? AND role = ?"
VISIT = (
    'INSERT INTO hefu_visit (dossier_id, "case", field, person, start, "end") VALUES (?, ?, ?, ?, ?, ?)'
    " ON CONFLICT DO NOTHING"
)
NO_VISIT = (
    'DELETE FROM hefu_visit WHERE dossier_id = ? AND "case" = ? AND field = ? AND person = ? AND start = ?'
    ' AND "end" = ?'
)
ENDED = (
    "INSERT INTO hefu_ended (dossier_id, key, name, kind, scope, due, ended, status, late, gross, stopped, net, body,"
    " scheme) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
SEND = "INSERT INTO hefu_outbox (dossier_id, number, kind, attempts, problem) VALUES (?, ?, ?, 0, '')"
USE = "INSERT INTO hefu_key (actor, key, digest, dossier_id, first, version) VALUES (?, ?, ?, ?, ?, ?)"


class VersionError(RuntimeError):
    """The row of a dossier was not at the version on which an act was decided. Nothing has been written."""


class Loaded(NamedTuple):
    """The row of a dossier, and the row of an idempotency key if one was asked for and is there."""

    row: tuple[str, str, str, int, bytes, str] | None
    key: tuple[str, bytes, int, int] | None


class Header(NamedTuple):
    """What names a dossier: its holder and certified unit as lists show them, and the keys and roles of its parties."""

    id: str
    body: str
    scheme: str
    title: str
    holder: str
    unit: str
    parties: Collection[tuple[str, str]]


class NewRow(NamedTuple):
    """What is known of a dossier from the start; `settings` is JSON."""

    id: str
    body: str
    scheme: str
    title: str
    settings: str


class Written(NamedTuple):
    """Everything that one act writes. `state` is empty when the folded state is not due to be written again."""

    dossier: str
    entries: Sequence[Entry]
    version: int
    last: date
    wakes: date | None
    status: str
    state: str
    change: Change
    outbox: Sequence[tuple[int, str]]
    key: tuple[str, str, bytes] | None


def load(using: str, dossier: str, key: tuple[str, str] | None, *, lock: bool) -> Loaded:
    """The present row of a dossier; with `lock` nobody else can write to it before the transaction ends."""
    with _cursor(using) as cursor:
        cursor.execute(_for(cursor, LOAD) + (" FOR UPDATE" if lock and not _lite(cursor) else ""), (dossier,))
        row = cursor.fetchone()
        used = None
        if key is not None:
            cursor.execute(_for(cursor, KEY), key)
            used = cursor.fetchone()
    return Loaded(row, used)


def state(using: str, dossier: str) -> tuple[int, str] | None:
    """The folded state and the number of events in it."""
    with _cursor(using) as cursor:
        cursor.execute(_for(cursor, STATE), (dossier,))
        found: tuple[int, str] | None = cursor.fetchone()
    return found


def tail(using: str, dossier: str, version: int) -> list[tuple[int, str]]:
    """The events after the first `version`."""
    with _cursor(using) as cursor:
        cursor.execute(_for(cursor, TAIL), (dossier, version))
        found: list[tuple[int, str]] = cursor.fetchall()
    return found


def header(using: str, dossier: str) -> Header | None:
    """What names a dossier; nothing for one that is not there."""
    with _cursor(using) as cursor:
        cursor.execute(_for(cursor, HEADER), (dossier,))
        row = cursor.fetchone()
        if row is None:
            return None
        ident, body, scheme, title, holder, unit = row
        cursor.execute(_for(cursor, PARTIES), (dossier,))
        return Header(ident, body, scheme, title, holder or "", unit or "", set(cursor.fetchall()))


def facts(using: str, body: str, scheme: str) -> list[tuple[str, str]]:
    """What the dossiers of a body under a scheme, in whatever version, tell one another: names and rows as JSON."""
    with _cursor(using) as cursor:
        cursor.execute(_for(cursor, FACTS), (body, f"{scheme}@%"))
        found: list[tuple[str, str]] = cursor.fetchall()
    return found


def create(using: str, row: NewRow, opened: date, head: bytes) -> None:
    """The row of a new dossier, before its first event. Raises IntegrityError."""
    with _cursor(using) as cursor:
        cursor.execute(_for(cursor, OPEN), (*row, opened.isoformat(), head, opened.isoformat()))


def write(using: str, written: Written) -> None:
    """Write one act. Raises VersionError, or IntegrityError when its key is being used at the same moment."""
    ident, entries, change = written.dossier, written.entries, written.change
    with _cursor(using) as cursor:
        lite = _lite(cursor)
        mover = type(cursor)(cursor.connection)
        before = written.version - len(entries)
        with _together(cursor):
            day = written.wakes.isoformat() if written.wakes else None
            moved = (written.version, entries[-1].hash, written.last.isoformat(), day, written.status, ident, before)
            mover.execute(_for(cursor, MOVE), moved)
            _many(cursor, APPEND, [_entry(one, lite=lite) for one in entries])
            _rows(cursor, ident, change, written.outbox)
            if written.state:
                cursor.execute(_for(cursor, SAVE), (ident, written.version, written.state))
            if written.key:
                cursor.execute(_for(cursor, USE), (*written.key, ident, before + 1, written.version))
        if mover.rowcount != 1:
            raise VersionError(f"dossier {ident} is not at version {before}")


def rewrite(using: str, dossier: str, change: Change, outbox: Sequence[tuple[int, str]]) -> None:
    """Write rows of a dossier that were lost or changed (rebuild.py)."""
    with _cursor(using) as cursor, _together(cursor):
        _rows(cursor, dossier, change, outbox)


def rows(using: str, text: str, *values: object) -> list[tuple[Any, ...]]:
    """What a constant text finds: for others who read what many ask for (register/lookup.py)."""
    connection: BaseDatabaseWrapper = connections[using]
    connection.ensure_connection()
    with connection.wrap_database_errors:
        found: list[tuple[Any, ...]]
        if connection.vendor == "postgresql":
            with _postgres(connection.connection) as cursor:
                found = cursor.execute(_for_postgres(text), values).fetchall()
                return found
        found = connection.connection.execute(text, values).fetchall()
        return found


def _rows(cursor: Any, ident: str, change: Change, outbox: Sequence[tuple[int, str]]) -> None:  # noqa: ANN401 - one of two drivers
    """What lists read, and what must be sent."""
    _many(cursor, CASE, [(ident, *row) for row in change.cases])
    _many(cursor, CERTIFICATE, [(ident, *row) for row in change.certificates])
    _many(cursor, NO_CLOCK, [(ident, name) for name in change.clocks.gone])
    _many(cursor, CLOCK, [(ident, *row) for row in change.clocks.put])
    _many(cursor, NO_DUTY, [(ident, name) for name in change.duties.gone])
    _many(cursor, DUTY, [(ident, *row) for row in change.duties.put])
    _many(cursor, SUBJECT, [(ident, *row) for row in change.subject])
    _many(cursor, NO_PARTY, [(ident, *row) for row in change.parties.gone])
    _many(cursor, PARTY, [(ident, *row) for row in change.parties.put])
    _many(cursor, NO_FACT, [(ident, *row) for row in change.facts.gone])
    _many(cursor, FACT, [(ident, *row) for row in change.facts.put])
    _many(cursor, NO_WORK, [(ident, *key) for key in change.work.gone])
    _many(cursor, WORK, [(ident, *row) for row in change.work.put])
    _many(cursor, NO_VISIT, [(ident, *row) for row in change.visits.gone])
    _many(cursor, VISIT, [(ident, *row) for row in change.visits.put])
    _many(cursor, ENDED, [(ident, *row) for row in change.ended])
    _many(cursor, SEND, [(ident, *row) for row in outbox])


def _for(cursor: Any, text: str) -> str:  # noqa: ANN401 - one of two drivers
    """A statement with the parameter marks of the database."""
    return text if _lite(cursor) else _for_postgres(text)


@cache
def _for_postgres(text: str) -> str:
    return text.replace("?", "%s")


def _many(cursor: Any, text: str, rows: list[tuple[Any, ...]]) -> None:  # noqa: ANN401 - one of two drivers
    """One statement for each row; in a pipeline none of them waits for the one before."""
    for row in rows:
        cursor.execute(_for(cursor, text), row)


@contextmanager
def _cursor(using: str) -> Iterator[Any]:
    """A cursor of the driver itself inside Django's connection and transaction; errors come out as Django's."""
    connection: BaseDatabaseWrapper = connections[using]
    connection.ensure_connection()
    raw = connection.connection
    with connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            with _postgres(raw) as cursor:
                yield cursor
        else:
            yield raw.cursor()


@contextmanager
def _together(cursor: Any) -> Iterator[None]:  # noqa: ANN401 - one of two drivers
    if _lite(cursor):
        yield
    else:
        with cursor.connection.pipeline():
            yield


def _lite(cursor: Any) -> bool:  # noqa: ANN401 - one of two drivers
    return isinstance(cursor, sqlite3.Cursor)


def _postgres(raw: Any) -> Any:  # noqa: ANN401 - of a driver that an installation on SQLite never loads
    from psycopg import Cursor  # noqa: PLC0415 - a tenth of a second

    return Cursor(raw)


def _entry(one: Entry, *, lite: bool) -> tuple[Any, ...]:
    at = _instant(one.at, lite=lite)
    return one.dossier, one.number, at, one.actor, one.event, one.given, one.previous, one.hash


def _instant(at: datetime, *, lite: bool) -> str:
    """An instant as Django stores it: SQLite has no zones."""
    utc = at.astimezone(UTC)
    return utc.replace(tzinfo=None).isoformat(sep=" ") if lite else utc.isoformat()
