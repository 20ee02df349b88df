"""A form as it lies on paper: every field in its order, with all options and points, answered or blank.

Unlike the page of an act it asks nothing and leaves nothing out: what nobody filled in is an empty line, what could be
chosen stands with its box, ticked or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from hefu.web.forms.applying import grounds
from hefu.web.forms.pairs import point_of
from hefu.web.forms.rows import noted, table
from hefu.web.forms.shown import Words, shown, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hefu.papers.filled import Filled
    from hefu.rules.model import Field, Form, Option

EMPTY_ROWS = 3
_TABLES = frozenset({"rows", "team", "man-days"})
_CHOSEN = frozenset({"choice", "grade", "multi-choice", "materials"})


class Tick(NamedTuple):
    """One thing that could be chosen."""

    title: str
    ticked: bool
    note: str = ""


class Point(NamedTuple):
    """One point of a checklist: the possible words, or what was written, and what its `cells` say besides."""

    title: str
    words: tuple[Tick, ...]
    said: str
    cells: tuple[str, ...]


class Line(NamedTuple):
    """One field; `kind` is how it lies on the paper, `part` titles the part of the form that it opens."""

    id: str
    title: str
    kind: str
    clauses: tuple[str, ...]
    text: str = ""
    ticks: tuple[Tick, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    points: tuple[Point, ...] = ()
    part: str = ""

    @property
    def wide(self) -> bool:
        """Whether it takes the whole width of the paper."""
        return self.kind in ("table", "points")


def lines(form: Form, answers: Mapping[str, Any], words: Words) -> Iterator[Line]:
    """Every field of a form, as it lies on the paper."""
    for field in form.fields:
        part = form.sections.get(field.id)
        line = _line(field, answers.get(field.id), words)
        yield line._replace(part=part.get(words.language)) if part else line


def of(document: Filled, words: Words) -> tuple[Line, ...]:
    """The lines of a document of the journal, with the grounds of its act and a departure from a soft rule."""
    action = document.action
    first = [grounds(action)] if action.group and "grounds" in document.answers else []
    answered = [_line(field, document.answers[field.id], words) for field in first]
    answered += lines(document.form, document.answers, words)
    if document.departure:
        told = shown(
            document.form, {"departure": document.departure}, document.scheme, words.people, words.language,
            action=action, papers=words.papers,
        )  # fmt: skip
        answered += [Line(row.id, row.title, "area", row.clauses, row.text) for row in told]
    return tuple(answered)


def blank(form: Form, language: str) -> tuple[Line, ...]:
    """The lines of a form that nobody has filled in."""
    return tuple(lines(form, {}, Words(language, {}, {})))


def _line(field: Field, value: Any, words: Words) -> Line:  # noqa: ANN401 - of the field's type
    line = Line(field.id, field.title.get(words.language), "text", field.clauses)
    if field.type == "boolean":
        return line._replace(kind="ticks", ticks=(Tick(_("yes"), value is True), Tick(_("no"), value is False)))
    if field.type in _CHOSEN and field.options:
        chosen = set(value) if isinstance(value, list | tuple) else {value}
        return line._replace(kind="ticks", ticks=tuple(_ticks(field.options.values(), chosen, words)))
    if field.type == "checklist":
        titles = tuple(column.title.get(words.language) for column in noted(field))
        return line._replace(kind="points", columns=titles, points=tuple(_points(field, value or {}, words)))
    if field.type in _TABLES:
        columns = table(field)
        rows = tuple(tuple(text(column, row.get(column.id), words) for column in columns) for row in value or ())
        blanks = ((("",) * len(columns)),) * EMPTY_ROWS
        titles = tuple(column.title.get(words.language) for column in columns)
        return line._replace(kind="table", columns=titles, rows=rows or blanks)
    kind = {"long-text": "area", "signature": "sign"}.get(field.type, "text")
    said = text(field, value, words)
    unit = _("yuan") if field.type == "money" and said else ""
    return line._replace(kind=kind, text=f"{said} {unit}".strip())


def _ticks(options: Iterable[Option], chosen: set[Any], words: Words) -> Iterator[Tick]:
    for option in options:
        copies = option.copies.get(words.language) if option.copies else ""
        notes = (copies, _("with seal") if option.seal else "")
        yield Tick(option.title.get(words.language), option.id in chosen, _(", ").join(filter(None, notes)))


def _points(field: Field, answers: Mapping[str, Any], words: Words) -> Iterator[Point]:
    for option in field.options.values():
        word, more = point_of(answers.get(option.id))
        known = tuple(Tick(title.get(words.language), name == word) for name, title in field.answers.items())
        said = "" if any(tick.ticked for tick in known) else word
        cells = tuple(text(column, more.get(column.id), words) for column in noted(field))
        yield Point(option.title.get(words.language), known, said, cells)
