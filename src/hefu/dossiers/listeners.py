"""Listeners: other parts that keep rows of their own by what happens to dossiers, in the same transaction.

A part above registers its listener when it starts (AppConfig.ready), so that no act can be written without it, by
whichever program. A listener is asked before anything is written, and answers with what it will write itself, or with
nothing. It computes all it needs by then: a dossier that it cannot read fails the act (or is reported by the sweep)
while nothing has been written, and what it writes afterwards is plain rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from hefu.dossiers.store import Held
    from hefu.rules.dossier import Dossier
    from hefu.rules.events import Event


class Happening(NamedTuple):
    """What is about to be written: the dossier as it is held, the events, and the dossier that they lead to."""

    held: Held
    events: Sequence[Event]
    after: Dossier
    at: datetime


Writing = Callable[[str], None]
"""Writes rows into the database with this alias."""
Listener = Callable[[Happening], Writing | None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Ask a listener at every act from now on; the same one is asked once."""
    if listener not in _listeners:
        _listeners.append(listener)


def heard(happening: Happening) -> list[Writing]:
    """What the listeners will write."""
    return [writing for listener in _listeners if (writing := listener(happening)) is not None]
