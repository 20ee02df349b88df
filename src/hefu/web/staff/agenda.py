"""What stands in the calendar: visits, and the days on which limits are due, of the dossiers that somebody sees.

A busy body has hundreds of them a day, so of each day only the first few of each kind are read, overdue limits before
others; the list of a single day shows more of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, OuterRef

from hefu.dossiers.models import ClockRow, VisitRow
from hefu.dossiers.work import DONE_WITHIN
from hefu.web.staff.daily import Asked, few
from hefu.web.staff.entries import covers, limit, visits
from hefu.web.staff.outings import Visit, days, visits_of

if TYPE_CHECKING:
    from datetime import date

    from hefu.web.staff.entries import Entry
    from hefu.web.staff.mine import Mine
    from hefu.web.staff.outings import Span

A_DAY = 3
"""Entries of each kind that a day shows."""
LIVE = ("breached", "paused", "running")
"""The limits that count, those shown first before others."""


class Agenda(NamedTuple):
    """The entries of some days, in order, and the days of which not all are shown."""

    entries: list[Entry]
    more: frozenset[date]


def agenda(mine: Mine, span: Span, most: int = A_DAY) -> Agenda:
    """What the days show, visits first."""
    out, busy = going(mine, span, most)
    due, full = _due(mine, span, most)
    known = covers({visit.dossier for visit in out} | {dossier for dossier, *_ in due})
    found = list(visits(out, known).values())
    for dossier, name, day, status in due:
        found.append(limit(name, day, known[dossier], late=day < mine.on and status != "paused"))
    return Agenda(sorted(found, key=lambda entry: (entry.start, entry.look == "ev-ddl")), busy | full)


def going(mine: Mine, span: Span, most: int) -> tuple[dict[Visit, list[str]], frozenset[date]]:
    """The first visits that begin on each day and those already under way, with who goes; and the days with more."""
    key = ("dossier_id", "case", "field")
    begun = VisitRow.objects.filter(person=span.person) if span.person else VisitRow.objects.all()
    wanted, more = few(mine, Asked([begun.distinct()], "start", key), days(span.first, span.last), most)
    before = visits_of(mine, span).filter(start__lt=span.first).order_by("-start", *key)
    wanted |= set(before.values_list(*key, "start").distinct()[:most])
    found: dict[Visit, list[str]] = {}
    rows = VisitRow.objects.filter(dossier_id__in={key[0] for key in wanted}).order_by("person")
    for person, *visit in rows.values_list("person", *key, "start", "end"):
        if tuple(visit[:4]) in wanted:
            found.setdefault(Visit(*visit), []).append(person)
    return found, more


def _due(mine: Mine, span: Span, most: int) -> tuple[list[tuple[Any, ...]], frozenset[date]]:
    """The first limits within which something must be done that are due on each day; and the days with more."""
    live = ClockRow.objects.filter(kind__in=DONE_WITHIN)
    if span.person:
        live = live.filter(Exists(VisitRow.objects.filter(dossier_id=OuterRef("dossier_id"), person=span.person)))
    asked = Asked([live.filter(status=status) for status in LIVE], "due", ("dossier_id", "key"))
    wanted, more = few(mine, asked, days(span.first, span.last), most)
    keys = {key[:2] for key in wanted}
    rows = ClockRow.objects.filter(dossier_id__in={dossier for dossier, _ in keys}).order_by("dossier_id", "key")
    told = rows.values_list("dossier_id", "key", "name", "due", "status")
    return [(dossier, *row) for dossier, key, *row in told if (dossier, key) in keys], more
