"""The store: which database, which laws, and the dossiers that this process still remembers.

A remembered dossier is used only when the row, read under the lock, still carries the hash of its last event: any
other process may have written meanwhile, and then the state is read again.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from hefu.dossiers import sql
from hefu.dossiers.gathered import with_gathered
from hefu.dossiers.journal import read_events
from hefu.dossiers.laws import Laws
from hefu.dossiers.outcome import UnknownDossierError
from hefu.dossiers.state import OtherStateError, decode
from hefu.rules.dossier import Dossier
from hefu.rules.evolve import apply
from hefu.rules.view import Around

if TYPE_CHECKING:
    from collections.abc import Callable

    from hefu.dossiers.change import Told
    from hefu.dossiers.laws import Law

REMEMBERED = 256
"""Dossiers kept in memory; an old one is some 200 KB."""


class Held(NamedTuple):
    """A dossier as it stands: its row, and its folded state.

    `saved` is the number of events in the stored state, `title` the number by which people call the dossier, `told`
    what it has told lists, known where this process has written it: reading does not ask for it.
    """

    id: str
    law: Law
    body: str
    version: int
    head: bytes
    dossier: Dossier
    saved: int
    title: str
    told: Told | None = None


def nothing_known(_body: str, _scheme: str) -> Around:
    """No outside facts: guards see the defaults that their scheme declares."""
    return Around({}, {})


class Store:
    """A database of dossiers, by its alias in Django's settings. Threads may share one; each has its own connection."""

    def __init__(
        self, using: str = "default", laws: Laws | None = None, around: Callable[[str, str], Around] = nothing_known
    ) -> None:
        self.using, self.laws, self.around = using, laws or Laws(), around
        self._remembered: OrderedDict[str, Held] = OrderedDict()
        self._lock = Lock()

    def surroundings(self, body: str, scheme: str) -> Around:
        """What surrounds the dossiers of a body: its people, its recorded facts, and what its dossiers tell."""
        held = self.around(body, scheme)
        return Around(with_gathered(self.using, body, scheme, held.facts), held.people)

    def load(
        self, dossier: str, key: tuple[str, str] | None = None, *, lock: bool = False
    ) -> tuple[Held, tuple[str, bytes, int, int] | None]:
        """A dossier and the row of a key. Raises UnknownDossierError, BadJournalError, LookupError for its scheme."""
        row, used = sql.load(self.using, dossier, key, lock=lock)
        if row is None:
            raise UnknownDossierError(f"there is no dossier {dossier!r}")
        scheme, body, settings, version, head, title = row
        held = self._remembered.get(dossier)
        if held is None or held.head != head:
            folded, saved = self._folded(dossier, scheme, version)
            held = Held(dossier, self.laws.of(scheme, settings), body, version, bytes(head), folded, saved, title)
            if not lock:  # whoever reads a dossier acts on it soon; an act remembers what it leaves, a sweep nothing
                self.remember(held)
        return held, used

    def _folded(self, dossier: str, scheme: str, version: int) -> tuple[Dossier, int]:
        """The stored state with the events after it, and the number of events that the stored state holds."""
        row = sql.state(self.using, dossier)
        saved, folded = 0, Dossier(scheme)
        if row is not None:
            try:
                saved, folded = row[0], decode(row[1])
            except OtherStateError:
                saved, folded = 0, Dossier(scheme)
        if saved < version:
            for number, text in sql.tail(self.using, dossier, saved):
                for event in read_events(text, number) if number <= version else ():
                    apply(folded, event)
        return folded, saved

    def remember(self, held: Held) -> None:
        """Keep what has just been written or read; it is trusted only while the row carries the same hash."""
        with self._lock:
            self._remembered[held.id] = held
            self._remembered.move_to_end(held.id)
            if len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)

    def forget(self) -> None:
        """Drop every remembered dossier, as a new process would."""
        with self._lock:
            self._remembered.clear()
