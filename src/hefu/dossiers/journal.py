"""The journal: the bytes of an event, and the chain of hashes that holds them in place.

An entry's hash is SHA-256 over the hash before it and three lines of JSON: the header (format, dossier, number,
instant, actor), the event, and what was given with the act. JSON texts hold no line breaks, so the lines cannot run
into one another. The first entry follows 32 zero bytes. What is hashed is exactly what is stored, so a chain can be
verified without understanding its events.

The chain proves that nothing in the middle was changed. That nothing was cut off at its end is proven by the dossier's
row here, and by what others hold of it (the transparency log) where the whole database is in doubt.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules.events import VERSION, Event, from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FORMAT = 1
GENESIS = bytes(32)


class Entry(NamedTuple):
    """One row of the journal. `at` is an instant in UTC; `event` and `given` are the stored texts."""

    dossier: str
    number: int
    at: datetime
    actor: str
    event: str
    given: str
    previous: bytes
    hash: bytes

    def read(self) -> Event:
        """The event. Raises BadJournalError."""
        return from_json(json.loads(self.event), self.number)


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
    raise TypeError(f"{type(value).__name__} cannot stand in a journal")


_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain, allow_nan=False, check_circular=False
).encode


def canonical(value: Any) -> str:  # noqa: ANN401 - data of any JSON shape
    """The one JSON text of a value: keys sorted, no spaces, dates under `$date`. Raises TypeError, ValueError."""
    return _encode(value)


def decoded(text: str) -> Any:  # noqa: ANN401 - as above
    """The value of a canonical text; days are days again."""
    return json.loads(text, object_hook=_dated)


def _dated(value: dict[str, Any]) -> Any:  # noqa: ANN401 - an object or a day
    return date.fromisoformat(value["$date"]) if value.keys() == {"$date"} else value


def event_text(event: Event) -> str:
    """The canonical text of an event; from_json reads it."""
    return _encode({
        "v": VERSION, "type": event.type, "on": event.on.isoformat(), "by": event.by, "subject": event.subject,
        "name": event.name, "data": event.data, "clauses": event.clauses,
    })  # fmt: skip


def link(entry: Entry) -> bytes:
    """The hash that an entry must carry, from all else that it carries."""
    instant = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    header = _encode((FORMAT, entry.dossier, entry.number, instant, entry.actor))
    return sha256(entry.previous + f"{header}\n{entry.event}\n{entry.given}".encode()).digest()


def chain(  # noqa: PLR0913 - an entry is exactly these
    dossier: str, version: int, head: bytes, events: Sequence[Event], given: str, actor: str, at: datetime
) -> list[Entry]:
    """The entries of new events after the first `version`; `given` goes to the first of them."""
    entries = []
    for number, event in enumerate(events, version + 1):
        bare = Entry(dossier, number, at, actor, event_text(event), given, head, b"")
        head, given = link(bare), ""
        entries.append(bare._replace(hash=head))
    return entries


def verify(dossier: str, entries: Iterable[Entry], head: bytes, version: int) -> Iterator[Fault]:
    """Every fault of a chain that should have `version` entries and end in `head`."""
    previous, number = GENESIS, 0
    for entry in entries:
        number += 1
        if entry.number != number:
            yield Fault(dossier, number, f"entry {number} is missing")
            number = entry.number
        elif entry.previous != previous:
            yield Fault(dossier, number, "it does not follow the entry before it")
        if link(entry) != entry.hash:
            yield Fault(dossier, number, "its content is not what was hashed")
        previous = entry.hash
    if number != version:
        yield Fault(dossier, 0, f"the journal has {number} entries, the dossier {version}")
    elif previous != head:
        yield Fault(dossier, 0, "the dossier does not carry the hash of its last entry")
