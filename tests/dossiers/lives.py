"""Lives to be lived in a store: scenarios as acts whose forms are filled in, and what the pure core makes of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.dossiers.laws import Laws
from hefu.dossiers.open import New, open_dossier
from hefu.dossiers.outcome import Done, When
from hefu.dossiers.perform import perform
from hefu.rules.decide import Act, decide
from hefu.rules.dossier import Dossier
from hefu.rules.due import due
from hefu.rules.load import Library, load, with_settings
from hefu.rules.replay.run import NOBODY
from hefu.rules.replay.sample import filled
from hefu.rules.replay.scenario import open_scenario
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from hefu.dossiers.outcome import Outcome
    from hefu.dossiers.store import Store
    from hefu.rules.events import Event
    from hefu.rules.view import Actor

EXAMPLE = ROOT / "examples/qinghe-svc-01/1.0"
AT = datetime(2026, 11, 21, 8, 30, 0, 123456, UTC)
"""The instant of every act of the tests; the day is another thing."""
LAWS = Laws(Library(ROOT / "examples"))


class Step(NamedTuple):
    """A day and the act that is done on it, with the dossier and the events that the pure core then has."""

    on: date
    act: Act
    dossier: Dossier
    events: tuple[Event, ...]


class Life(NamedTuple):
    """The accepted acts of a scenario, the refused ones, and everybody in it."""

    scheme: str
    settings: Mapping[str, Any]
    people: Mapping[str, Actor]
    steps: tuple[Step, ...]
    refused: tuple[tuple[int, date, Act], ...]
    """After how many steps, on which day, which act."""


@lru_cache
def life(folder: Path = EXAMPLE, name: str = "a-whole-life") -> Life:
    """A scenario as it goes in the pure core, without the steps that only wait."""
    script = open_scenario(folder / "scenarios" / f"{name}.yaml")
    scheme = with_settings(load(folder), script.scenario.settings)
    dossier = Dossier(scheme.ref)
    steps: list[Step] = []
    refused: list[tuple[int, date, Act]] = []
    for step in script.scenario.steps:
        if step.do is None:
            continue
        facts = {**script.scenario.facts, **step.facts}
        act = Act(step.do, script.people.get(step.by or "", NOBODY), step.with_, step.item or "", facts, script.people)
        passed = due(scheme, dossier, step.on, facts, script.people)
        act = act._replace(form=filled(scheme, passed.dossier, act, step.on))
        decision = decide(scheme, passed.dossier, act, step.on)
        if not decision.ok:
            refused.append((len(steps), step.on, act))
            continue
        dossier = decision.dossier
        steps.append(Step(step.on, act, dossier, (*passed.events, *decision.events)))
    return Life(scheme.ref, dict(script.scenario.settings), script.people, tuple(steps), tuple(refused))


def when(on: date) -> When:
    return When(on, AT)


def new(told: Life, name: str) -> New:
    return New(name, told.scheme, "body-1", f"单元 {name}", told.settings)


def lived(store: Store, told: Life, name: str, steps: int = 1_000) -> Iterator[Outcome]:
    """Open a dossier and do the first acts of a life, with the answer to each."""
    first, *rest = told.steps[:steps]
    yield open_dossier(store, new(told, name), first.act, when(first.on))
    for step in rest:
        yield perform(store, name, step.act, when(step.on))


def live(store: Store, told: Life, name: str = "d-1", steps: int = 1_000) -> Done:
    """Open a dossier and do the first acts of a life; every one must succeed."""
    answer: Outcome | None = None
    for answer in lived(store, told, name, steps):
        assert isinstance(answer, Done), answer
    assert isinstance(answer, Done), "a life has at least one act"
    return answer
