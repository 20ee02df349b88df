"""The journal: one entry for each act, or for what time brought, and the chain of hashes that holds them in place.

An entry's hash is SHA-256 over the hash before it and three lines of JSON: the header (format, dossier, numbers of its
first and last event, instant, actor), its events, and what was given with the act. JSON texts hold no line breaks, so
the lines cannot run into one another. The first entry follows 32 zero bytes. What is hashed is exactly what is stored,
so a chain can be verified without understanding its events.

The chain proves that nothing in the middle was changed. That nothing was cut off at its end is proven by the dossier's
row here, and by what others hold of it (the transparency log) where the whole database is in doubt.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from hefu.rules.events import VERSION, Event, from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FORMAT = 2
"""1 had an entry for each event; nothing was released with it."""
GENESIS = bytes(32)


class Entry(NamedTuple):
    """One row of the journal: the events `number` to `version`, counted from 1 over the dossier's whole life.

    `at` is an instant in UTC; `events` and `given` are the stored texts.
    """

    dossier: str
    number: int
    version: int
    at: datetime
    actor: str
    events: str
    given: str
    previous: bytes
    hash: bytes

    def read(self) -> tuple[Event, ...]:
        """The events. Raises BadJournalError."""
        return tuple(read_events(self.events, self.number))


class Fault(NamedTuple):
    """Something that is not as it was written; `number` is 0 when it concerns the whole dossier."""

    dossier: str
    number: int
    what: str


def _plain(value: object) -> object:
    """What JSON lacks, in the shape of hefu.rules.events.to_json."""
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    raise TypeError(f"{type(value).__name__} cannot stand in a journal")


_SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


def canonical(value: Any) -> str:  # noqa: ANN401 - data of any JSON shape
    """The one JSON text of a value: keys sorted, no spaces, dates under `$date`. Raises TypeError, ValueError."""
    text = known(value)
    if "null" in text:
        _only_numbers(value)
    return text


def known(value: Any) -> str:  # noqa: ANN401 - as above
    """The canonical text of a value whose numbers have been through `canonical` before: what events were folded to."""
    return orjson.dumps(value, _plain, _SORTED).decode()


def _only_numbers(value: object) -> None:
    """Raise ValueError for a number that JSON lacks (NaN, infinities), of which orjson makes null."""
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(f"{value} cannot stand in a journal")
    if isinstance(value, Mapping):
        value = tuple(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            _only_numbers(item)


def decoded(text: str) -> Any:  # noqa: ANN401 - as above
    """The value of a canonical text; days are days again."""
    return json.loads(text, object_hook=_dated)


def _dated(value: dict[str, Any]) -> Any:  # noqa: ANN401 - an object or a day
    return date.fromisoformat(value["$date"]) if value.keys() == {"$date"} else value


def events_text(events: Sequence[Event]) -> str:
    """The canonical text of some events; read_events reads it."""
    return canonical([
        {
            "v": VERSION, "type": event.type, "on": event.on.isoformat(), "by": event.by, "subject": event.subject,
            "name": event.name, "data": event.data, "clauses": event.clauses,
        }
        for event in events
    ])  # fmt: skip


def read_events(text: str, number: int) -> Iterator[Event]:
    """The events of a text, of which the first has this number. Raises BadJournalError."""
    for place, held in enumerate(orjson.loads(text), number):
        yield from_json(held, place)


def link(entry: Entry) -> bytes:
    """The hash that an entry must carry, from all else that it carries."""
    instant = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    header = canonical((FORMAT, entry.dossier, entry.number, entry.version, instant, entry.actor))
    return sha256(entry.previous + f"{header}\n{entry.events}\n{entry.given}".encode()).digest()


def following(  # noqa: PLR0913 - an entry is exactly these
    dossier: str, version: int, head: bytes, events: Sequence[Event], given: str, actor: str, at: datetime
) -> Entry:
    """The entry of new events after the first `version`, of which the last entry has the hash `head`."""
    bare = Entry(dossier, version + 1, version + len(events), at, actor, events_text(events), given, head, b"")
    return bare._replace(hash=link(bare))


def verify(dossier: str, entries: Iterable[Entry], head: bytes, version: int) -> Iterator[Fault]:
    """Every fault of a chain that should have `version` events and end in `head`."""
    previous, number = GENESIS, 0
    for entry in entries:
        if entry.number != number + 1:
            yield Fault(dossier, number + 1, f"the entry of event {number + 1} is missing")
        elif entry.previous != previous:
            yield Fault(dossier, entry.number, "it does not follow the entry before it")
        if link(entry) != entry.hash:
            yield Fault(dossier, entry.number, "its content is not what was hashed")
        previous, number = entry.hash, entry.version
    if number != version:
        yield Fault(dossier, 0, f"the journal has {number} events, the dossier {version}")
    elif previous != head:
        yield Fault(dossier, 0, "the dossier does not carry the hash of its last entry")
