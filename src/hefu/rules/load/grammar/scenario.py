"""Scenario files: people, facts and steps, each with what it expects."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from hefu.rules.load.grammar.words import Name, Strict, Text, listed

Words = Annotated[list[str], BeforeValidator(listed), Field(default_factory=list)]


class ClockExpectation(Strict):
    """What the newest run of a clock should show."""

    status: Literal["running", "paused", "met", "breached", "dropped"] | None = None
    started: date | None = None
    due: date | None = None
    latest: date | None = None
    gross: int | None = None
    stopped: int | None = None
    net: int | None = None
    occurrence: int | None = None
    provisional: bool | None = None
    case: str | None = None


class Expectation(Strict):
    """What a step should bring; only what is named is held against what happened."""

    ok: bool = True
    refused: Words
    clauses: Words
    state: str = ""
    certificate: str = ""
    valid_to: date | None = None
    item_state: str = ""
    clock: dict[str, ClockExpectation | None] = Field(default_factory=dict)
    duties: Words
    notices: Words
    documents: Words
    published: Words
    warned: Words
    reported: Words
    departed: Words


class Person(Strict):
    """A person of a scenario."""

    roles: list[Name]
    name: str | None = None
    organisation: dict[str, str] | None = None
    competence: list[dict[str, Any]] | None = None
    interests: list[str] = Field(default_factory=list)


class Step(Strict):
    """One step of a scenario. `people` are known so from this step on: roles, competence and interests change."""

    on: date
    by: str | None = None
    do: str | None = None
    item: str | None = None
    with_: dict[str, Any] = Field(default_factory=dict, alias="with")
    facts: dict[str, Any] = Field(default_factory=dict)
    people: dict[str, Person] = Field(default_factory=dict)
    expect: Expectation | None = None


class Scenario(Strict):
    """A scenario file; the contract is docs/reference/scenario.md."""

    scheme: str
    title: str | Text
    fill: Literal["sample", "none"] = "sample"
    settings: dict[str, Any] = Field(default_factory=dict)
    facts: dict[str, Any] = Field(default_factory=dict)
    people: dict[str, Person] = Field(default_factory=dict)
    steps: list[Step] = Field(min_length=1)
