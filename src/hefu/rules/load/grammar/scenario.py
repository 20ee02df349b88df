"""Scenario files: people, facts and steps, each with what it expects."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field

from hefu.rules.load.grammar.words import Name, Strict, Text


class Step(Strict):
    """One step of a scenario."""

    on: date
    by: str | None = None
    do: str | None = None
    item: str | None = None
    with_: dict[str, Any] = Field(default_factory=dict, alias="with")
    facts: dict[str, Any] = Field(default_factory=dict)
    expect: dict[str, Any] | None = None


class Person(Strict):
    """A person of a scenario."""

    roles: list[Name]
    name: str | None = None
    organisation: dict[str, str] | None = None
    competence: list[dict[str, Any]] | None = None
    interests: list[str] = Field(default_factory=list)


class Scenario(Strict):
    """A scenario file; the contract is docs/reference/scenario.md."""

    scheme: str
    title: str | Text
    fill: Literal["sample", "none"] = "sample"
    settings: dict[str, Any] = Field(default_factory=dict)
    facts: dict[str, Any] = Field(default_factory=dict)
    people: dict[str, Person] = Field(default_factory=dict)
    steps: list[Step] = Field(min_length=1)
