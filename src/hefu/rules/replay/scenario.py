"""Scenario files: read, held against their grammar, and turned into acts (contract: docs/reference/scenario.md)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import TypeAdapter

from hefu.rules.load import grammar
from hefu.rules.load.files import validate
from hefu.rules.load.source import BadSourceError, Problem, Source, read
from hefu.rules.view import Actor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2090, 12, 31)
_SCENARIO: TypeAdapter[grammar.Scenario] = TypeAdapter(grammar.Scenario)


class Script(NamedTuple):
    """A scenario ready to run, with its source for places."""

    name: str
    scenario: grammar.Scenario
    people: Mapping[str, Actor]
    source: Source


def open_scenario(path: Path, name: str | None = None) -> Script:
    """Read a scenario. Raises BadSourceError with the place of every problem."""
    source = read(path, name or str(path))
    problems: list[Problem] = []
    scenario = validate(source, _SCENARIO, problems)
    if scenario is None:
        raise BadSourceError(problems)
    people = {key: _actor(key, person) for key, person in scenario.people.items()}
    last = date.min
    for number, step in enumerate(scenario.steps):
        here = ("steps", number)
        if not FIRST_DAY <= step.on <= LAST_DAY:
            problems.append(Problem(source.place((*here, "on")), f"{step.on} lies outside {FIRST_DAY} to {LAST_DAY}"))
        if step.on < last:
            problems.append(Problem(source.place((*here, "on")), f"{step.on} is before the step before it, {last}"))
        last = max(last, step.on)
        if step.do is not None and step.by is None:
            problems.append(Problem(source.place(here), "a step that does something needs `by`"))
        if step.by is not None and step.by not in people:
            problems.append(Problem(source.place((*here, "by")), f"nobody among the people is named {step.by!r}"))
    if problems:
        raise BadSourceError(problems)
    return Script(source.file, scenario, people, source)


def _actor(key: str, person: grammar.Person) -> Actor:
    competence = tuple(person.competence) if person.competence is not None else None
    return Actor(
        key, frozenset(person.roles), person.name or key, dict(person.organisation or {}), competence,
        frozenset(person.interests),
    )  # fmt: skip


def plain(value: Any) -> Any:  # noqa: ANN401 - YAML data
    """Dates as ISO words, for comparing with JSON output."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value
