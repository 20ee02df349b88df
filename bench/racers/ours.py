"""Ours: whole acts through `dossiers.perform`, from the longest stories of the shipped schemes, in turn.

An act has its whole meaning: the row under its lock, what time has brought, every guard, the events with their hashes,
the folded state when it is due, clocks, duties, read rows, outbox, commit. The first act of a case opens its dossier.
"""

from __future__ import annotations

from functools import partial
from itertools import count as counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.course import STEPS
from bench.product import on
from bench.stories import told_again

if TYPE_CHECKING:
    from bench.course import Course, Track, Ways, Work
    from bench.living import Life
    from hefu.dossiers.laws import Laws
    from hefu.dossiers.store import Store

WAYS = ("hefu", "hefu, read anew")
_KEPT: dict[str, Any] = {}
"""The schemes and the lives to be lived, loaded once; processes that fork share them."""


def start(course: Course) -> None:
    """Django, the schemes, and the lives."""
    on(course.tracks)
    from bench.living import life  # noqa: PLC0415 - its tables need Django to be ready
    from hefu.dossiers.laws import Laws  # noqa: PLC0415

    laws = Laws()
    lives = [life(told_again(Path(folder), name), STEPS) for folder, name in course.stories]
    for one in lives:
        laws.of(one.scheme)
    _KEPT.update(laws=laws, lives=lives)


def create(track: Track) -> None:
    """The product's tables, by its own migrations."""
    from bench.living import tables  # noqa: PLC0415 - as above

    tables(track.name)


def ready(track: Track) -> Ways:
    """Dossiers that this process remembers, and dossiers read from the database for each act."""
    from hefu.dossiers.store import Store  # noqa: PLC0415 - as above

    laws: Laws = _KEPT["laws"]
    numbers = counter()
    return {
        WAYS[0]: partial(_cases, Store(track.name, laws), numbers, anew=False),
        WAYS[1]: partial(_cases, Store(track.name, laws), numbers, anew=True),
    }


def _cases(store: Store, numbers: counter[int], count: int, *, anew: bool) -> Work:
    from bench.living import AT, live  # noqa: PLC0415 - as above
    from hefu.dossiers.open import fresh_id  # noqa: PLC0415

    lives: list[Life] = _KEPT["lives"]
    todo = [(fresh_id(AT), lives[next(numbers) % len(lives)]) for _ in range(count)]
    return lambda: sum(live(store, name, told, anew=anew) for name, told in todo)
