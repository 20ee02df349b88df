"""What stands in the calendar: visits, and the days on which limits are due, of the dossiers that somebody sees.

A busy body has thousands of them in a month, so of each day only the first few are read and the rest is counted: five
queries, however much there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Window
from django.db.models.functions import RowNumber

from hefu.dossiers.models import CaseRow, ClockRow, VisitRow
from hefu.dossiers.work import DONE_WITHIN
from hefu.people.models import Account
from hefu.web.staff.laws import process_title, scheme_of
from hefu.web.staff.mine import seen
from hefu.web.words import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from hefu.dossiers.models import DossierRow
    from hefu.web.staff.mine import Mine

A_DAY = 3
"""Entries of each kind that a day shows."""
LIVE = ("running", "paused", "breached")
CLASHES = 12
"""People whose conflicts are shown; when these are settled the next ones come."""
LOOKED_THROUGH = 20_000
"""Visits of a month among which conflicts are looked for."""
PLANNED = 20
"""People whom the plan shows; of the others one is chosen."""
SURVEILLANCE = "surveillance"
"""The kind of process that the calendar shows in another look."""


class Entry(NamedTuple):
    """One entry of a day: `look` is a class of the design, `people` their names."""

    start: date
    end: date
    title: str
    dossier: DossierRow
    people: tuple[str, ...]
    look: str
    icon: str


class Span(NamedTuple):
    """The days that are looked at, both included, and whose; empty for everybody's."""

    first: date
    last: date
    person: str = ""


def visits_of(mine: Mine, span: Span) -> QuerySet[VisitRow]:
    """The visits that touch these days."""
    found = VisitRow.objects.filter(seen(mine, "dossier__"), start__lte=span.last, end__gte=span.first)
    return found.filter(person=span.person) if span.person else found


def limits_of(mine: Mine, span: Span) -> QuerySet[ClockRow]:
    """The limits within which something must be done that are due on these days."""
    live = ClockRow.objects.filter(status__in=LIVE, due__range=span[:2])  # which an index finds
    found = live.filter(seen(mine, "dossier__"), kind__in=DONE_WITHIN)
    if span.person:
        found = found.filter(Exists(VisitRow.objects.filter(dossier_id=OuterRef("dossier_id"), person=span.person)))
    return found


class Agenda(NamedTuple):
    """The entries of some days, in order, and how many each day has in all: begun on it, or due on it."""

    entries: list[Entry]
    counted: Mapping[date, int]


def agenda(mine: Mine, span: Span) -> Agenda:
    """What the days show: visits first, and of each day only the first few."""
    counted: dict[date, int] = {}
    keys = set()
    found = _first(visits_of(mine, span), "start", ("dossier_id", "case", "field", "person"), A_DAY)
    for *key, start, number in found:
        keys.add((*key, start))
        counted[start] = number
    rows = VisitRow.objects.filter(dossier_id__in={key[0] for key in keys}).select_related("dossier__subject")
    held = visits(row for row in rows if (row.dossier_id, row.case, row.field, row.person, row.start) in keys)
    due = set()
    for dossier, key, day, number in _first(limits_of(mine, span), "due", ("dossier_id", "key"), A_DAY):
        due.add((dossier, key))
        counted[day] = counted.get(day, 0) + number
    limits = ClockRow.objects.filter(dossier_id__in={key[0] for key in due}).select_related("dossier__subject")
    held += [_limit(mine, row) for row in limits if (row.dossier_id, row.key) in due]
    return Agenda(sorted(held, key=lambda entry: (entry.start, entry.look == "ev-ddl")), counted)


def _first(found: QuerySet[Any], day: str, key: tuple[str, ...], most: int) -> list[Any]:
    """The keys of the first few rows of each day, with the day and how many it has in all: one pass over the rows."""
    place = Window(RowNumber(), partition_by=F(day), order_by=key)
    whole = Window(Count(key[-1]), partition_by=F(day))
    rows = found.annotate(place=place, whole=whole).filter(place__lte=most)
    return list(rows.values_list(*key, day, "whole"))


def visits(rows: Iterable[VisitRow]) -> list[Entry]:
    """Visits as entries: one for all who go together."""
    together: dict[tuple[str, str, str, date, date], list[VisitRow]] = {}
    for row in rows:
        together.setdefault((row.dossier_id, row.case, row.field, row.start, row.end), []).append(row)
    names = people({row.person for group in together.values() for row in group})
    cases = {
        (case.dossier_id, case.case): case
        for case in CaseRow.objects.filter(dossier_id__in={key[0] for key in together})
    }
    found = []
    for (dossier, case, _field, start, end), group in together.items():
        row, held = group[0], cases.get((dossier, case))
        scheme = scheme_of(row.dossier, held.version if held else "")
        machine = scheme.machines.get(held.process) if held else None
        surveillance = machine is not None and machine.process_kind == SURVEILLANCE
        title = process_title(scheme, held.process) if held else ""
        who = tuple(names.get(one.person, one.person) for one in group if one.person)
        found.append(Entry(start, end, title, row.dossier, who, "ev-sv" if surveillance else "ev-au",
                           "sync" if surveillance else ""))  # fmt: skip
    return found


def _limit(mine: Mine, row: ClockRow) -> Entry:
    clock = scheme_of(row.dossier).clocks.get(row.name)
    late = row.due < mine.on and row.status != "paused"
    title = in_language(clock.title) if clock else row.name
    look, icon = ("ev-late", "alert") if late else ("ev-ddl", "clock")
    return Entry(row.due, row.due, title, row.dossier, (), look, icon)


def clashes(mine: Mine, span: Span) -> list[tuple[str, list[Entry]]]:
    """People who are out for two dossiers on the same day, each with the visits that do not fit together."""
    ahead = visits_of(mine, span).exclude(person="").filter(end__gte=mine.on).order_by("person", "start", "end")
    days: dict[str, list[tuple[date, date, str]]] = {}
    for person, start, end, dossier in ahead.values_list("person", "start", "end", "dossier_id")[:LOOKED_THROUGH]:
        days.setdefault(person, []).append((start, end, dossier))
    held = [(person, same) for person, ones in days.items() if (same := _overlapping(ones))][:CLASHES]
    ids = {dossier for _, same in held for _, _, dossier in same}
    rows = VisitRow.objects.filter(dossier_id__in=ids, person__in=[person for person, _ in held])
    wanted = {(person, *one) for person, same in held for one in same}
    found: dict[str, list[Entry]] = {}
    clashing = [
        row
        for row in rows.select_related("dossier__subject")
        if (row.person, row.start, row.end, row.dossier_id) in wanted
    ]
    for entry in visits(clashing):
        for name in entry.people:
            found.setdefault(name, []).append(entry)
    return sorted(found.items())


def _overlapping(visits: list[tuple[date, date, str]]) -> set[tuple[date, date, str]]:
    """Those of one person's visits, in the order of their first days, that touch a day of another dossier's."""
    found = set()
    for place, one in enumerate(visits):
        for other in visits[place + 1 :]:
            if other[0] > one[1]:
                break
            if other[2] != one[2]:
                found |= {one, other}
    return found


def people(keys: Iterable[str]) -> Mapping[str, str]:
    """The names of people by their keys."""
    return dict(Account.objects.filter(key__in=[key for key in keys if key]).values_list("key", "name"))
