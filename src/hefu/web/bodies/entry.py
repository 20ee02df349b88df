"""What somebody entered for a setting or fact, whichever way: typed, in rows, as a sheet, or the scheme's own again.

Every way comes down to one text that `people.declared` reads, so a confirmation can carry it, and a refusal loses
nothing of it.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hefu.people import declared, sheets
from hefu.people.facts import STANDING
from hefu.people.offers import NUMBER, kept
from hefu.web.bodies import numbers, told

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

    from hefu.web.bodies.told import Thing

LARGEST = 1_000_000
"""Bytes of a sheet."""
SPARE, MOST = 3, 100
"""Empty rows under those that there are; rows that can be changed one by one, above which only a sheet is taken."""
TEXT, OWN, REGISTER = "text", "own", "register"


class Entered(NamedTuple):
    """One of the ways, with its text: a value, nothing for the scheme's own, or a role of the register."""

    way: str
    text: str


def entered(request: HttpRequest, thing: Thing) -> Entered:
    """What was sent. Raises ValidationError for a file that is no text."""
    sent, way = request.POST, request.POST.get("way", TEXT)
    if way == "rows":
        return Entered(TEXT, _joined(thing, sent))
    if way == "sheet" and (file := request.FILES.get("file")):
        if (file.size or 0) > LARGEST:
            raise ValidationError(_("The file has more than 1 MB. A sheet is much smaller."), code="large")
        return Entered(TEXT, sheets.decoded(file.read()))
    text = sent.get("text", "").replace("\r\n", "\n")
    return Entered(way if way in (OWN, REGISTER) else TEXT, text)


def value(thing: Thing, given: Entered) -> Any:  # noqa: ANN401 - JSON of any shape
    """The value, as the JSON of an offer keeps it; null for the scheme's own. Raises ValidationError."""
    if given.way == OWN:
        if thing.kind == NUMBER and thing.declared.default:
            numbers.checked(thing, thing.declared.default)
        return None
    if given.way == REGISTER:
        if given.text not in dict(registers(thing)):
            raise ValidationError(_("Choose one of the registers."), code="register")
        return {STANDING: given.text}
    found = declared.read(thing.declared, given.text)
    return numbers.checked(thing, found) if thing.kind == NUMBER else kept(thing.kind, found)


def registers(thing: Thing) -> list[tuple[str, str]]:
    """The registers of organisations that can be a list of names: (role, title)."""
    from hefu.people.registers import standing_roles  # noqa: PLC0415 - the word `registers` is taken here
    from hefu.web.account.titles import role_title  # noqa: PLC0415 - as above

    if thing.kind != "fact" or thing.declared.type != "list":
        return []
    pairs = standing_roles(thing.offer.body)
    return [(role, role_title(scheme, role)) for scheme, role in pairs if scheme == thing.offer.scheme]


class Cell(NamedTuple):
    """One cell to fill in; `options` where its column takes only these words."""

    name: str
    text: str
    options: tuple[str, ...]


class Row(NamedTuple):
    """A row to fill in, with its line in the sheet that the rows make."""

    line: int
    cells: list[Cell]


def rows(thing: Thing, sent: QueryDict | None = None) -> list[Row]:
    """The rows of a table to fill in: as they were sent, else those in force; some empty ones after them."""
    columns = thing.declared.columns
    if sent is not None and sent.get("way") == "rows":
        held = _cells(thing, sent)
    else:
        held = [[sheets.cell(row.get(column.id)) for column in columns]
                for row in declared.rows_of(thing.declared, thing.value)]  # fmt: skip
    while held and not any(held[-1]):
        held.pop()
    if len(held) > MOST:
        return []
    held += [[""] * len(columns) for _ in range(SPARE)]
    options = [tuple(column.options or ()) for column in columns]
    return [Row(line, [Cell(f"cell-{line}-{place}", text, options[place]) for place, text in enumerate(cells)])
            for line, cells in enumerate(held, 2)]  # fmt: skip


def _cells(thing: Thing, sent: QueryDict) -> list[list[str]]:
    places, found = range(len(thing.declared.columns)), []
    for line in range(2, MOST + SPARE + 2):
        if f"cell-{line}-0" not in sent:
            break
        found.append([" ".join(sent.get(f"cell-{line}-{place}", "").split()) for place in places])
    return found


def _joined(thing: Thing, sent: QueryDict) -> str:
    """The sheet that rows make; an empty row stays, so that its lines are those of the page."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(column.id for column in thing.declared.columns)
    sheet.writerows(_cells(thing, sent))
    return out.getvalue()


def preview(thing: Thing, wanted: Any) -> Thing:  # noqa: ANN401 - JSON of any shape
    """The thing as it would be."""
    return told.Thing(thing.offer, thing.law, thing.kind, thing.name, thing.declared, wanted)
