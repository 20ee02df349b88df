"""What the hot path says to the database (sql.py): what it asks, in SQLite's spelling, and what it writes, as data.

How each database is told what to write is in spelling.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hefu.dossiers.rows import Row

LOAD = "SELECT scheme, body, settings, version, head, title FROM hefu_dossier WHERE id = ?"
STATE = "SELECT version, state FROM hefu_state WHERE dossier_id = ?"
TAIL = "SELECT number, events FROM hefu_journal WHERE dossier_id = ? AND number > ? ORDER BY number"
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
OPEN = (
    "INSERT INTO hefu_dossier (id, body, scheme, title, settings, opened, version, head, last, wakes, status)"
    " VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, NULL, '')"
)


class Move(NamedTuple):
    """A dossier goes on from one version to another, with some more of its columns.

    Its one row has the new version, head and last day, those columns, the dossier's id and the version before. A column
    that stays as it is is not named: SQLite would write its index again all the same.
    """

    columns: tuple[str, ...] = ()


class Put(NamedTuple):
    """Rows for a table, each the values of `columns`.

    Of a row whose `key` is there already the columns `moved` become those of the new one; without any, it stays as it
    is. Without a key no such row can be there.
    """

    table: str
    columns: tuple[str, ...]
    key: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()


class Gone(NamedTuple):
    """Rows of one dossier that go from a table, each the values of `key`, the dossier's id first."""

    table: str
    key: tuple[str, ...]


Statement = Move | Put | Gone
Part = tuple[Statement, "Sequence[Row]"]
"""A statement, and the values of each row that it writes."""

APPEND = Put(
    "hefu_journal", ("dossier_id", "number", "version", "at", "actor", "events", "given", "previous", "hash")
)  # fmt: skip
SAVE = Put("hefu_state", ("dossier_id", "version", "state"), ("dossier_id",), ("version", "state"))
CASE_ACTED = Put(
    "hefu_case", ("dossier_id", "case", "process", "version", "state", "opened", "outcome", "last"),
    ("dossier_id", "case"), ("last",),
)  # fmt: skip
CASE = CASE_ACTED._replace(moved=("version", "state", "outcome", "last"))
CERTIFICATE = Put(
    "hefu_certificate", ("dossier_id", "place", "number", "status", "since", "valid_to", "prints"),
    ("dossier_id", "place"), ("number", "status", "since", "valid_to", "prints"),
)  # fmt: skip
CLOCK = Put(
    "hefu_clock",
    ("dossier_id", "key", "name", "scope", "due", "latest", "status", "provisional", "calendar", "owner", "kind",
     "run"),
    ("dossier_id", "key"), ("due", "latest", "status", "provisional", "calendar", "run"),
)  # fmt: skip
NO_CLOCK = Gone("hefu_clock", CLOCK.key)
DUTY = Put(
    "hefu_duty", ("dossier_id", "key", "act", "ground", "role", "case", "raised", "due"), ("dossier_id", "key"),
    ("role", "raised", "due"),
)  # fmt: skip
NO_DUTY = Gone("hefu_duty", DUTY.key)
SUBJECT = Put(
    "hefu_subject", ("dossier_id", "holder", "uscc", "unit", "words"), ("dossier_id",),
    ("holder", "uscc", "unit", "words"),
)  # fmt: skip
PARTY = Put("hefu_party", ("dossier_id", "case", "key", "role"), ("dossier_id", "case", "key", "role"))
NO_PARTY = Gone("hefu_party", PARTY.key)
FACT = Put("hefu_fact", ("dossier_id", "fact", "place", "row"), ("dossier_id", "fact", "place"), ("row",))
NO_FACT = Gone("hefu_fact", FACT.key)
WORK = Put(
    "hefu_work",
    ("dossier_id", "key", "role", "kind", "process", "machine", "state", "case", "item", "name", "ground", "clock",
     "since", "due", "status", "body", "scheme"),
    ("dossier_id", "key", "role"), ("state", "clock", "since", "due", "status"),
)  # fmt: skip
NO_WORK = Gone("hefu_work", WORK.key)
VISIT = Put(
    "hefu_visit", ("dossier_id", "case", "field", "person", "start", "end"),
    ("dossier_id", "case", "field", "person", "start", "end"),
)  # fmt: skip
NO_VISIT = Gone("hefu_visit", VISIT.key)
ENDED = Put(
    "hefu_ended",
    ("dossier_id", "key", "name", "kind", "scope", "due", "ended", "status", "late", "gross", "stopped", "net", "body",
     "scheme"),
    ("dossier_id", "key"),
)  # fmt: skip
SEND = Put("hefu_outbox", ("dossier_id", "number", "kind", "attempts", "problem"))
USE = Put("hefu_key", ("actor", "key", "digest", "dossier_id", "first", "version"))
