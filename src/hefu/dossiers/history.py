"""history: entries of a journal as they are read again, by people who want to know and by programs that check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hefu.dossiers.journal import Entry
from hefu.dossiers.models import JournalRow
from hefu.dossiers.outcome import Happened
from hefu.rules.events import from_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hefu.dossiers.store import Store
    from hefu.rules.events import Event

_FIELDS = ("dossier_id", "number", "at", "actor", "event", "given", "previous", "hash")
CHUNK = 2_000
"""Rows fetched at once."""


def entries(store: Store, first: str, last: str, after: int = 0) -> Iterator[Entry]:
    """The journals of all dossiers whose ids lie between two, in order of id and number; numbers above `after`."""
    rows = JournalRow.objects.using(store.using).filter(dossier_id__gte=first, dossier_id__lte=last)
    rows = rows.filter(number__gt=after) if after else rows
    for row in rows.order_by("dossier_id", "number").values_list(*_FIELDS).iterator(CHUNK):
        name, number, at, actor, event, given, previous, own = row
        yield Entry(name, number, at, actor, event, given, bytes(previous), bytes(own))


def since(store: Store, dossier: str, version: int) -> tuple[Happened, ...]:
    """What has happened after the first `version` events. Raises BadJournalError."""
    return tuple(
        Happened(entry.number, entry.at, entry.actor, entry.read())
        for entry in entries(store, dossier, dossier, version)
    )


def happened(store: Store, dossier: str, numbers: Sequence[int]) -> dict[int, Event]:
    """The events with these numbers. Raises BadJournalError."""
    rows = JournalRow.objects.using(store.using).filter(dossier_id=dossier, number__in=numbers)
    return {number: from_json(json.loads(text), number) for number, text in rows.values_list("number", "event")}
