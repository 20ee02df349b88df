"""One entry by its address, with everything that belongs to it, in one question: programs ask for it most of all.

The text is constant, so SQLite finds it in its statement cache and PostgreSQL has it prepared; it is asked over the
connection that the process keeps. Limits and steps are chosen and put in order here: asked for the limits that run,
SQLite goes through all that run anywhere.
"""

from __future__ import annotations

from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.dossiers.sql import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE = (
    "SELECT 'line', e.dossier, e.body, b.name, e.scheme, e.version, e.number, e.holder, e.uscc, e.unit, e.status,"
    " CAST(e.since AS text), CAST(e.granted AS text), CAST(e.ended AS text), CAST(e.valid_from AS text),"
    " CAST(e.valid_to AS text), e.prints, s.fields FROM hefu_entry e"
    " JOIN hefu_entry_shown s ON s.entry_id = e.public LEFT JOIN hefu_body b ON b.slug = e.body WHERE e.public = ?"
)
_STEP = (
    "SELECT 'step', CAST(\"on\" AS text), act, status, name, shown, clauses,"
    " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, number, NULL FROM hefu_step WHERE entry = ?"
)
_LIMIT = (
    "SELECT 'limit', CAST(c.due AS text), c.name, c.scope, c.status,"
    " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL"
    " FROM hefu_entry e JOIN hefu_clock c ON c.dossier_id = e.dossier WHERE e.public = ?"
)
ENTRY = f"{_LINE} UNION ALL {_STEP} UNION ALL {_LIMIT}"
"""Three kinds of rows under one another; each says first which it is."""
LIMITS = "SELECT 'limit', CAST(due AS text), name, scope, status FROM hefu_clock WHERE dossier_id = ?"
Rows = tuple[tuple[Any, ...], ...]
NUMBER = 16
"""Where a step has its number."""


class Line(NamedTuple):
    """An entry; `body_name` is None where the body is gone, days are as ISO 8601 has them, `fields` is JSON."""

    dossier: str
    body: str
    body_name: str | None
    scheme: str
    version: str
    number: str
    holder: str
    uscc: str
    unit: str
    status: str
    since: str
    granted: str
    ended: str | None
    valid_from: str | None
    valid_to: str | None
    prints: int
    fields: str


class Deed(NamedTuple):
    """A step of an entry: its day as ISO 8601 has it; `shown` and `clauses` are JSON."""

    on: str
    act: str
    status: str
    name: str
    shown: str
    clauses: str


class Found(NamedTuple):
    """An entry, its limits that run, the nearest first, and its steps, the last first."""

    line: Line
    limits: tuple[tuple[str, date], ...]
    steps: tuple[Deed, ...]


def entry(using: str, public: str) -> Rows:
    """The rows of an entry, by its address."""
    return tuple(rows(using, ENTRY, public, public, public))


def understood(found: Rows) -> Found | None:
    """The entry that rows are about, if they are about one."""
    line = [row for row in found if row[0] == "line"]
    limits = [row for row in found if row[0] == "limit"]
    steps = sorted((row for row in found if row[0] == "step"), key=itemgetter(NUMBER), reverse=True)
    return Found(Line(*line[0][1:]), _nearest(limits), tuple(Deed(*row[1:7]) for row in steps)) if line else None


def limits(using: str, dossier: str) -> tuple[tuple[str, date], ...]:
    """The limits of a dossier's certificate that run, the nearest first."""
    return _nearest(rows(using, LIMITS, dossier))


def _nearest(found: Iterable[tuple[Any, ...]]) -> tuple[tuple[str, date], ...]:
    days = sorted((due, name) for _, due, name, scope, status, *_ in found if not scope and status == "running")
    return tuple((name, date.fromisoformat(due)) for due, name in days)
