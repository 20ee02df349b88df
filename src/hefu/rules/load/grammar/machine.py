"""Machines: processes, certificates and items, with their states, acts, grounds and clocks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from hefu.rules.load.grammar.words import Cel, Clauses, FieldName, FormField, Guard, Length, Name, Strict, Text, listed


class Notice(Strict):
    """A notice that an action sends, or a document, publication or report that it makes.

    `shows`, for publications, are answers of the act that are published with it; `grounds` stands for its grounds.
    """

    name: str
    to: Annotated[list[Name], BeforeValidator(listed)] = Field(default_factory=list)
    channel: str | None = None
    when: Cel | None = None
    title: Text | None = None
    shows: Annotated[list[FieldName], BeforeValidator(listed)] = Field(default_factory=list)
    clauses: Clauses


class DutyRule(Strict):
    """A duty that is raised: an act somebody must now do or decide, with its ground and date."""

    act: str
    ground: Name | None = None
    role: Name
    within: Length | None = None
    when: Cel | None = None
    clauses: list[str] = Field(min_length=1)


class CertificateChange(Strict):
    """What an action does to the certificate: its status, its data, a new print of it."""

    to: Name | None = None
    set: dict[FieldName, Cel] = Field(default_factory=dict)
    new: bool = False
    reopens: bool = False
    print: Literal["issue", "replace", "reissue"] | None = None
    when: Cel | None = None
    clauses: list[str] = Field(min_length=1)


class CaseChange(Strict):
    """Another case that an action opens or moves."""

    process: Name
    state: Name
    when: Cel | None = None
    clauses: Clauses


class Target(Strict):
    """A state to go to, if its condition holds."""

    state: Name
    when: Cel | None = None


class Action(Strict):
    """An act: who may do it, from which states, with which form, under which guards, with which effects."""

    title: Text | None = None
    by: Annotated[list[Name], BeforeValidator(listed)]
    from_: Annotated[list[str], BeforeValidator(listed)] = Field(default_factory=list, alias="from")
    to: Annotated[list[Target], BeforeValidator(lambda v: [{"state": v}] if isinstance(v, str) else v)] = Field(
        default_factory=list
    )
    part: Annotated[list[Name], BeforeValidator(listed)] = Field(default_factory=list)
    form: str | None = None
    fields: list[FormField] = Field(default_factory=list)
    complete: Annotated[list[FieldName], BeforeValidator(listed)] = Field(default_factory=list)
    grounds: Name | None = None
    guards: list[Guard] = Field(default_factory=list)
    raises: Name | None = None
    certificate: Annotated[list[CertificateChange], BeforeValidator(listed)] = Field(default_factory=list)
    duties: list[DutyRule] = Field(default_factory=list)
    settles: Annotated[list[str], BeforeValidator(listed)] = Field(default_factory=list)
    opens: list[CaseChange] = Field(default_factory=list)
    closes: list[CaseChange] = Field(default_factory=list)
    documents: list[Notice] = Field(default_factory=list)
    notices: list[Notice] = Field(default_factory=list)
    publishes: list[Notice] = Field(default_factory=list)
    reports: list[Notice] = Field(default_factory=list)
    clauses: list[str] = Field(min_length=1)


class State(Strict):
    """A state. `end` is the outcome with which the case, item or certificate ends there."""

    title: Text | None = None
    stage: Name | None = None
    end: str | None = None
    clauses: Clauses


class On(Strict):
    """An event that moves a clock: PROCESS.ACTION, certificate.ACTION, ITEM.ACTION or clock.NAME.breached."""

    on: str
    when: Cel | None = None


def _on(value: object) -> object:
    items = value if isinstance(value, list) else [value]
    return [{"on": item} if isinstance(item, str) else item for item in items]


Ons = Annotated[list[On], BeforeValidator(_on)]


class Pause(Strict):
    """A stop of a clock: from one event until the day of another."""

    starts: Ons
    ends: Ons
    clauses: list[str] = Field(min_length=1)


class Reminder(Strict):
    """A notice sent some time before a clock is due."""

    before: Length
    to: Annotated[list[Name], BeforeValidator(listed)]


class Breach(Strict):
    """What follows when a clock runs out."""

    automatic: str | None = None
    duty: DutyRule | None = None
    flag: Text | None = None
    notices: list[Notice] = Field(default_factory=list)


class Clock(Strict):
    """A time limit; `public`, for those of the certificate, lets anybody see its due day."""

    title: Text
    length: Length | None = None
    due: Cel | None = None
    anchor: Cel | None = Field(default=None, alias="from")
    starts: Ons
    pauses: list[Pause] = Field(default_factory=list)
    stops: Ons = Field(default_factory=list)
    latest: Length | None = None
    every: Length | None = None
    until: Cel | None = None
    when: Cel | None = None
    kind: Literal["task", "window", "validity", "ban"] = "task"
    scope: Literal["dossier"] | None = None
    firmness: Literal["hard", "normal", "in-principle"] = "hard"
    owner: Name
    survives: bool = False
    public: bool = False
    reminders: list[Reminder] = Field(default_factory=list)
    breach: Breach
    clauses: list[str] = Field(min_length=1)


class Ground(Strict):
    """A ground on which an act may or must be done."""

    title: Text
    guards: list[Guard] = Field(default_factory=list)
    clauses: list[str] = Field(min_length=1)


class Machine(Strict):
    """What a process, a certificate and an item have in common: states, actions, grounds, clocks."""

    title: Text
    clauses: Clauses
    states: dict[Name, State]
    actions: dict[Name, Action]
    grounds: dict[Name, dict[Name, Ground]] = Field(default_factory=dict)
    clocks: dict[Name, Clock] = Field(default_factory=dict)
    fields: list[FormField] = Field(default_factory=list)


class Process(Machine):
    """A process file. `like` takes over another process of the scheme; what stands here is added or replaces."""

    process: Name
    like: Name | None = None
    kind: Literal[
        "initial", "surveillance", "change", "extension", "reduction", "renewal", "recertification", "special-audit",
        "restoration", "complaint", "appeal", "campaign", "nomination", "removal", "use", "retention", "standards",
    ]  # fmt: skip
    many: bool = False
    grants: list[Name] = Field(default_factory=list)
    stages: list[Name] = Field(default_factory=list)


class Item(Machine):
    """A kind of item: an entry with a life of its own inside a case."""

    prefix: str = Field(pattern=r"^[A-Z]{1,4}$")


class Certificate(Machine):
    """The certificate file (or, for a list, the entry)."""

    certificate: Name
