"""keep: the register's rows of a dossier, written in the transaction of the act that changes them."""

from __future__ import annotations

import json
from datetime import date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from hefu.dossiers import sql
from hefu.dossiers.statements import Put
from hefu.register.public import Happened, entry_id, matters, number_key, searched, step_id, walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hefu.dossiers.listeners import Happening
    from hefu.dossiers.rows import Row
    from hefu.dossiers.statements import Part
    from hefu.register.models import StepRow
    from hefu.register.public import Entry, Step

TOLD = ("place", "number", "holder", "uscc", "unit", "status", "since", "granted", "ended", "valid_from", "valid_to",
        "prints", "moved")  # fmt: skip
"""What an entry tells of itself; `granted` stays as it was first written."""
ENTRY = Put(
    "hefu_entry", ("public", "dossier", "body", "scheme", "version", "key", "words", *TOLD), ("dossier", "place"),
    ("body", "scheme", "version", "key", "words", *(name for name in TOLD if name not in ("place", "granted"))),
)  # fmt: skip
SHOWN = Put("hefu_entry_shown", ("entry_id", "fields"), ("entry_id",), ("fields",))
TAKEN = ("number", "act", "name", "zh", "en", "on", "status", "print", "holder", "uscc", "unit", "shown", "clauses",
         "at")  # fmt: skip
"""What a step tells of itself."""
STEP = Put(
    "hefu_step", ("public", "dossier", "entry", "body", "scheme", "version", *TAKEN), ("dossier", "number"),
    ("entry", "body", "scheme", "version", *TAKEN[1:]),
)  # fmt: skip
_told, _taken = attrgetter(*TOLD), attrgetter(*TAKEN)


def keep(happening: Happening) -> list[Part]:
    """What has to be written into the register when events happen to a dossier; nothing, for most acts."""
    using, held, events, after, at = happening
    if not matters(events, held.dossier, after):
        return []
    numbered = [Happened(number, at, event) for number, event in enumerate(events, held.version + 1)]
    found = walk(held.law, held.dossier, numbered)
    ref, entries = held.law.scheme.ref, found.entries.values()
    return parts(
        using,
        [entry_row(held.id, held.body, ref, entry) for entry in entries],
        [shown_row(held.id, entry) for entry in entries],
        [step_row(held.id, held.body, ref, step) for step in found.steps],
    )


def parts(using: str, entries: Iterable[Row], shown: Iterable[Row], steps: Iterable[Row]) -> list[Part]:
    """What writes these rows; those that are there already get what is new in them."""
    tables = ((ENTRY, entries), (SHOWN, shown), (STEP, steps))
    found = ((put, [tuple(_stored(value, using) for value in row) for row in rows]) for put, rows in tables)
    return [(put, rows) for put, rows in found if rows]


def _stored(value: Any, using: str) -> Any:  # noqa: ANN401 - a value of any column
    """Days and instants as the database stores them."""
    if isinstance(value, datetime):
        return sql.instant(using, value)
    return value.isoformat() if isinstance(value, date) else value


def entry_row(dossier: str, body: str, ref: str, entry: Entry) -> Row:
    """A row of ENTRY."""
    scheme, _, version = ref.partition("@")
    words = searched(" ".join(filter(None, (entry.number, entry.holder, entry.uscc, entry.unit))))
    public = entry_id(dossier, entry.place)
    return public, dossier, body, scheme, version, number_key(entry.number), words, *_told(entry)


def shown_row(dossier: str, entry: Entry) -> Row:
    """A row of SHOWN: the public fields of an entry."""
    return entry_id(dossier, entry.place), entry.shown


def step_row(dossier: str, body: str, ref: str, step: Step) -> Row:
    """A row of STEP."""
    scheme, _, version = ref.partition("@")
    entry = "" if step.place is None else entry_id(dossier, step.place)
    return step_id(dossier, step.number), dossier, entry, body, scheme, version, *_taken(step)


def clauses_of(row: StepRow) -> list[str]:
    """The clauses under which a step was taken."""
    found: list[str] = json.loads(row.clauses)
    return found
