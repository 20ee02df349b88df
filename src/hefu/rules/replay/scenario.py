"""Scenario files: read, held against their grammar, and turned into acts (contract: docs/reference/scenario.md)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import TypeAdapter

from hefu.rules.load import grammar
from hefu.rules.load.files import validate
from hefu.rules.load.source import BadSourceError, Problem, Source, read
from hefu.rules.load.values import fits
from hefu.rules.view import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from hefu.rules.model import Scheme

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2090, 12, 31)
_SCENARIO: TypeAdapter[grammar.Scenario] = TypeAdapter(grammar.Scenario)


class Script(NamedTuple):
    """A scenario ready to run, with its source for places.

    `cast` are the people as each step knows them; `people`, as the last one does.
    """

    name: str
    scenario: grammar.Scenario
    people: Mapping[str, Actor]
    cast: tuple[Mapping[str, Actor], ...]
    source: Source


def open_scenario(path: Path, name: str | None = None) -> Script:
    """Read a scenario. Raises BadSourceError with the place of every problem."""
    return script(read(path, name or str(path)))


def script(source: Source) -> Script:
    """A scenario of parsed text. Raises BadSourceError with the place of every problem."""
    problems: list[Problem] = []
    scenario = validate(source, _SCENARIO, problems)
    if scenario is None:
        raise BadSourceError(problems)
    cast, people = [], _actors(scenario.people)
    last = date.min
    for number, step in enumerate(scenario.steps):

        def wrong(inside: tuple[str, ...], message: str, zh: str, number: int = number) -> None:
            problems.append(Problem(source.place(("steps", number, *inside)), message, zh=zh))

        if not FIRST_DAY <= step.on <= LAST_DAY:
            wrong(
                ("on",),
                f"{step.on} lies outside {FIRST_DAY} to {LAST_DAY}",
                f"{step.on} 不在 {FIRST_DAY} 至 {LAST_DAY} 之内",
            )
        if step.on < last:
            wrong(("on",), f"{step.on} is before the step before it, {last}", f"{step.on} 早于上一步的 {last}")
        last = max(last, step.on)
        people = {**people, **_actors(step.people)} if step.people else people
        cast.append(people)
        if step.do is not None and step.by is None:
            wrong((), "a step that does something needs `by`", "办理操作的步骤须写明 by")
        if step.by is not None and step.by not in people:
            wrong(("by",), f"nobody among the people is named {step.by!r}", f"人员中没有“{step.by}”")
    if problems:
        raise BadSourceError(problems)
    return Script(source.file, scenario, people, tuple(cast), source)


def misfits(found: Script, scheme: Scheme) -> list[Problem]:
    """What a scenario says that its scheme does not know: settings and facts, or their types, and roles."""
    declared = scheme.file
    return [
        *_misfits(found, "settings", declared.settings),
        *_misfits(found, "facts", declared.facts),
        *(
            Problem(
                found.source.place(("people", name, "roles", number)),
                f"there is no role {role!r}",
                zh=f"没有角色“{role}”",
            )
            for name, person in found.scenario.people.items()
            for number, role in enumerate(person.roles)
            if role not in declared.roles and f"role/{role}" not in scheme.words
        ),
    ]


def _misfits(found: Script, group: str, declared: Mapping[str, grammar.Setting | grammar.Fact]) -> Iterator[Problem]:
    places: list[tuple[tuple[str | int, ...], dict[str, Any]]] = [((group,), getattr(found.scenario, group))]
    if group == "facts":
        places += [(("steps", n, group), step.facts) for n, step in enumerate(found.scenario.steps)]
    said = {"settings": "设置", "facts": "事实"}[group]
    for path, values in places:
        for name, value in values.items():
            at = found.source.place((*path, name))
            if name not in declared:
                scheme = found.scenario.scheme
                yield Problem(
                    at, f"the scheme {scheme} has no {group[:-1]} {name!r}", zh=f"{scheme} 没有{said}“{name}”"
                )
            elif not fits(kind := declared[name].type, value):
                yield Problem(
                    at, f"the {group[:-1]} {name!r} must be of the type {kind}", zh=f"{said}“{name}”应为 {kind}"
                )


def _actors(people: Mapping[str, grammar.Person]) -> Mapping[str, Actor]:
    return {key: _actor(key, person) for key, person in people.items()}


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
