"""keep: the register's rows of a dossier, written in the transaction of the act that changes them."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import AutoField

from hefu.dossiers import sql
from hefu.dossiers.statements import Put
from hefu.register.models import EntryRow, ShownRow, StepRow
from hefu.register.public import Happened, entry_id, matters, number_key, searched, step_id, walk

if TYPE_CHECKING:
    from django.db.models import Field, Model

    from hefu.dossiers.listeners import Happening
    from hefu.dossiers.sql import Part
    from hefu.register.public import Entry, Step

KEPT = ("granted",)
"""What stays as it was first written."""
ENTRY = (
    "place", "number", "holder", "uscc", "unit", "status", "since", "granted", "ended", "valid_from", "valid_to",
    "prints", "moved",
)  # fmt: skip
STEP = (
    "number", "act", "name", "zh", "en", "on", "status", "print", "holder", "uscc", "unit", "shown", "clauses", "at",
)  # fmt: skip


def keep(happening: Happening) -> list[Part]:
    """What has to be written into the register when events happen to a dossier; nothing, for most acts."""
    using, held, events, after, at = happening
    if not matters(events, held.dossier, after):
        return []
    numbered = [Happened(number, at, event) for number, event in enumerate(events, held.version + 1)]
    found = walk(held.law, held.dossier, numbered)
    scheme = held.law.scheme
    entries = [entry_row(held.id, held.body, scheme.ref, entry) for entry in found.entries.values()]
    shown = [shown_row(held.id, entry) for entry in found.entries.values()]
    steps = [step_row(held.id, held.body, scheme.ref, step) for step in found.steps]
    return parts(using, entries, shown, steps)


def parts(using: str, entries: list[EntryRow], shown: list[ShownRow], steps: list[StepRow]) -> list[Part]:
    """What writes these rows; those that are there already get what is new in them."""
    tables = (
        (EntryRow, ("dossier", "place"), entries), (ShownRow, ("entry_id",), shown),
        (StepRow, ("dossier", "number"), steps),
    )  # fmt: skip
    return [(_put(model, key), [_values(row, using) for row in rows]) for model, key, rows in tables if rows]


@cache
def _put(model: type[Model], key: tuple[str, ...]) -> Put:
    """The statement that writes a row of a table; what makes a row the same, or is KEPT, is never written again."""
    names = tuple(field.column for field in columns(model))
    kept = {*key, "public", "dossier", *KEPT}
    table: str = model._meta.db_table  # noqa: SLF001 - Django's name for it
    return Put(table, names, key, tuple(name for name in names if name not in kept))


@cache
def columns(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    """The columns of a table, but for a number that the database gives."""
    return tuple(field for field in model._meta.concrete_fields if not isinstance(field, AutoField))  # noqa: SLF001 - as above


def _values(row: Model, using: str) -> tuple[Any, ...]:
    return tuple(_stored(getattr(row, field.attname), using) for field in columns(type(row)))


def _stored(value: Any, using: str) -> Any:  # noqa: ANN401 - a value of any column
    """Days and instants as the database stores them."""
    if isinstance(value, datetime):
        return sql.instant(using, value)
    return value.isoformat() if isinstance(value, date) else value


def entry_row(dossier: str, body: str, ref: str, entry: Entry) -> EntryRow:
    """An entry as a row."""
    scheme, _, version = ref.partition("@")
    line = searched(" ".join(filter(None, (entry.number, entry.holder, entry.uscc, entry.unit))))
    values = {name: getattr(entry, name) for name in ENTRY}
    return EntryRow(
        public=entry_id(dossier, entry.place), dossier=dossier, body=body, scheme=scheme, version=version,
        key=number_key(entry.number), words=line, **values,
    )  # fmt: skip


def shown_row(dossier: str, entry: Entry) -> ShownRow:
    """The public fields of an entry as a row."""
    return ShownRow(entry_id=entry_id(dossier, entry.place), fields=entry.shown)


def step_row(dossier: str, body: str, ref: str, step: Step) -> StepRow:
    """A step as a row."""
    scheme, _, version = ref.partition("@")
    entry = "" if step.place is None else entry_id(dossier, step.place)
    values = {name: getattr(step, name) for name in STEP}
    return StepRow(
        public=step_id(dossier, step.number), dossier=dossier, entry=entry, body=body, scheme=scheme,
        version=version, **values,
    )  # fmt: skip


def clauses_of(row: StepRow) -> list[str]:
    """The clauses under which a step was taken."""
    found: list[str] = json.loads(row.clauses)
    return found
