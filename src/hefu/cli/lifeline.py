"""Lifeline: a process that ends with the one that started it, however that one ends, even by SIGKILL.

It is a pipe of which the parent alone holds the end for writing: the system closes it with the parent, and whoever
reads from the other end learns of it at once.
"""

from __future__ import annotations

import os
import signal
import time
from threading import Thread

VARIABLE = "HEFU_LIFELINE"
"""Names the end for reading to a command that another one has started (demo.py)."""
GRACE = 3.0
"""Seconds to end in order; after them the process is gone."""


def hold() -> None:
    """End when the command that has started this one does; without such a command nothing happens."""
    if given := os.environ.pop(VARIABLE, ""):
        _watch(int(given))


def hold_as_worker() -> None:
    """End when the parent of this process does, which multiprocessing has started."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        _watch(parent.sentinel)


def _watch(end: int) -> None:
    Thread(target=_end_with, args=(end,), name="lifeline", daemon=True).start()


def _end_with(end: int) -> None:
    from multiprocessing.connection import wait

    wait([end])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
