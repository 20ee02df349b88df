"""The figures as a sheet: a line for each number, with its table, whose it is, and what it counts."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Line = tuple[str, str, str, str, object]
"""The table, the scheme or heading, the thing, what of it is counted, the number."""

BOM = "\ufeff"
"""Without it a spreadsheet takes UTF-8 for something else."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would be run by a spreadsheet."""


def sheet(figures: Mapping[str, Any]) -> str:
    """The figures of a page (page.py) as CSV, with a line of titles; a mark before texts that a program would run."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((_("Table"), _("Scheme"), _("What"), _("Counted"), pgettext("how many", "Number")))
    writer.writerows([_plain(cell) for cell in line] for line in _lines(figures))
    return BOM + out.getvalue()


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _lines(figures: Mapping[str, Any]) -> Iterator[Line]:
    """Every number of the page in the order of its tables."""
    number = pgettext("how many", "Number")
    for part in figures["certificates"]:
        yield _("Certificates by status"), "", part.title, number, part.number
    for one in figures["all_kept"]:
        title, scheme = _("Limits kept"), one.law.file.document.id
        yield title, scheme, one.title, number, one.number
        yield title, scheme, one.title, _("late"), one.late
        yield title, scheme, one.title, _("gross, mean"), one.gross_mean
        yield title, scheme, one.title, _("stopped, mean"), one.stopped_mean
        yield title, scheme, one.title, _("net, median"), one.median
    for month in figures["months"]:
        yield _("Expiring by month"), "", f"{month.first:%Y-%m}", _("expiring"), month.number
        yield _("Expiring by month"), "", f"{month.first:%Y-%m}", _("going on is under way"), month.begun
    for load in figures["loads"]:
        yield _("Load of people"), "", load.name, _("done"), load.done
        yield _("Load of people"), "", load.name, _("planned"), load.planned
    for act in figures["refused"]:
        for reason in act.reasons:
            yield _("Refused acts"), act.law.file.document.id, act.title, reason.text, reason.number
    for title, groups in ((_("Cases under way, by stage"), "stages"), (_("Decisions and other ends"), "decisions")):
        for group in figures[groups]:
            for part in group.parts:
                yield title, group.title, part.title, number, part.number
