"""Workers: who lives. A worker that is not seen for DEAD, or whose process is gone from this host, is dead.

Its row goes, and with it its right to send anything: a worker that was only slow finds its row gone and stops.
"""

from __future__ import annotations

import os
import secrets
import socket
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from hefu.jobs.models import WorkerRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

BEAT = timedelta(seconds=15)
DEAD = timedelta(minutes=2)


class Self(NamedTuple):
    """This process as a worker."""

    name: str
    host: str
    pid: int


def this_process() -> Self:
    """A name that no other process has or had."""
    host, pid = socket.gethostname()[:100], os.getpid()
    return Self(f"{host}-{pid}-{secrets.token_hex(4)}", host, pid)


def enter(who: Self, at: datetime) -> None:
    """Be known, before the first job is taken up."""
    WorkerRow.objects.create(name=who.name, host=who.host, pid=who.pid, started=at, seen=at)


def beat(who: Self, at: datetime) -> bool:
    """Be seen; false when the others believe this worker dead."""
    return WorkerRow.objects.filter(pk=who.name).update(seen=at) == 1


def alive(name: str) -> bool:
    """Whether a worker counts as living; whoever does not must send nothing."""
    return WorkerRow.objects.filter(pk=name).exists()


def living() -> frozenset[str]:
    """The names of all that count as living."""
    return frozenset(WorkerRow.objects.values_list("name", flat=True))


def dead(who: Self, at: datetime) -> Sequence[str]:
    """The names of the dead, as one of the living sees them."""
    others = WorkerRow.objects.exclude(pk=who.name)
    return [row.name for row in others if row.seen < at - DEAD or (row.host == who.host and not _runs(row.pid, who))]


def bury(names: Sequence[str]) -> None:
    """Forget workers, once what they have left is adopted."""
    WorkerRow.objects.filter(pk__in=names).delete()


def leave(who: Self) -> None:
    """Be known no more: what is unfinished is for the next."""
    WorkerRow.objects.filter(pk=who.name).delete()


def _runs(pid: int, who: Self) -> bool:
    """Whether another process of this host has this number."""
    if pid == who.pid:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
