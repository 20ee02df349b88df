"""A filled form as rows of title, text and clauses: for the dossier, for print, for confirming what is handed in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from hefu.web.forms.applying import grounds
from hefu.web.forms.pairs import point_of
from hefu.web.forms.rows import noted, table
from hefu.web.forms.typed import written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hefu.rules.model import Action, Field, Form, Scheme
    from hefu.web.forms.tree import Paper


class Shown(NamedTuple):
    """One answer. `text` says it in full; a table has `columns` and `rows` beside it. `part` titles the part it opens.

    `files` are the uploads of which the page knows.
    """

    id: str
    title: str
    text: str
    clauses: tuple[str, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    part: str = ""
    files: tuple[Paper, ...] = ()


class Words(NamedTuple):
    """What turns values into text: the language, people's names, files by their upload ids."""

    language: str
    people: Mapping[str, str]
    papers: Mapping[str, Paper]


def shown(  # noqa: PLR0913 - what a text depends on
    form: Form,
    answers: Mapping[str, Any],
    scheme: Scheme,
    people: Mapping[str, str],
    language: str,
    *,
    action: Action | None = None,
    papers: Mapping[str, Paper] | None = None,
    empty: bool = False,
) -> tuple[Shown, ...]:
    """The answers of a form in its order; with `empty`, also the fields that nobody answered.

    With the `action`, the grounds come first and the departure last. `people` gives names by ids; whoever has none
    there stands with the id.
    """
    words = Words("en" if language.startswith("en") else "zh", people, papers or {})
    found, part = [], ""
    if action is not None and action.group and answers.get("grounds"):
        found.append(_row(grounds(action), answers["grounds"], words))
    for field in form.fields:
        part = form.sections[field.id].get(words.language) if field.id in form.sections else part
        value = answers.get(field.id)
        if value in (None, "", (), [], {}) and not empty:
            continue
        found.append(_row(field, value, words)._replace(part=part))
        part = ""
    if action is not None and isinstance(departure := answers.get("departure"), dict):
        found += _departure(departure, scheme, words)
    return tuple(found)


def _departure(departure: Mapping[str, Any], scheme: Scheme, words: Words) -> list[Shown]:
    """Why the rule was departed from, and who approved of it."""
    role = scheme.file.roles[scheme.file.departures].title
    approver = str(departure.get("approver", ""))
    by = _("Approved by (%(role)s)") % {"role": role.en if words.language == "en" else role.zh}
    clauses = tuple(departure.get("clauses", ()))
    return [
        Shown("departure.reason", _("Reason for the exception"), str(departure.get("reason", "")), clauses),
        Shown("departure.approver", by, words.people.get(approver, approver), clauses),
    ]


def _row(field: Field, value: Any, words: Words) -> Shown:  # noqa: ANN401 - of the field's type
    row = Shown(field.id, field.title.get(words.language), text(field, value, words), field.clauses)
    if field.type in ("rows", "team", "man-days") and isinstance(value, list | tuple):
        columns = table(field)
        rows = tuple(tuple(text(column, line.get(column.id), words) for column in columns) for line in value)
        return row._replace(columns=tuple(column.title.get(words.language) for column in columns), rows=rows)
    if field.type == "checklist" and isinstance(value, dict):
        rows = tuple(_point(field, point, value[point], words) for point in _in_order(field, value))
        more = (column.title.get(words.language) for column in noted(field))
        return row._replace(columns=(_("Point"), _("Result"), *more), rows=rows)
    if field.type == "file" and value in words.papers:
        return row._replace(files=(words.papers[value],))
    return row


def text(field: Field, value: Any, words: Words) -> str:  # noqa: ANN401, C901, PLR0911 - one row a type
    """One answer as text."""
    if value in (None, "", (), [], {}):
        return ""
    match field.type:
        case "boolean":
            return {True: _("yes"), False: _("no")}.get(value, str(value))
        case "date":
            return value.isoformat() if isinstance(value, date) else str(value)
        case "choice" | "grade":
            return _option(field, str(value), words)
        case "multi-choice" | "materials":
            items = value if isinstance(value, list | tuple) else (value,)
            return _("; ").join(_option(field, str(item), words) for item in items)
        case "organisation" if isinstance(value, dict):
            code = value.get("uscc", "")
            name = str(value.get("name", ""))
            return _("%(name)s (%(code)s)") % {"name": name, "code": code} if code else name
        case "person" | "signature":
            return words.people.get(str(value), str(value))
        case "file":
            return words.papers[value].name if value in words.papers else str(value)
        case "checklist" if isinstance(value, dict):
            points = (_point(field, key, value[key], words) for key in _in_order(field, value))
            return "\n".join(": ".join(filter(None, point)) for point in points)
        case "rows" | "team" | "man-days" if isinstance(value, list | tuple):
            return "\n".join(_line(field, row, words) for row in value)
        case _:
            return words.people.get(str(value), written(value)) if field.id == "person" else written(value)


def _option(field: Field, value: str, words: Words) -> str:
    option = field.options.get(value)
    return option.title.get(words.language) if option else value


def _in_order(field: Field, value: Mapping[str, Any]) -> list[str]:
    """The points that are answered, as the form asks them; after them what it no longer asks."""
    return [*(key for key in field.options if key in value), *(key for key in value if key not in field.options)]


def _point(field: Field, point: str, answer: Any, words: Words) -> tuple[str, ...]:  # noqa: ANN401
    word, said = point_of(answer)
    title = field.answers.get(word)
    more = (text(column, said.get(column.id), words) for column in noted(field))
    return _option(field, point, words), title.get(words.language) if title else word, *more


def _line(field: Field, row: Any, words: Words) -> str:  # noqa: ANN401
    """A row of a table in one line."""
    cells = ((column, text(column, row.get(column.id), words)) for column in table(field))
    return _("; ").join(f"{column.title.get(words.language)}: {said}" for column, said in cells if said)
