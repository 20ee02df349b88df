"""scheme.yaml and the clause index: what a scheme is, whom it knows, and how it treats each clause."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from hefu.rules.load.grammar.machine import Item
from hefu.rules.load.grammar.words import Cel, Clauses, FieldName, Name, Strict, Text, listed


class Setting(Strict):
    """A named setting of the scheme, with the default that the shipped reading takes."""

    type: Literal["boolean", "integer", "text", "date", "list", "table"]
    default: Any
    title: Text
    ambiguity: list[str] = Field(default_factory=list)
    clauses: Clauses


class Fact(Strict):
    """An outside fact that the rules ask for; the caller supplies it."""

    type: Literal["boolean", "integer", "text", "date", "list", "rows"]
    default: Any = None
    title: Text
    clauses: Clauses


class Role(Strict):
    """A role, with the document's own word for print."""

    title: Text
    terms: list[str] = Field(default_factory=list)
    clauses: Clauses


class Separation(Strict):
    """Who took part in one thing may not take part in another."""

    id: Name
    code: Name = "separation-of-duties"
    took: Annotated[list[Name], BeforeValidator(listed)] = Field(default_factory=list)
    roles: Annotated[list[Name], BeforeValidator(listed)] = Field(default_factory=list)
    may_not: Annotated[list[Name], BeforeValidator(listed)]
    within: Literal["case", "dossier"] = "case"
    unless: Cel | None = None
    message: Text
    remedy: Text | None = None
    clauses: list[str] = Field(min_length=1)


class Stage(Strict):
    """A stage of the document, in its order."""

    id: Name
    title: Text
    clauses: Clauses


class Basis(Strict):
    """A standard or law that the scheme stands on."""

    standard: str
    title: Text
    applies: Text | None = None
    clauses: Clauses


class Document(Strict):
    """The document that the scheme encodes."""

    id: str
    title: Text
    issuer: Text
    published: date | None = None
    filing_number: str | None = None
    entries: int = Field(gt=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    clauses: Clauses


class InForce(Strict):
    """The days on which cases are filed under this version."""

    from_: date = Field(alias="from")
    until: date | None = None
    note: Text | None = None


class SchemeFile(Strict):
    """scheme.yaml."""

    scheme: Name
    version: str
    kind: Literal["certification", "list"]
    document: Document
    in_force: InForce
    basis: list[Basis] = Field(default_factory=list)
    stages: list[Stage]
    roles: dict[Name, Role]
    parts: dict[Name, Text] = Field(default_factory=dict)
    separations: list[Separation] = Field(default_factory=list)
    settings: dict[FieldName, Setting] = Field(default_factory=dict)
    facts: dict[FieldName, Fact] = Field(default_factory=dict)
    items: dict[Name, Item] = Field(default_factory=dict)
    departures: Name = "director"
    fees: Text
    notes: dict[str, Text] = Field(default_factory=dict)


Kind = Literal[
    "scope", "basis", "mode", "role", "stage", "material", "condition", "exclusion", "review-point", "action",
    "deadline", "clock-stop", "duration", "frequency", "trigger", "ground", "consequence", "notice", "publication",
    "document", "field", "fill-rule", "record", "retention", "separation", "prohibition", "right", "fee", "definition",
]  # fmt: skip


class Clause(Strict):
    """How the scheme treats one clause of its document."""

    kind: Kind
    treatment: Literal["enforced", "recorded", "informative", "outside"]
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    instead: Text | None = None


class Place(Strict):
    """The clauses that stand under one heading of the document."""

    place: str
    title: Text
    clauses: dict[str, Clause]
