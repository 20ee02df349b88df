"""How each database is told what an act writes (statements.py). Pure.

SQLite gets a text for each statement, with the values of its rows. PostgreSQL gets everything as one statement of
several parts, to which the rows of a table come as one value, JSON: so its text depends on which tables are written
and not on how many rows, and the few texts that there are stay prepared.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from hefu.dossiers.statements import Gone, Move, Put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hefu.dossiers.rows import Row
    from hefu.dossiers.statements import Part, Statement


@cache
def lite(statement: Statement) -> str:
    """A statement for SQLite."""
    match statement:
        case Move():
            put = ", ".join(f"{name} = ?" for name in ("version", "head", "last", *statement.columns))
            return f"UPDATE hefu_dossier SET {put} WHERE id = ? AND version = ?"  # noqa: S608 - our own names
        case Put(table, columns):
            marks = ", ".join("?" for _ in columns)
            return f"INSERT INTO {table} ({_names(columns)}) VALUES ({marks}){_met(statement)}"  # noqa: S608 - our own names
        case Gone(table, key):
            return f"DELETE FROM {table} WHERE {' AND '.join(f'{_quoted(name)} = ?' for name in key)}"  # noqa: S608 - our own names


@cache
def marked(text: str) -> str:
    """A text with its parameters numbered, as PostgreSQL itself has them."""
    first, *others = text.split("?")
    return first + "".join(f"${number}{other}" for number, other in enumerate(others, 1))


@lru_cache(1_000)
def at_once(statements: tuple[Statement, ...]) -> str:
    """Statements as one of PostgreSQL's, which counts what the first of them has changed.

    Its parts see what was there before all of them, so none may touch a row that another one writes.
    """
    first, *others = map(_part, statements)
    parts = (f"{first} RETURNING 1", *others)
    named = ", ".join(f"p{place} AS ({part})" for place, part in enumerate(parts))
    return marked(f"WITH {named} SELECT count(*) FROM p0")  # noqa: S608 - our own texts


def values(parts: Sequence[Part]) -> list[Any]:
    """The values of the parameters of such a text."""
    found: list[Any] = []
    for statement, rows in parts:
        match statement:
            case Move():
                found += rows[0]
            case Put(_, columns):
                found.append(_json(columns, rows))
            case Gone(_, key):
                found += (_json(key, rows), rows[0][0])
    return found


def _part(statement: Statement) -> str:
    """A statement with ? for each of its values."""
    match statement:
        case Move():
            return lite(statement)
        case Put(table, columns):
            names = _names(columns)
            return f"INSERT INTO {table} ({names}) SELECT {names} FROM {_rows(table)}{_met(statement)}"  # noqa: S608 - our own names
        case Gone(table, key):
            # The dossier by a value of its own: so it is found by the index, however many rows there may be.
            same = " AND ".join(f"t.{_quoted(name)} = r.{_quoted(name)}" for name in key[1:])
            return f"DELETE FROM {table} t USING {_rows(table)} r WHERE t.{_quoted(key[0])} = ? AND {same}"  # noqa: S608 - our own names


def _rows(table: str) -> str:
    return f"json_populate_recordset(NULL::{table}, ?::json)"


def _met(put: Put) -> str:
    """What becomes of a row that is there already."""
    if not put.key:
        return ""
    moved = ", ".join(f"{_quoted(name)} = excluded.{_quoted(name)}" for name in put.moved)
    return f" ON CONFLICT ({_names(put.key)}) DO {f'UPDATE SET {moved}' if moved else 'NOTHING'}"


def _json(columns: Sequence[str], rows: Sequence[Row]) -> str:
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    return orjson.dumps(found, default=_bytea).decode()


def _bytea(value: bytes | memoryview) -> str:
    """Bytes as PostgreSQL reads them in a text."""
    return f"\\x{value.hex()}"


def _names(columns: Sequence[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(name: str) -> str:
    return f'"{name}"'
