"""A scheme version as the core uses it: compiled, frozen, addressed by the names of its document.

Built by load/build.py from the YAML files; a screen or a job never builds one. Texts are kept beside the rules so
that every answer can be given in both languages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hefu.rules.guards import Guard
    from hefu.rules.load.grammar import Clause, SchemeFile
    from hefu.rules.time import Calendar, Unit
    from hefu.rules.view import View


Needs = tuple[tuple[str, "Callable[[View], object]"], ...]
"""Names of variables, each with the function that fetches its value from a view."""


class Text(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str

    def get(self, language: str) -> str:
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled guard with the means to fetch each variable that it needs from a view."""

    guard: Guard
    needs: Needs

    def __call__(self, view: View) -> Any:  # noqa: ANN401 - the checked type varies
        return self.guard([fetch(view) for _, fetch in self.needs])


@dataclass(frozen=True, slots=True)
class Rule:
    """A guard: `test` must hold where `when` holds; `level` says what failing it means."""

    code: str
    level: str
    when: Expression | None
    test: Expression
    message: Text
    remedy: Text | None
    shows: Needs
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A length: a number, or the setting that holds it, of one unit."""

    number: int | str
    unit: Unit


POINT = ("result", "remark")
"""What an answer to a point of a checklist may hold beside its columns; the word alone is an answer too."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a choice, a material, or a point of a checklist.

    `evidence`: the answers (FIELD) and materials (FIELD.OPTION) by which a point is judged.
    """

    id: str
    title: Text
    when: Expression | None = None
    optional: bool = False
    seal: bool = False
    copies: Text | None = None
    clauses: tuple[str, ...] = ()
    note: Text | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form; `word` is its type as guards see it.

    `answers` are the words with which each point of a checklist is answered, `columns` what may be said of it besides;
    of a table they are its columns. `like` is the field (FORM.FIELD) whose question is asked again; `note` is the
    document's rule of filling in; `public`: of the certificate, for anybody.
    """

    id: str
    type: str
    word: str
    title: Text
    required: bool
    when: Expression | None
    options: Mapping[str, Option]
    columns: tuple[Field, ...]
    max_chars: int | None
    minimum: float | None
    maximum: float | None
    pattern: str | None
    role: str | None
    part: str | None
    sample: Any
    clauses: tuple[str, ...]
    note: Text | None = None
    like: str = ""
    answers: Mapping[str, Text] = field(default_factory=dict)
    public: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form; `number` is the printed number, empty where the document gives none.

    `applies` answers the conditions of all `conditional` fields in one evaluation, in their order. `sections` are the
    titles of its parts, each under the field with which the part begins.
    """

    id: str
    number: str
    title: Text
    fields: tuple[Field, ...]
    prints: bool
    clauses: tuple[str, ...]
    applies: Expression | None = None
    sections: Mapping[str, Text] = field(default_factory=dict)
    by_id: Mapping[str, Field] = field(init=False, repr=False, compare=False)
    adding: tuple[str, ...] = field(init=False, repr=False, compare=False)
    naming: tuple[Field, ...] = field(init=False, repr=False, compare=False)
    teams: tuple[Field, ...] = field(init=False, repr=False, compare=False)
    conditional: tuple[Field, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """What every act on this form needs to know of its fields, gathered once."""
        object.__setattr__(self, "by_id", {item.id: item for item in self.fields})
        object.__setattr__(self, "adding", tuple(item.id for item in self.fields if item.type == "materials"))
        object.__setattr__(self, "naming", tuple(item for item in self.fields if item.part is not None))
        object.__setattr__(self, "teams", tuple(item for item in self.fields if item.type == "team"))
        object.__setattr__(self, "conditional", tuple(item for item in self.fields if item.when is not None))

    @property
    def label(self) -> str:
        return self.number or self.id


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which an act is done."""

    id: str
    title: Text
    rules: tuple[Rule, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """A document, notice, publication or report that an act makes; `shows` are the answers published with it."""

    event: str
    name: str
    title: Text
    to: tuple[str, ...]
    channel: str
    when: Expression | None
    clauses: tuple[str, ...]
    shows: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """What every event of this output holds: to whom, by which channel, under which title."""
        data = {"to": self.to, "channel": self.channel, "zh": self.title.zh, "en": self.title.en}
        object.__setattr__(self, "data", data)


@dataclass(frozen=True, slots=True)
class DutyRule:
    """A duty that an act or a breached clock raises."""

    act: str
    ground: str
    role: str
    within: Term | None
    when: Expression | None
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CertificateChange:
    """What an act does to the certificate."""

    to: str
    sets: tuple[tuple[str, Expression], ...]
    new: bool
    reopens: bool
    prints: str
    when: Expression | None
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseChange:
    """Another case that an act opens or moves."""

    opens: bool
    process: str
    state: str
    when: Expression | None
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """A state; `outcome` is not empty where the life of the subject ends."""

    id: str
    title: Text
    stage: str
    outcome: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """An act of a machine: who, whence, whither, with what, under what, with what effects.

    `together` is true only if every rule holds: one evaluation instead of one for each in the usual case.
    """

    machine: str
    name: str
    title: Text
    by: frozenset[str]
    sources: frozenset[str]
    anywhere: bool
    targets: tuple[tuple[str, Expression | None], ...]
    parts: frozenset[str]
    form: Form
    complete: tuple[str, ...]
    group: str
    grounds: Mapping[str, Ground]
    rules: tuple[Rule, ...]
    together: Expression | None
    raises: str
    certificate: tuple[CertificateChange, ...]
    duties: tuple[DutyRule, ...]
    settles: frozenset[str]
    cases: tuple[CaseChange, ...]
    outputs: tuple[Output, ...]
    clauses: tuple[str, ...]
    id: str = field(init=False)
    opens: bool = field(init=False)
    answers: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """The address MACHINE.ACTION, whether it opens a case (it comes from no state), whose duties it may settle."""
        object.__setattr__(self, "id", f"{self.machine}.{self.name}")
        object.__setattr__(self, "opens", not self.sources and not self.anywhere)
        settled = (name.partition("/")[0] for name in self.settles)
        object.__setattr__(self, "answers", frozenset((self.id, *settled)))


@dataclass(frozen=True, slots=True)
class Pause:
    """A stop of a clock, and the clauses that grant it."""

    number: int
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit. `scope` is `case`, `item` or `dossier`: how many of it may run at once."""

    name: str
    machine: str
    scope: str
    title: Text
    kind: str
    firmness: str
    owner: str
    term: Term | None
    due: Expression | None
    anchor: Expression | None
    latest: Term | None
    every: Term | None
    until: Expression | None
    when: Expression | None
    survives: bool
    pauses: tuple[Pause, ...]
    reminders: tuple[tuple[Term, tuple[str, ...]], ...]
    automatic: str
    duty: DutyRule | None
    flag: Text | None
    outputs: tuple[Output, ...]
    clauses: tuple[str, ...]
    public: bool = False

    @property
    def elapses(self) -> bool:
        """Whether its end is no breach of anybody's: something was to last so long, nothing to be done within it."""
        return self.kind in ("validity", "ban")


class Trigger(NamedTuple):
    """What an event does to a clock: `start`, `stop`, `pause` or `resume` (with the number of the pause)."""

    clock: Clock
    does: str
    pause: int
    when: Expression | None


@dataclass(frozen=True, slots=True)
class Machine:
    """Something with states and actions: a process, the certificate, or a kind of item."""

    name: str
    kind: str
    title: Text
    states: Mapping[str, State]
    actions: Mapping[str, Action]
    grounds: Mapping[str, Mapping[str, Ground]]
    fields: Mapping[str, Field]
    clauses: tuple[str, ...]
    process_kind: str = ""
    many: bool = False
    prefix: str = ""
    grants: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    like: str = ""


@dataclass(frozen=True, slots=True)
class Separation:
    """Who took part in `took`, or holds one of `roles`, may not take part in `may_not`."""

    id: str
    code: str
    took: frozenset[str]
    roles: frozenset[str]
    may_not: frozenset[str]
    within: str
    unless: Expression | None
    message: Text
    remedy: Text | None
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One version of a scheme, whole. `digest` is the hash of its content, kept in every journal.

    `parties` are the fields that name an organisation which is a party to the case, each with the role it has in it.
    """

    id: str
    version: str
    digest: str
    file: SchemeFile
    clauses: Mapping[str, Clause]
    places: Mapping[str, tuple[str, Text]]
    forms: Mapping[str, Form]
    machines: Mapping[str, Machine]
    clocks: Mapping[str, Clock]
    triggers: Mapping[str, tuple[Trigger, ...]]
    separations: tuple[Separation, ...]
    settings: Mapping[str, Any]
    facts: Mapping[str, Any]
    calendar: Calendar
    words: Mapping[str, Text] = field(default_factory=dict)
    parties: Mapping[str, str] = field(default_factory=dict)

    @property
    def ref(self) -> str:
        return f"{self.id}@{self.version}"

    def action(self, name: str) -> Action | None:
        """The action with the address MACHINE.ACTION."""
        machine, _, verb = name.partition(".")
        found = self.machines.get(machine)
        return found.actions.get(verb) if found else None
