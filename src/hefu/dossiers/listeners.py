"""Listeners: other parts that keep rows of their own by what happens to dossiers, in the same transaction.

A part above registers its listener when it starts (AppConfig.ready), so that no act can be written without it, by
whichever program. A listener is asked before anything is written, and answers with the rows that it wants written, or
with none: a dossier that it cannot read fails the act (or is reported by the sweep) while nothing has been written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from hefu.dossiers.statements import Part

if TYPE_CHECKING:
    from datetime import datetime

    from hefu.dossiers.store import Held
    from hefu.rules.dossier import Dossier
    from hefu.rules.events import Event


class Happening(NamedTuple):
    """What is about to be written, and in which database: the dossier as held, the events, and what it becomes."""

    using: str
    held: Held
    events: Sequence[Event]
    after: Dossier
    at: datetime


Listener = Callable[[Happening], Sequence[Part]]

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Ask a listener at every act from now on; the same one is asked once."""
    if listener not in _listeners:
        _listeners.append(listener)


def heard(happening: Happening) -> list[Part]:
    """What the listeners want written."""
    return [part for listener in _listeners for part in listener(happening)]
