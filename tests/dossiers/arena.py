"""Where processes work on one database until they are killed: `python -m tests.dossiers.arena DATABASE RUNS SEED`.

A process of its own, so that it can fork with everything loaded and no thread running. In each run one child acts and
sweeps, another delivers; both are killed with SIGKILL at a random moment. The actor tells its parent of each act only
after `perform` has returned: what was told must be there. Prints what was found as one line of JSON.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import gettempdir
from typing import TYPE_CHECKING, NoReturn

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connections  # noqa: E402 - Django must be set up before

from hefu.dossiers.audit import audit  # noqa: E402
from hefu.dossiers.models import JournalRow, OutboxRow  # noqa: E402
from hefu.dossiers.open import fresh_id, open_dossier  # noqa: E402
from hefu.dossiers.outbox import LEASE, deliver  # noqa: E402
from hefu.dossiers.outcome import Done  # noqa: E402
from hefu.dossiers.perform import perform  # noqa: E402
from hefu.dossiers.store import Store  # noqa: E402
from hefu.dossiers.sweep import sweep  # noqa: E402
from tests.databases import point  # noqa: E402
from tests.dossiers.lives import AT, LAWS, life, new, when  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from hefu.dossiers.outbox import Parcel

LONGEST = 0.15
"""Seconds that a run lives at most after its first act."""
LIFE = life()


class Log:
    """A courier that writes the key of each parcel into a file; one short write is never torn."""

    def __init__(self, path: Path) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def deliver(self, parcel: Parcel) -> None:
        os.write(self.file, f"{parcel.key}\n".encode())


def act_for_ever(alias: str, pipe: int) -> NoReturn:
    """Open dossiers, live their lives, sweep; tell of each act that was acknowledged."""
    store = Store(alias, LAWS)
    while True:
        name = fresh_id(AT)
        for step in LIFE.steps:
            moment = when(step.on)
            if step is LIFE.steps[0]:
                done = open_dossier(store, new(LIFE, name), step.act, moment)
            else:
                done = perform(store, name, step.act, moment)  # type: ignore[assignment]
            if not isinstance(done, Done):
                raise TypeError(done)
            os.write(pipe, f"{name} {done.version}\n".encode())
        sweep(store, when(LIFE.steps[-1].on + timedelta(days=3_000)))


def deliver_for_ever(alias: str, path: Path) -> NoReturn:
    store, log, at = Store(alias, LAWS), Log(path), AT
    while True:
        deliver(store, log, at)
        at += LEASE  # whoever held a lease before has been killed
        time.sleep(0.005)


def child(work: Callable[[], NoReturn]) -> int:
    """A forked process that works until it is killed; if it fails by itself it says so."""
    process = os.fork()
    if process:
        return process
    try:
        work()
    except BaseException as error:  # noqa: BLE001 - a child must never run on as its parent
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        os._exit(3)


def run(alias: str, log: Path, chance: Random) -> list[tuple[str, int]]:
    """One run: what was acknowledged before the kill. Raises ChildProcessError when a child failed by itself."""
    connections.close_all()
    reading, writing = os.pipe()
    children = [child(lambda: act_for_ever(alias, writing)), child(lambda: deliver_for_ever(alias, log))]
    os.close(writing)
    select.select([reading], [], [], 30)
    time.sleep(chance.uniform(0, LONGEST))
    for process in children:
        os.kill(process, signal.SIGKILL)
    ends = [os.waitpid(process, 0)[1] for process in children]
    told = b""
    while piece := os.read(reading, 65_536):
        told += piece
    os.close(reading)
    if any(os.WTERMSIG(end) != signal.SIGKILL for end in ends):
        raise ChildProcessError(f"a child ended by itself: {ends}")
    return [(name, int(version)) for name, version in (line.split() for line in told.decode().splitlines())]


def judge(store: Store, told: list[tuple[str, int]], log: Path) -> dict[str, object]:
    """What is left after the last run: chains, what was acknowledged, what was delivered."""
    rows = JournalRow.objects.using(store.using)
    there = set(rows.values_list("dossier_id", "version"))
    deliver(store, Log(log), AT + timedelta(days=30))
    parcels = OutboxRow.objects.using(store.using).order_by("dossier_id", "number").values_list("dossier_id", "number")
    wanted: dict[str, list[int]] = {}
    for name, number in parcels:
        wanted.setdefault(name, []).append(number)
    first: dict[str, list[int]] = {}
    lines = log.read_text(encoding="utf-8").splitlines()
    for line in dict.fromkeys(lines):
        name, _, place = line.partition("/")
        first.setdefault(name, []).append(int(place))
    found = audit(store)
    return {
        "acknowledged": len(told), "lost": [item for item in told if item not in there],
        "events": found.events, "faults": [fault.what for fault in found.faults],
        "parcels": sum(map(len, wanted.values())), "delivered": len(lines), "in_order": first == wanted,
    }  # fmt: skip


def main(alias: str, name: str, runs: int, seed: int) -> None:
    point(alias, name)
    folder = Path(name).parent if alias == "sqlite" else Path(gettempdir())
    chance, log, told = Random(seed), folder / f"{Path(name).name}.log", []  # noqa: S311 - runs that can be repeated
    log.unlink(missing_ok=True)
    for _ in range(runs):
        told += run(alias, log, chance)
    sys.stdout.write(json.dumps({"runs": runs, **judge(Store(alias, LAWS), told, log)}))
    log.unlink(missing_ok=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
