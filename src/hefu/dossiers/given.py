"""What was given: an act as somebody handed it in, with the outside facts and the people whom it names.

It stands in the journal beside the events of the act, hashed with them: they say what followed, this says
from what, so that a dossier can be decided again from nothing (export.py). People are kept as they were known on that
day, and only those who act or are named in the form. Of the outside facts those are kept that the rules have asked for
(Asked): a body may have recorded thousands of rows, and an act that looks at none of them depends on none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.dossiers.journal import canonical, decoded
from hefu.rules.decide import Act
from hefu.rules.view import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


class Asked(Mapping[str, Any]):
    """Outside facts that know which of them were asked for, whether they are there or not."""

    __slots__ = ("_facts", "_names")

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self._facts, self._names = facts, set[str]()

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a fact of any type
        self._names.add(name)
        return self._facts[name]

    def __iter__(self) -> Iterator[str]:
        self._names.update(self._facts)  # whoever goes through them has asked for all
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def answered(self) -> dict[str, Any]:
        """Those that were asked for and are there, in the order of their names."""
        return {name: self._facts[name] for name in sorted(self._names) if name in self._facts}


class Given(NamedTuple):
    """A day, and the act of that day; without an act it is a sweep."""

    on: date
    act: Act | None
    facts: Mapping[str, Any]
    people: Mapping[str, Actor]


def record(given: Given) -> str:
    """The text that the journal keeps. Raises TypeError or ValueError for answers that JSON cannot hold."""
    said: dict[str, Any] = {"v": 1, "on": given.on}
    if given.facts:
        _words(given.facts)
        said["facts"] = dict(given.facts)
    if given.act is not None:
        act = given.act
        said |= {"do": act.do, "by": act.by.id, "form": dict(act.form)}
        if act.item:
            said["item"] = act.item
        named = _words(act.form) & given.people.keys()
        said["people"] = {act.by.id: _person(act.by)} | {name: _person(given.people[name]) for name in named}
    return canonical(said)


def read(text: str) -> Given:
    """What `record` has written."""
    said = decoded(text)
    facts, people = said.get("facts", {}), {key: _actor(key, item) for key, item in said.get("people", {}).items()}
    act = None
    if "do" in said:
        act = Act(said["do"], people[said["by"]], said["form"], said.get("item", ""), facts, people)
    return Given(said["on"], act, facts, people)


def _words(answers: Mapping[str, Any]) -> set[str]:
    """Every text inside some answers; ids of people are among them. Raises ValueError for a name that is not free."""
    found: set[str] = set()
    todo: list[Any] = [answers]
    while todo:
        value = todo.pop()
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, Mapping):
            if "$date" in value:
                raise ValueError("no answer may be named $date: the journal marks its days with it")
            todo += value.values()
        elif isinstance(value, list | tuple):
            todo += value
    return found


def _person(actor: Actor) -> dict[str, Any]:
    """A person without what is empty, so that most are a few words."""
    known: dict[str, Any] = {"roles": actor.roles}
    if actor.name:
        known["name"] = actor.name
    if actor.organisation:
        known["organisation"] = dict(actor.organisation)
    if actor.competence is not None:
        known["competence"] = [dict(row) for row in actor.competence]
    if actor.interests:
        known["interests"] = actor.interests
    return known


def _actor(key: str, known: Mapping[str, Any]) -> Actor:
    competence = tuple(known["competence"]) if "competence" in known else None
    return Actor(
        key, frozenset(known["roles"]), known.get("name", ""), known.get("organisation", {}), competence,
        frozenset(known.get("interests", ())),
    )  # fmt: skip
