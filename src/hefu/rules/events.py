"""Events: what happened, in the past tense, with everything needed to know it again without the scheme.

The journal is a sequence of these. `VERSION` counts changes of their shape; `from_json` reads every older one and
refuses, with a plain message, what it does not know.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 1
TYPES = frozenset({
    "acted", "case-opened", "case-moved", "case-repinned", "item-raised", "certificate-moved", "clock-started",
    "clock-paused", "clock-resumed", "clock-met", "clock-overdue", "clock-breached", "clock-rescheduled",
    "clock-reminded", "clock-dropped", "duty-raised", "duty-settled", "document-made", "notice-sent", "published",
    "reported", "flagged", "warned",
})  # fmt: skip
_KEYS = frozenset({"v", "type", "on", "by", "subject", "name", "data", "clauses"})


class Event(NamedTuple):
    """One event. `subject` is the case, item or `certificate` concerned; `name` the action, clock, form or notice."""

    type: str
    on: date
    by: str
    subject: str
    name: str
    data: Mapping[str, Any]
    clauses: tuple[str, ...]


class BadJournalError(ValueError):
    """A journal that cannot be read; the message says which entry and why."""


def to_json(event: Event) -> dict[str, Any]:
    """The event as JSON-ready data; dates as ISO strings under a `$date` key."""
    return {
        "v": VERSION,
        "type": event.type,
        "on": event.on.isoformat(),
        "by": event.by,
        "subject": event.subject,
        "name": event.name,
        "data": _plain(event.data),
        "clauses": list(event.clauses),
    }


def from_json(entry: object, number: int = 0) -> Event:
    """Read one event. Raises BadJournalError for anything that is not an event of a known shape."""
    if not isinstance(entry, dict):
        message = f"entry {number}: an event must be an object"
        raise BadJournalError(message)
    if unknown := sorted(set(entry) - _KEYS):
        message = f"entry {number}: unknown field {unknown[0]!r}"
        raise BadJournalError(message)
    version, kind, data = entry.get("v"), entry.get("type"), entry.get("data")
    if type(version) is not int or not 1 <= version <= VERSION:
        message = f"entry {number}: version {version!r} is not known"
        raise BadJournalError(message)
    if not isinstance(kind, str) or kind not in TYPES:
        message = f"entry {number}: {kind!r} is not a type of event"
        raise BadJournalError(message)
    words = [entry.get(key) for key in ("on", "by", "subject", "name")]
    clauses = entry.get("clauses")
    told = isinstance(clauses, list) and all(isinstance(clause, str) for clause in clauses)
    if not all(isinstance(word, str) for word in words) or not isinstance(data, dict) or not told:
        message = f"entry {number}: a field is missing or of the wrong type"
        raise BadJournalError(message)
    try:
        day = date.fromisoformat(str(words[0]))
        facts = _rich(data)
    except (ValueError, TypeError) as error:
        message = f"entry {number}: {error}"
        raise BadJournalError(message) from error
    return Event(kind, day, str(words[1]), str(words[2]), str(words[3]), facts, tuple(clauses or ()))


def _plain(value: Any) -> Any:  # noqa: ANN401 - data of any JSON shape
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, list | tuple | frozenset):
        return [_plain(item) for item in (sorted(value) if isinstance(value, frozenset) else value)]
    return value


def _rich(value: Any) -> Any:  # noqa: ANN401 - data of any JSON shape
    if isinstance(value, dict):
        if set(value) == {"$date"}:
            return date.fromisoformat(value["$date"])
        return {key: _rich(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_rich(item) for item in value)
    return value
