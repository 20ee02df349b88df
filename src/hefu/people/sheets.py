"""Sheets: rows of a table as CSV, as people load them and take them away again. Nothing of a wrong sheet is taken."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hefu.rules.load.grammar.scheme import Column

LINES = 2000
"""Lines of a sheet; no table of a body is near that."""
LARGEST = 100_000
YES, NO = ("yes", "true", "1", "是"), ("no", "false", "0", "否")
DECIMAL = re.compile(r"\d{1,9}(\.\d{1,6})?")
Row = dict[str, Any]


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, or GB 18030 as spreadsheets in China save it. Raises ValidationError for neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(_("The file is no text in UTF-8 or GB 18030. Save it as CSV (UTF-8)."), code="encoding")


def read(columns: Sequence[Column], text: str) -> list[tuple[int, Row]]:
    """The rows of a sheet with their lines, in its order; cells may be parted by commas, semicolons or tabs.

    The first line names the columns, in any order. An empty cell of a column that need not be filled in is left out.
    Raises ValidationError with everything that is wrong, each with its line.
    """
    lines = list(_lines(text))
    if not lines:
        return []
    (first, heading), *rest = lines
    places = _places(columns, first, heading)
    found, wrong = [], []
    for number, cells in rest:
        try:
            found.append((number, _row(columns, places, len(heading), cells)))
        except ValidationError as error:
            wrong += [_at(number, message) for message in error.messages]
    if wrong:
        raise ValidationError(wrong)
    return found


def written(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as a sheet that `read` reads again, under the ids of their columns."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(column.id for column in columns)
    sheet.writerows([cell(row.get(column.id)) for column in columns] for row in rows)
    return out.getvalue()


def cell(value: object) -> str:
    """A value as it stands in a cell; a number without what does not count of it."""
    if isinstance(value, bool):
        return YES[0] if value else NO[0]
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold anything, with their numbers."""
    head = text.lstrip("\ufeff").lstrip().partition("\n")[0]
    parted = next((mark for mark in "\t;" if mark in head and "," not in head), ",")
    sheet = csv.reader(io.StringIO(text.lstrip("\ufeff").replace("\0", "")), delimiter=parted)
    held = 0
    try:
        for cells in sheet:
            if any(part.strip() for part in cells):
                held += 1
                yield sheet.line_num, [part.strip() for part in cells]
            if held > LINES:
                raise ValidationError(_("A sheet has at most %(number)d lines.") % {"number": LINES}, code="long")
    except csv.Error as error:
        raise ValidationError(_at(sheet.line_num, _("this cannot be read as CSV."))) from error


def _places(columns: Sequence[Column], first: int, heading: list[str]) -> dict[str, int]:
    """Where each column stands. Raises ValidationError for a heading that is unknown, twice there, or missing."""
    names = {word.casefold(): column.id for column in columns for word in (column.id, column.title.zh, column.title.en)}
    wrong, found = [], {}
    for place, word in enumerate(heading):
        name = names.get(word.casefold())
        if name is None:
            known = ", ".join(column.id for column in columns)
            wrong.append(_at(first, _("there is no column “%(word)s”. Columns are: %(known)s.")
                             % {"word": word, "known": known}))  # fmt: skip
        elif name in found:
            wrong.append(_at(first, _("the column “%(word)s” is there twice.") % {"word": word}))
        else:
            found[name] = place
    missing = [column.id for column in columns if column.required and column.id not in found]
    if missing and not wrong:
        wrong.append(_at(first, _("the column “%(word)s” is missing. The first line names the columns.")
                         % {"word": ", ".join(missing)}))  # fmt: skip
    if wrong:
        raise ValidationError(wrong)
    return found


def _row(columns: Sequence[Column], places: Mapping[str, int], width: int, cells: list[str]) -> Row:
    if len(cells) > width and any(cells[width:]):
        raise ValidationError(
            _("it has %(found)d cells, the first line has %(width)d.") % {"found": len(cells), "width": width}
        )
    found, wrong = {}, []
    for column in columns:
        place = places.get(column.id, len(cells))
        text = cells[place] if place < len(cells) else ""
        try:
            if text or column.required:
                found[column.id] = _value(column, text)
        except ValidationError as error:
            wrong += [_named(column, message) for message in error.messages]
    if not wrong and not found:
        wrong = [_("nothing is filled in.")]
    if wrong:
        raise ValidationError(wrong)
    return found


def _named(column: Column, message: str) -> str:
    """What is wrong with a column, by its title and by the id under which it stands in a sheet."""
    title = column.title.en if get_language() == "en" else column.title.zh
    return _("%(title)s (%(id)s): %(message)s") % {"title": title, "id": column.id, "message": message}


def _value(column: Column, text: str) -> str | int | float | bool | date:
    """One cell. Raises ValidationError."""
    if not text:
        raise ValidationError(_("it is empty."))
    match column.type:
        case "integer":
            if not (text.isascii() and text.isdecimal()) or int(text) > LARGEST:
                raise ValidationError(_("“%(text)s” is no whole number from 0 to 100000.") % {"text": text})
            return int(text)
        case "number":
            if not DECIMAL.fullmatch(text) or float(text) > LARGEST:
                raise ValidationError(_("“%(text)s” is no number from 0 to 100000, such as 4 or 2.5.") % {"text": text})
            return float(text)
        case "date":
            return _day(text)
        case "boolean":
            if text.casefold() not in YES + NO:
                raise ValidationError(_("“%(text)s” is neither yes nor no.") % {"text": text})
            return text.casefold() in YES
    if column.options and text not in column.options:
        options = _(", ").join(column.options)
        raise ValidationError(_("“%(text)s” is none of %(options)s.") % {"text": text, "options": options})
    return text


def _day(text: str) -> date:
    """2026-11-21, or as spreadsheets write it: 2026/11/21."""
    parts = re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", text)
    try:
        return date(*map(int, parts.groups())) if parts else date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError(_("“%(text)s” is no day, such as 2026-11-21.") % {"text": text}) from error


def _at(line: int, message: str) -> str:
    return _("Line %(line)d: %(message)s") % {"line": line, "message": message}
