"""What is played: of each shipped scheme, the scenario with the most accepted acts.

Its forms are filled in beforehand (`fill: sample`), so that only the product's own work is timed. A refused step stays
as the passing of time that it also is. The example scheme stands in where no shipped scheme loads.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules.decide import Act, decide
from hefu.rules.dossier import Dossier
from hefu.rules.due import due
from hefu.rules.evolve import evolve
from hefu.rules.load import BadSourceError, Library, load, with_settings
from hefu.rules.replay.run import NOBODY
from hefu.rules.replay.sample import filled
from hefu.rules.replay.scenario import open_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hefu.rules.load.grammar import Step as Written
    from hefu.rules.model import Scheme
    from hefu.rules.replay.scenario import Script
    from hefu.rules.view import Actor

ROOT = Path(__file__).parents[1]
STAND_IN = ROOT / "examples" / "qinghe-svc-01" / "1.0"


class Step(NamedTuple):
    """A day, and the act that is accepted on it; None where only time passes."""

    day: date
    act: Act | None
    facts: Mapping[str, Any]
    people: Mapping[str, Actor]


class State(NamedTuple):
    """A step with the dossier before it, once time has brought its due, and after it."""

    step: Step
    before: Dossier
    after: Dossier


class Story(NamedTuple):
    """A scenario ready to play under its scheme; `acts` are accepted ones, `events` those of the whole journal."""

    scheme: Scheme
    folder: Path
    name: str
    steps: tuple[Step, ...]
    acts: int
    events: int
    settings: Mapping[str, Any]
    others: tuple[Story, ...] = ()
    """The shorter stories of the scheme."""

    def __str__(self) -> str:
        return f"{self.scheme.ref}, {self.name}: {self.acts} accepted acts, {self.events} events"


def stories(missing: list[str]) -> list[Story]:
    """The longest story of each scheme that loads; what does not is told in `missing`."""
    found = [story for folder in Library(ROOT / "schemes").folders() if (story := _longest(folder, missing))]
    written = {folder.parent.parent.name for folder in (ROOT / "schemes").glob("*/*/clauses")}
    absent = written - {folder.parent.name for folder in Library(ROOT / "schemes").folders()}
    missing += [f"{name}: it has no scheme.yaml" for name in sorted(absent)]
    if found:
        return found
    missing.append(f"no shipped scheme can be played, so {STAND_IN.relative_to(ROOT)} stands in for them")
    story = _longest(STAND_IN, missing)
    return [story] if story else []


def _longest(folder: Path, missing: list[str]) -> Story | None:
    shown = folder.relative_to(ROOT)
    try:
        scheme = load(folder, ROOT / "schemes")
    except BadSourceError as error:
        missing.append(f"{shown}: it does not load, {len(error.problems)} problems, first {error.problems[0]}")
        return None
    found = []
    for path in sorted((folder / "scenarios").glob("*.yaml")):
        try:
            found.append(prepare(scheme, folder, open_scenario(path, path.name)))
        except (BadSourceError, KeyError, LookupError, ValueError) as error:
            missing.append(f"{shown}/scenarios/{path.name}: {str(error).splitlines()[0]}")
    if not found:
        missing.append(f"{shown}: it has no scenario that can be played")
        return None
    first, *others = sorted(found, key=lambda story: -story.acts)
    return first._replace(others=tuple(others))


def told_again(folder: Path, name: str) -> Story:
    """One story by its folder and name, for a process that plays only this one."""
    return prepare(load(folder, ROOT / "schemes"), folder, open_scenario(folder / "scenarios" / name, name))


def prepare(scheme: Scheme, folder: Path, script: Script) -> Story:
    """Fill in and decide every step once. Raises ValueError when evolve does not lead where decide said."""
    scheme = with_settings(scheme, script.scenario.settings)
    dossier = Dossier(scheme.ref)
    steps = []
    for written in script.scenario.steps:
        facts = {**script.scenario.facts, **written.facts}
        dossier = due(scheme, dossier, written.on, facts, script.people).dossier
        act = _act(scheme, dossier, script, written, facts)
        decision = decide(scheme, dossier, act, written.on) if act else None
        if decision is None or not decision.ok:
            steps.append(Step(written.on, None, facts, script.people))
            continue
        steps.append(Step(written.on, act, facts, script.people))
        for event in decision.events:
            dossier = evolve(dossier, event)
        if dossier != decision.dossier:
            raise ValueError(f"{written.on} {written.do}: evolve does not give the dossier of the decision")
    acts = sum(step.act is not None for step in steps)
    return Story(scheme, folder, script.name, tuple(steps), acts, dossier.size, dict(script.scenario.settings))


def _act(scheme: Scheme, dossier: Dossier, script: Script, written: Written, facts: Mapping[str, Any]) -> Act | None:
    if written.do is None:
        return None
    by = script.people.get(written.by or "", NOBODY)
    act = Act(written.do, by, written.with_, written.item or "", facts, script.people)
    if script.scenario.fill == "sample":
        act = act._replace(form=filled(scheme, dossier, act, written.on))
    return act


def states(story: Story) -> Iterator[State]:
    """Every step of a story with the dossiers around it."""
    dossier = Dossier(story.scheme.ref)
    for step in story.steps:
        before = due(story.scheme, dossier, step.day, step.facts, step.people).dossier
        dossier = decide(story.scheme, before, step.act, step.day).dossier if step.act else before
        yield State(step, before, dossier)
