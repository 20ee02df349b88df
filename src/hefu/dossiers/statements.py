"""The texts of the hot path (sql.py), in SQLite's spelling; PostgreSQL marks parameters otherwise."""

from __future__ import annotations

from functools import cache, lru_cache

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
APPEND = (
    "INSERT INTO hefu_journal (dossier_id, number, version, at, actor, events, given, previous, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
OPEN = (
    "INSERT INTO hefu_dossier (id, body, scheme, title, settings, opened, version, head, last, wakes, status)"
    " VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, NULL, '')"
)
SAVE = (
    "INSERT INTO hefu_state (dossier_id, version, state) VALUES (?, ?, ?)"
    " ON CONFLICT (dossier_id) DO UPDATE SET version = excluded.version, state = excluded.state"
)
_CASE = (
    'INSERT INTO hefu_case (dossier_id, "case", process, version, state, opened, outcome, last)'
    ' VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dossier_id, "case") DO UPDATE SET last = excluded.last'
)
CASE = f"{_CASE}, version = excluded.version, state = excluded.state, outcome = excluded.outcome"
CASE_ACTED = _CASE
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


@cache
def move(columns: tuple[str, ...]) -> str:
    """A dossier goes on from one version to another, with some more of its columns.

    A column that stays as it is does not stand in the text: SQLite would write its index again all the same.
    """
    names = ", ".join(f"{name} = ?" for name in ("version", "head", "last", *columns))
    return f"UPDATE hefu_dossier SET {names} WHERE id = ? AND version = ?"  # noqa: S608 - our own names


@cache
def marked(text: str) -> str:
    """A text with its parameters numbered, as PostgreSQL itself has them."""
    first, *others = text.split("?")
    return first + "".join(f"${number}{other}" for number, other in enumerate(others, 1))


@lru_cache(1_000)
def at_once(shape: tuple[tuple[str, int], ...]) -> str:
    """Texts, each for a number of rows, as one statement of PostgreSQL that counts what the first of them has changed.

    Its parts see what was there before all of them, so none may touch a row that another one writes.
    """
    parts = [part for text, rows in shape for part in _repeated(text, rows)]
    first, *others = (f"p{place} AS ({part}{' RETURNING 1' if not place else ''})" for place, part in enumerate(parts))
    return marked(f"WITH {', '.join((first, *others))} SELECT count(*) FROM p0")  # noqa: S608 - our own texts


def _repeated(text: str, rows: int) -> list[str]:
    """One insertion of several rows; of any other text, one for each."""
    head, values, tail = text.partition(" VALUES ")
    if not values:
        return [text] * rows
    row, end, tail = tail.partition(")")
    return [f"{head}{values}{', '.join([row + end] * rows)}{tail}"]
