"""What a scheme declares that a body sets or records: a value of it read from text, and as text again.

Whatever the type, there is one text for a value: a word, a line for each word, or a sheet of rows (sheets.py).
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hefu.people import facts, sheets
from hefu.rules.load.grammar.scheme import Setting
from hefu.rules.load.values import LARGEST

if TYPE_CHECKING:
    from hefu.rules.load.grammar.scheme import Fact

    Declared = Setting | Fact

TABULAR = ("table", "rows")
LONGEST = 500
"""Characters of a word, and words of a list."""


def read(declared: Declared, text: str) -> Any:  # noqa: ANN401 - of the declared type
    """The value that a text gives, as the rules read it. Raises ValidationError that says what is wrong and where."""
    match declared.type:
        case "table":
            found: Any = _table(declared, text)
        case "rows":
            found = _rows(declared, text)
        case "list":
            found = _list(text)
        case "boolean":
            found = _yes_or_no(text)
        case "integer":
            found = _integer(declared, text.strip())
        case "date":
            found = _day(text.strip())
        case _:
            found = _word(declared, text.strip())
    return found


def text_of(declared: Declared, value: Any) -> str:  # noqa: ANN401 - of the declared type
    """A value as `read` reads it."""
    if declared.type in TABULAR:
        return sheets.written(declared.columns, rows_of(declared, value))
    if declared.type == "list":
        return "\n".join(value or ())
    return sheets.cell(value)


def rows_of(declared: Declared, value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - of the declared type
    """The rows of a table or of rows; of a table with its key in the first column."""
    if declared.type == "table":
        key = declared.columns[0].id
        return [{key: name, **row} for name, rows in (value or {}).items() for row in rows]
    return list(value or ())


def fingerprint(kept: object) -> str:
    """A short text by which two values, as JSON keeps them, are told apart."""
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:16]


def _table(declared: Declared, text: str) -> dict[str, Any]:
    """{key: [rows of the other columns]}, each in the order of the second column."""
    key, bound = (column.id for column in declared.columns[:2])
    seen: dict[tuple[Any, Any], int] = {}
    found: dict[str, list[dict[str, Any]]] = {}
    wrong = []
    for line, row in sheets.read(declared.columns, text):
        same = (row[key], row[bound])
        if same in seen:
            wrong.append(
                _("Line %(line)d: %(values)s stands in line %(other)d already.")
                % {"line": line, "other": seen[same], "values": " ".join(map(sheets.cell, same))}
            )
        seen.setdefault(same, line)
        found.setdefault(str(row.pop(key)), []).append(row)
    if wrong:
        raise ValidationError(wrong)
    order = declared.columns[0].options or sorted(found)
    return {name: sorted(found[name], key=lambda row: row[bound]) for name in order if name in found}


def _rows(declared: Declared, text: str) -> list[dict[str, Any]]:
    """The rows, each once. Raises ValidationError for one that stands there twice."""
    seen: dict[str, int] = {}
    found, wrong = [], []
    for line, row in sheets.read(declared.columns, text):
        same = fingerprint(facts.written(row))
        if same in seen:
            wrong.append(_("Line %(line)d: it says the same as line %(other)d.") % {"line": line, "other": seen[same]})
        seen.setdefault(same, line)
        found.append(row)
    if wrong:
        raise ValidationError(wrong)
    return found


def _list(text: str) -> list[str]:
    found = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(found) > LONGEST or any(len(word) > LONGEST for word in found):
        raise ValidationError(
            _("At most %(number)d lines of at most %(number)d characters.") % {"number": LONGEST}, code="long"
        )
    return found


def _yes_or_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValidationError(_("Choose yes or no."), code="boolean")
    return text == "yes"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError(_("Give a day."), code="date") from error


def _integer(declared: Declared, text: str) -> int:
    least = declared.least if isinstance(declared, Setting) else 0
    if not (text.isascii() and text.isdecimal() and least <= int(text) <= LARGEST):
        raise ValidationError(
            ngettext("Give a whole number, %(least)d or more.", "Give a whole number, %(least)d or more.", least)
            % {"least": least},
            code="integer",
        )
    return int(text)


def _word(declared: Declared, text: str) -> str:
    options = declared.options if isinstance(declared, Setting) else {}
    if (options and text not in options) or len(text) > LONGEST:
        raise ValidationError(_("Choose one of the values."), code="option")
    return text
