"""A draft: a dossier of one's own and the events that have changed it so far.

`decide` and `due` both work on one; `emit` is the only way to change it, so the events are always the whole story.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hefu.rules.events import Event
from hefu.rules.evolve import apply

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hefu.rules.dossier import Dossier
    from hefu.rules.model import Scheme
    from hefu.rules.view import Actor


class Draft:
    """The working copy of one decision. `on` is the day of the events that it emits."""

    __slots__ = ("dossier", "events", "facts", "on", "people", "scheme")

    def __init__(
        self, scheme: Scheme, dossier: Dossier, on: date, facts: Mapping[str, Any], people: Mapping[str, Actor]
    ) -> None:
        self.scheme, self.dossier, self.on = scheme, dossier.copy(), on
        self.facts, self.people = facts, people
        self.events: list[Event] = []

    def emit(  # noqa: PLR0913 - the fields of an event
        self, kind: str, subject: str, name: str, data: Mapping[str, Any], clauses: tuple[str, ...], by: str = ""
    ) -> None:
        """Let one event happen."""
        event = Event(kind, self.on, by, subject, name, data, clauses)
        apply(self.dossier, event)
        self.events.append(event)
