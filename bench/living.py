"""Lives of dossiers in a store: the accepted acts of a story, done one after another. Django must be ready."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.core.management import call_command
from django.db import connections

from hefu.dossiers.open import New, open_dossier
from hefu.dossiers.outcome import Done, When
from hefu.dossiers.perform import perform

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from bench.stories import Story
    from hefu.dossiers.store import Store
    from hefu.rules.decide import Act

AT = datetime(2026, 11, 21, 8, 30, 0, 123456, UTC)
"""The instant of every act: the benchmark reads clocks only to measure."""
BODY = "body-1"


class Life(NamedTuple):
    """The acts of a dossier and their days, with the settings of its body."""

    scheme: str
    settings: Mapping[str, Any]
    acts: tuple[tuple[date, Act], ...]


def life(story: Story, acts: int) -> Life:
    """The first acts of a story; the days between them pass by themselves."""
    done = [(step.day, step.act) for step in story.steps if step.act is not None]
    return Life(story.scheme.ref, story.settings, tuple(done[:acts]))


def live(store: Store, name: str, told: Life, *, anew: bool = False) -> int:
    """Open a dossier and do its acts, `anew` as a process that remembers none; how many acts it was.

    Raises ValueError when one is not done: then the figure would mean nothing.
    """
    for number, (day, act) in enumerate(told.acts):
        if anew:
            store.forget()
        if number:
            outcome = perform(store, name, act, When(day, AT))
        else:
            outcome = open_dossier(store, New(name, told.scheme, BODY, "单元", told.settings), act, When(day, AT))
        if not isinstance(outcome, Done):
            raise ValueError(f"{told.scheme} {day} {act.do}: {outcome}")  # noqa: TRY004 - a refusal has the right type
    return len(told.acts)


def tables(alias: str) -> None:
    """The product's tables, by its own migrations; leaves no connection behind."""
    call_command("migrate", database=alias, verbosity=0)
    connections[alias].close()
