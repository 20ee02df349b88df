"""What templates draw of a form: plain values, every text in the language of the page.

A box is one field as it is drawn; `kind` names its template in hefu/forms/boxes/. Ids of elements follow one rule: the
field `f-<id>`, its box `w-<id>`, its label `l-<id>`, its message `e-<id>`, its hints `h-<id>`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hefu.rules.model import Action, Form, Scheme

REQUIRED, NOTHING = SafeString(" req"), SafeString("")
ON, OFF, OPEN = "on", "off", "open"
"""Whether a field applies: it does; it does not; what its condition asks about has not been answered yet."""


class Fault(NamedTuple):
    """What is wrong with an answer, or with the whole: said at the field, and in the summary with a link to it."""

    code: str
    message: str
    remedy: str
    clauses: tuple[str, ...]
    href: str = ""
    path: str = ""


class Choice(NamedTuple):
    """One option as it is drawn; `note` stands under it, `tags` beside it."""

    id: str
    value: str
    title: str
    chosen: bool = False
    clauses: tuple[str, ...] = ()
    note: str = ""
    tags: tuple[str, ...] = ()


class Paper(NamedTuple):
    """A file that was handed in: its upload id and what is known of it."""

    id: str
    name: str
    size: int | None = None
    sha256: str = ""
    href: str = ""


class Material(NamedTuple):
    """One material: whether it is needed, whether it is there, and its files.

    `lacking`: it is not there, and this act or a later one waits for it.
    """

    choice: Choice
    state: str
    why: str
    held: bool
    papers: tuple[Paper, ...]
    file: str
    upload: str
    conditional: bool
    lacking: bool


class Sources(NamedTuple):
    """What of a dossier may be named as evidence, as far as its reader may read it.

    `titles` are those of its papers; `files` those handed in for each material (FIELD.OPTION).
    """

    titles: tuple[str, ...] = ()
    files: Mapping[str, tuple[Paper, ...]] = {}


class Fact(NamedTuple):
    """An answer or a material by which a point is judged: what it says, and its files."""

    title: str
    text: str
    papers: tuple[Paper, ...] = ()


class Cell(NamedTuple):
    """One cell of a row or of a point: an input of its own. `path` is that of its answer; `facts` stand above it.

    `focus`: it is the next to be filled in.
    """

    id: str
    name: str
    title: str
    label: str
    kind: str
    input: str
    value: str
    choices: tuple[Choice, ...]
    list: str
    path: str
    bad: bool = False
    facts: tuple[Fact, ...] = ()
    focus: bool = False


class Point(NamedTuple):
    """One point of a checklist with its possible words, and what is said of it besides."""

    id: str
    label: str
    title: str
    clauses: tuple[str, ...]
    optional: bool
    words: tuple[Choice, ...]
    name: str
    cells: tuple[Cell, ...]
    bad: bool


class Row(NamedTuple):
    """One row of a table of answers."""

    number: int
    cells: tuple[Cell, ...]


class Column(NamedTuple):
    """One column of a table of answers."""

    title: str
    required: bool
    clauses: tuple[str, ...]
    hint: str


class Candidate(NamedTuple):
    """Somebody who may be chosen, with what a chooser must know before."""

    id: str
    name: str
    roles: str
    competence: tuple[str, ...]
    known: bool
    competent: bool
    conflicted: bool


class Box(NamedTuple):
    """One field as it is drawn."""

    id: str
    kind: str
    title: str
    required: bool
    clauses: tuple[str, ...]
    hints: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    state: str = ON
    why: str = ""
    known: str = ""
    width: str = ""
    value: str = ""
    input: str = "text"
    mode: str = ""
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    list: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    materials: tuple[Material, ...] = ()
    papers: tuple[Paper, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    conditional: bool = False
    uscc: str = ""
    filled: bool = False
    fresh: bool = False

    @property
    def grouped(self) -> bool:
        """Whether it has several inputs under one title."""
        return self.kind not in ("line", "area", "select", "file")

    @property
    def single(self) -> bool:
        """Whether one of several buttons is chosen."""
        return self.kind in ("ask", "opts", "radios")

    @property
    def template(self) -> str:
        """Where its inputs are drawn."""
        return f"hefu/forms/boxes/{self.kind}.html"

    @property
    def must(self) -> SafeString:
        """The class that says that it must be filled in."""
        return REQUIRED if self.required and self.state == ON else NOTHING

    @property
    def looks(self) -> SafeString:
        """The classes of its box, and what a box of several inputs says of itself."""
        off = self.state == OFF
        classes = (
            "field",
            self.width,
            "has-err" if self.faults else "",
            f"field--{self.kind}",
            "is-off" if off else "",
        )
        told = f' class="{" ".join(filter(None, classes))}"'
        if off:
            return mark_safe(told if self.kept else f"{told} hidden")  # noqa: S308 - our own words
        if self.grouped:
            told += f' role="{"radiogroup" if self.single else "group"}" aria-labelledby="l-{self.id}"'
            told += f' aria-describedby="{self.described}"' if self.described else ""
        if self.single:
            told += ' aria-required="true"' if self.required else ""
            told += ' aria-invalid="true"' if self.faults else ""
        return mark_safe(told)  # noqa: S308 - our own words, and ids of fields: letters, figures and lines

    @property
    def said(self) -> SafeString:
        """What an input says of itself: that it must be filled in, that it is wrong, where more is said about it."""
        must = " required" if self.required and self.state == ON else ""
        wrong = ' aria-invalid="true"' if self.faults else ""
        more = f' aria-describedby="{self.described}"' if self.described else ""
        return mark_safe(f"{must}{wrong}{more}")  # noqa: S308 - ids of fields are letters, figures and lines

    @property
    def described(self) -> str:
        """The ids of what is said about it, for aria-describedby."""
        parts = (("e-", bool(self.faults)), ("h-", bool(self.hints or self.known or self.why or self.unit)))
        return " ".join(f"{prefix}{self.id}" for prefix, there in parts if there)


class Section(NamedTuple):
    """A part of a form; `waiting` counts the required answers and materials that are still missing."""

    id: str
    title: str
    boxes: tuple[Box, ...]
    waiting: int
    faults: int

    @property
    def done(self) -> bool:
        return not (self.waiting or self.faults)


class Departure(NamedTuple):
    """What a departure from a soft rule needs: a reason and an approver."""

    reason: str
    approver: str
    role: str
    choices: tuple[Choice, ...]
    faults: tuple[Fault, ...]


class Drawn(NamedTuple):
    """A whole form, ready to be drawn."""

    scheme: Scheme
    action: Action
    form: Form
    subject: str
    title: str
    number: str
    sections: tuple[Section, ...]
    faults: tuple[Fault, ...]
    departure: Departure | None
    today: date
    uploads: bool
    live: bool

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All boxes in their order."""
        return tuple(box for section in self.sections for box in section.boxes)

    @property
    def indexed(self) -> bool:
        """Whether it is long enough for an index of its parts."""
        return len(self.sections) > 1
