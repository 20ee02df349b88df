"""scheme.yaml and the clause index: what a scheme is, whom it knows, and how it treats each clause."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from hefu.rules.load.grammar.machine import Item
from hefu.rules.load.grammar.words import Cel, Clauses, FieldName, Name, Strict, Text, listed


class Column(Strict):
    """What stands under one heading of a table or of rows: its type, and the values where only some are possible."""

    id: FieldName
    type: Literal["text", "integer", "number", "date", "boolean"]
    title: Text
    required: bool = True
    options: list[str] = Field(default_factory=list)


class Setting(Strict):
    """A named setting of the scheme, with the default that the shipped reading takes.

    `unit` says what an integer counts, `least` how few may be set; `options` are the words that a text may be. A table
    is given by `columns`: the first is its key, and what stands under a key are rows of the others; no two rows have
    the same key and the same value in the second column.
    """

    type: Literal["boolean", "integer", "text", "date", "list", "table"]
    default: Any
    title: Text
    unit: Literal["day", "working-day", "month", "year"] | None = None
    least: int = Field(default=0, ge=0)
    options: dict[str, Text] = Field(default_factory=dict)
    columns: list[Column] = Field(default_factory=list)
    ambiguity: list[str] = Field(default_factory=list)
    clauses: Clauses


class Gathers(Strict):
    """Rows of a fact that the body's own dossiers tell of themselves to the others.

    One row of each case of a process, or of each certificate, that is in one of `states`; `row` says which answer (or
    a part of one, `holder.uscc`; or the day of the `state`) stands under each key.
    """

    of: Name
    states: list[Name] = Field(min_length=1)
    row: dict[FieldName, str] = Field(min_length=1)


class Fact(Strict):
    """An outside fact that the rules ask for; the caller supplies it, and other dossiers where it `gathers` them.

    `columns` say what stands in each of its rows.
    """

    type: Literal["boolean", "integer", "text", "date", "list", "rows"]
    default: Any = None
    columns: list[Column] = Field(default_factory=list)
    gathers: Gathers | None = None
    title: Text
    clauses: Clauses


class Role(Strict):
    """A role, with the document's own word for print, and which dossiers its holders see.

    `reach`: `body`, every dossier that the body has under the scheme; `named`, those in which they are named or have
    acted; `organisation`, for people outside the body, those in which their organisation is a party in this role.
    `open`: any organisation may act in it; without it the body says which (laboratories under contract, members).
    """

    title: Text
    terms: list[str] = Field(default_factory=list)
    reach: Literal["body", "named", "organisation"] = "body"
    open: bool = False
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


class Subject(Strict):
    """What lists and searches show of a dossier: for each, the first of these fields that has an answer.

    They are looked for in the certificate, then in the cases, the newest first.
    """

    holder: list[FieldName] = Field(default_factory=list)
    unit: list[FieldName] = Field(default_factory=list)


class Visit(Strict):
    """Days on which people are out for a case: the fields that hold the first and last of them, and who goes.

    Without `to`, or while it has no answer, it is one day. `team` is the field whose rows name the people, `days` the
    one that says how many man-days they take.
    """

    from_: FieldName = Field(alias="from")
    to: FieldName | None = None
    team: FieldName | None = None
    days: FieldName | None = None


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
    subject: Subject
    visits: list[Visit] = Field(default_factory=list)
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
