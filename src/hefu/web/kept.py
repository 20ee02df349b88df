"""The store of dossiers as pages use it: one a process, with each body's facts and people around its dossiers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hefu.dossiers.gathered import with_gathered
from hefu.dossiers.store import Store
from hefu.people import around as people
from hefu.rules.view import Around
from hefu.web import moment

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from hefu.rules.model import Scheme


@cache
def store() -> Store:
    """The store; schemes are loaded once a process, so a new version of one needs a new process."""
    return Store(around=lambda body, scheme: people.around(body, scheme, moment.today()))


def warm() -> None:
    """Load every scheme now, so that the first visitor does not wait for it."""
    laws = store().laws
    for folder in laws.library.folders():
        laws.of(f"{folder.parent.name}@{folder.name}")


def in_force(scheme: str, on: date) -> bool:
    """Whether a version of a scheme is in force on a day."""
    try:
        store().laws.on(scheme, on)
    except LookupError:
        return False
    return True


def scheme(ref: str) -> Scheme:
    """A scheme by its id (the version in force today) or by id@version. Raises LookupError."""
    return store().laws.of(store().laws.on(ref, moment.today())).scheme


def around(body: str, scheme: str, on: date, names: Collection[str]) -> Around:
    """What surrounds a body's dossiers on a day, with the people of these keys from outside."""
    held = people.around(body, scheme, on, names)
    return Around(with_gathered(store().using, body, scheme, held.facts), held.people)


def shared() -> Path:
    """Where the calendar and the shared words lie with which this process has compiled its schemes."""
    return store().laws.library.shared
