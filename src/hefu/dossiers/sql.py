"""The hot path in plain SQL: load one dossier under a lock, write one act; `rows` is for other tables.

Reason: one act writes up to a dozen rows in five tables. Through the ORM each statement is composed anew, which costs
more than the act and the disk together. Here the texts are constant (statements.py, spelling.py), so SQLite finds them
in its statement cache and PostgreSQL has them prepared; what an act writes travels to PostgreSQL as one statement.

SQLite has taken its write lock with BEGIN IMMEDIATE (settings), PostgreSQL locks the dossier's row.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connections

from hefu.dossiers import spelling
from hefu.dossiers import statements as say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper

    from hefu.dossiers.change import Change
    from hefu.dossiers.journal import Entry
    from hefu.dossiers.statements import Part


UNTRIED = (0, "")
"""The attempts and the last problem of a parcel that nobody has tried to deliver."""


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
    """Everything that one act writes.

    `columns` are those of the dossier's row that are now others; `state` is empty when the folded state is not due to
    be written again; `more` is what others write with the act (listeners.py).
    """

    entry: Entry
    last: date
    columns: Mapping[str, str | None]
    state: str
    change: Change
    outbox: Sequence[tuple[int, str]]
    key: tuple[str, str, bytes] | None
    more: Sequence[Part]


def load(using: str, dossier: str, key: tuple[str, str] | None, *, lock: bool) -> Loaded:
    """The present row of a dossier; with `lock` nobody else can write to it before the transaction ends."""
    with _cursor(using) as cursor:
        cursor.execute(_for(cursor, say.LOAD) + (" FOR UPDATE" if lock and not _lite(cursor) else ""), (dossier,))
        row = cursor.fetchone()
        used = None
        if key is not None:
            cursor.execute(_for(cursor, say.KEY), key)
            used = cursor.fetchone()
    return Loaded(row, used)


def state(using: str, dossier: str) -> tuple[int, str] | None:
    """The folded state and the number of events in it."""
    with _cursor(using) as cursor:
        cursor.execute(_for(cursor, say.STATE), (dossier,))
        found: tuple[int, str] | None = cursor.fetchone()
    return found


def tail(using: str, dossier: str, version: int) -> list[tuple[int, str]]:
    """The entries after event `version`: the number of the first event of each, and its events."""
    with _cursor(using) as cursor:
        cursor.execute(_for(cursor, say.TAIL), (dossier, version))
        found: list[tuple[int, str]] = cursor.fetchall()
    return found


def header(using: str, dossier: str) -> Header | None:
    """What names a dossier; nothing for one that is not there."""
    with _cursor(using) as cursor:
        cursor.execute(_for(cursor, say.HEADER), (dossier,))
        row = cursor.fetchone()
        if row is None:
            return None
        ident, body, scheme, title, holder, unit = row
        cursor.execute(_for(cursor, say.PARTIES), (dossier,))
        return Header(ident, body, scheme, title, holder or "", unit or "", set(cursor.fetchall()))


def facts(using: str, body: str, scheme: str) -> list[tuple[str, str]]:
    """What the dossiers of a body under a scheme, in whatever version, tell one another: names and rows as JSON."""
    with _cursor(using) as cursor:
        cursor.execute(_for(cursor, say.FACTS), (body, f"{scheme}@%"))
        found: list[tuple[str, str]] = cursor.fetchall()
    return found


def create(using: str, row: NewRow, opened: date, head: bytes) -> None:
    """The row of a new dossier, before its first event. Raises IntegrityError."""
    with _cursor(using) as cursor:
        cursor.execute(_for(cursor, say.OPEN), (*row, opened.isoformat(), head, opened.isoformat()))


def write(using: str, written: Written) -> None:
    """Write one act. Raises VersionError, or IntegrityError when its key is being used at the same moment."""
    entry, columns = written.entry, written.columns
    ident, before = entry.dossier, entry.number - 1
    moved = (entry.version, entry.hash, written.last.isoformat(), *columns.values(), ident, before)
    parts: list[Part] = [
        (say.Move(tuple(columns)), [moved]),
        (say.APPEND, [(*entry[:3], instant(using, entry.at), *entry[4:])]),
        *_parts(ident, written.change, written.outbox),
    ]
    if written.state:
        parts.append((say.SAVE, [(ident, entry.version, written.state)]))
    if written.key:
        parts.append((say.USE, [(*written.key, ident, entry.number, entry.version)]))
    if put(using, (*parts, *written.more)) != 1:
        raise VersionError(f"dossier {ident} is not at version {before}")


def rewrite(using: str, dossier: str, change: Change, outbox: Sequence[tuple[int, str]]) -> None:
    """Write rows of a dossier that were lost or changed (rebuild.py)."""
    put(using, _parts(dossier, change, outbox))


def put(using: str, parts: Sequence[Part]) -> int:
    """Write rows of several tables; how many rows the first statement has changed.

    Nothing is written twice by the statements of one call, so their order does not matter, and PostgreSQL gets them as
    one.
    """
    if not parts:
        return 0
    with _cursor(using) as cursor:
        if not _lite(cursor):
            text = spelling.at_once(tuple(statement for statement, _ in parts))
            cursor.execute(text, spelling.values(parts), prepare=True)
            return int(cursor.fetchone()[0])
        changed = []
        for statement, rows in parts:
            cursor.executemany(spelling.lite(statement), rows)
            changed.append(cursor.rowcount)
        return int(changed[0])


def rows(using: str, text: str, *values: object) -> list[tuple[Any, ...]]:
    """What a constant text finds: for others who read what many ask for (register/lookup.py)."""
    connection: BaseDatabaseWrapper = connections[using]
    connection.ensure_connection()
    with connection.wrap_database_errors:
        found: list[tuple[Any, ...]]
        if connection.vendor == "postgresql":
            with _postgres(connection.connection) as cursor:
                found = cursor.execute(spelling.marked(text), values).fetchall()
        else:
            found = connection.connection.execute(text, values).fetchall()
        return found


def instant(using: str, at: datetime) -> str:
    """An instant as Django stores it in the database with this alias: SQLite has no zones."""
    utc = at.astimezone(UTC)
    return utc.replace(tzinfo=None).isoformat(sep=" ") if connections[using].vendor == "sqlite" else utc.isoformat()


def _parts(ident: str, change: Change, outbox: Sequence[tuple[int, str]]) -> list[Part]:
    """What lists read, and what must be sent."""
    tables = (
        (say.CASE, change.cases),
        (say.CASE_ACTED, change.acted),
        (say.CERTIFICATE, change.certificates),
        (say.NO_CLOCK, change.clocks.gone),
        (say.CLOCK, change.clocks.put),
        (say.NO_DUTY, change.duties.gone),
        (say.DUTY, change.duties.put),
        (say.SUBJECT, change.subject),
        (say.NO_PARTY, change.parties.gone),
        (say.PARTY, change.parties.put),
        (say.NO_FACT, change.facts.gone),
        (say.FACT, change.facts.put),
        (say.NO_WORK, change.work.gone),
        (say.WORK, change.work.put),
        (say.NO_VISIT, change.visits.gone),
        (say.VISIT, change.visits.put),
        (say.ENDED, change.ended),
        (say.SEND, [(*item, *UNTRIED) for item in outbox]),
    )
    return [(statement, [(ident, *row) for row in rows]) for statement, rows in tables if rows]


def _for(cursor: Any, text: str) -> str:  # noqa: ANN401 - one of two drivers
    """A statement with the parameter marks of the database."""
    return text if _lite(cursor) else spelling.marked(text)


def _lite(cursor: Any) -> bool:  # noqa: ANN401 - one of two drivers
    return isinstance(cursor, sqlite3.Cursor)


def _postgres(raw: Any) -> Any:  # noqa: ANN401 - a connection and a cursor of a driver that is not always there
    """A cursor of psycopg, which is not loaded where SQLite is all there is.

    A raw one takes parameters as the server numbers them: to find its own marks in a long text costs the other cursor
    more than the act.
    """
    from psycopg import RawCursor  # noqa: PLC0415 - a tenth of a second

    return RawCursor(raw)


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
