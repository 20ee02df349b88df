"""history: entries of a journal as they are read again, by people who want to know and by programs that check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.dossiers.journal import Entry, read_events
from hefu.dossiers.models import JournalRow
from hefu.dossiers.outcome import Happened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hefu.dossiers.store import Store
    from hefu.rules.events import Event

_FIELDS = ("dossier_id", "number", "version", "at", "actor", "events", "given", "previous", "hash")
CHUNK = 2_000
"""Rows fetched at once."""


def entries(store: Store, first: str, last: str, after: int = 0) -> Iterator[Entry]:
    """The journals of all dossiers whose ids lie between two, in order; entries that end above event `after`."""
    rows = JournalRow.objects.using(store.using).filter(dossier_id__gte=first, dossier_id__lte=last)
    rows = rows.filter(version__gt=after) if after else rows
    for row in rows.order_by("dossier_id", "number").values_list(*_FIELDS).iterator(CHUNK):
        name, number, version, at, actor, events, given, previous, own = row
        yield Entry(name, number, version, at, actor, events, given, bytes(previous), bytes(own))


def each(journal: Iterable[Entry]) -> Iterator[Happened]:
    """The events of some entries one by one, each with its number, instant and actor. Raises BadJournalError."""
    for entry in journal:
        for number, event in enumerate(entry.read(), entry.number):
            yield Happened(number, entry.at, entry.actor, event)


def since(store: Store, dossier: str, version: int) -> tuple[Happened, ...]:
    """What has happened after the first `version` events. Raises BadJournalError."""
    return tuple(item for item in each(entries(store, dossier, dossier, version)) if item.number > version)


def happened(store: Store, dossier: str, numbers: Sequence[int]) -> dict[int, Event]:
    """The events with these numbers. Raises BadJournalError."""
    rows = JournalRow.objects.using(store.using).filter(
        dossier_id=dossier, number__lte=max(numbers), version__gte=min(numbers)
    )
    found: dict[int, Event] = {}
    for number, text in rows.values_list("number", "events"):
        found |= dict(enumerate(read_events(text, number), number))
    return {number: found[number] for number in numbers if number in found}
