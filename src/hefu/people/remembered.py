"""Remembered: what this process has read of people and their ties, for as long as nobody has changed any of it.

Every change of an account, organisation, body, offer or tie gives the database another mark, in the transaction that
makes the change (triggers: migrations/0006). Whoever asks reads the mark first, and is answered from memory only if it
is the one under which memory was filled; so a role that ends, in whatever process, has ended for the next question. A
mark is random and never comes twice: what was read inside a transaction that was then undone is never taken for what
another transaction has written.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Mapping

    Key = TypeVar("Key", bound=Hashable)
    Found = TypeVar("Found")

MARK = "SELECT mark FROM hefu_mark"
MOST = 20_000
"""Answers kept, of about a kilobyte each; when there are more, memory begins anew."""


class Memory:
    """What was read under one mark. Threads share it; without a mark (None) it keeps nothing.

    Answers are shared by whoever asks, so they are values that nobody changes. What they depend on is in their `kind`
    and key; an instance that was read earlier must not decide, because it may be older than the mark.
    """

    def __init__(self, mark: str | None) -> None:
        self.mark = mark
        self._held: dict[Hashable, Any] = {}

    def one(self, kind: Hashable, find: Callable[[], Found]) -> Found:
        """The answer to one question."""
        return self.each(kind, (None,), lambda _: {None: find()})[None]

    def each(
        self, kind: Hashable, keys: Collection[Key], find: Callable[[Collection[Key]], Mapping[Key, Found]]
    ) -> dict[Key, Found]:
        """The answers to one kind of question about several keys; `find` is asked once for all that are not known."""
        held = self._held
        known: dict[Key, Found] = {key: held[kind, key] for key in keys if (kind, key) in held}
        if unknown := [key for key in keys if key not in known]:
            found = find(unknown)
            # What was changed while it was being read may be half old, half new: it serves this once.
            if self.mark is not None and _mark() == self.mark:
                self._keep({(kind, key): found[key] for key in unknown})
            known |= found
        return known

    def _keep(self, answers: Mapping[Hashable, Any]) -> None:
        if len(self._held) + len(answers) > MOST:
            self._held = {}
        self._held.update(answers)


def memory() -> Memory:
    """What is remembered as of this moment: one small query."""
    global _memory  # noqa: PLW0603 - the one memory of this process
    mark = _mark()
    with _lock:
        if _memory.mark != mark:
            _memory = Memory(mark)
        return _memory


def _mark() -> str | None:
    """The present mark; none where nothing has been changed yet."""
    with connection.cursor() as cursor:
        cursor.execute(MARK)
        row = cursor.fetchone()
    return row[0] if row else None


_memory = Memory(None)
_lock = Lock()
