"""The bell: who waits for jobs looks often while there is something to do, and seldom when all is quiet.

DBOS looks into each queue as often as it is told to, busy or not. Its looking thread waits on an event that tells it
to stop; a bell is such an event whose wait also ends when somebody has just given it work.
"""

from __future__ import annotations

import time
from threading import Condition, Event

BRISK = 0.25
"""Seconds between two looks for a while after the bell was rung."""
WHILE = 2.0
"""So long is that: what a job that has just ended leaves to be done is found in it."""


class Bell(Event):
    """An event for stopping that can also be rung."""

    def __init__(self) -> None:
        super().__init__()
        self._changed = Condition()
        self._brisk_until = 0.0

    def ring(self) -> None:
        """There may be work: look now, and often for a while."""
        with self._changed:
            self._brisk_until = time.monotonic() + WHILE
            self._changed.notify_all()

    def set(self) -> None:
        """Stop."""
        with self._changed:
            super().set()
            self._changed.notify_all()

    def wait(self, timeout: float | None = None) -> bool:
        """Until it is time to look again, at most `timeout` seconds; whether to stop."""
        begun = time.monotonic()
        with self._changed:
            while not self.is_set():
                now = time.monotonic()
                length = BRISK if now < self._brisk_until else timeout
                left = None if length is None else begun + length - now
                if left is not None and left <= 0:
                    break
                self._changed.wait(left)
            return self.is_set()
