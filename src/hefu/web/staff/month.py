"""The calendar: a month of visits and due days, as a sheet or as a list, with conflicts and the plan of people."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.shortcuts import render
from django.views.decorators.http import require_safe

from hefu.rules.time import add_months
from hefu.rules.time.calendar import FIRST_DAY, LAST_DAY
from hefu.web import kept
from hefu.web.staff.agenda import agenda
from hefu.web.staff.entries import covers, people, visits
from hefu.web.staff.mine import mine, of_a_body
from hefu.web.staff.outings import Span, clashes, days, outings
from hefu.web.staff.plan import plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from hefu.rules.time import Calendar
    from hefu.web.staff.agenda import Agenda
    from hefu.web.staff.entries import Entry
    from hefu.web.staff.mine import Mine
    from hefu.web.staff.outings import Out

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
DAY = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])-([0-2]\d|3[01])")
WEEK, SATURDAY = 7, 5
ONE = timedelta(days=1)
AHEAD = ONE * 20
"""How far the plan of the present month looks, from the Monday of this week."""
OF_A_DAY = 200
"""Entries of each kind in the list of a single day."""


class Day(NamedTuple):
    """A day of the sheet: whether it belongs to the month, is worked, and how that differs from an ordinary week."""

    day: date
    inside: bool
    working: bool
    moved: bool
    entries: list[Entry]
    more: bool


@of_a_body
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """A month; `month` says which, `person` whose, `view=list` how. With `day` all that this one day has."""
    known, calendar = mine(request), kept.store().laws.days
    only = _day(request.GET.get("day", ""))
    first = _first(request.GET.get("month", "") or f"{only or known.on:%Y-%m}", known.on)
    last = add_months(first, 1) - ONE
    inside = Span(first, last, request.GET.get("person", ""))
    sheet = inside._replace(first=first - ONE * first.weekday(), last=last + ONE * (WEEK - 1 - last.weekday()))
    held = agenda(known, sheet._replace(first=only, last=only), OF_A_DAY) if only else agenda(known, sheet)
    return render(request, "hefu/staff/calendar.html", {
        "first": first, "today": known.on, "before": add_months(first, -1), "after": add_months(first, 1), "only": only,
        "weeks": _weeks(calendar, sheet, inside, held), "span": inside, "person": inside.person,
        "listed": _listed(held, Span(only, only) if only else inside), "calendar": calendar,
        "as_list": bool(only) or request.GET.get("view") == "list", "published": calendar.is_published(first),
        "working": sum(map(calendar.is_working, days(first, last))), **({} if only else _who(known, inside, calendar)),
    })  # fmt: skip


def _who(known: Mine, inside: Span, calendar: Calendar) -> dict[str, Any]:
    """The people who are out, their conflicts and their plan: in the present month from this week on."""
    ahead, person = inside._replace(person=""), inside.person
    if inside.first <= known.on <= inside.last:
        monday = known.on - ONE * known.on.weekday()
        ahead = Span(monday, monday + AHEAD)
    whole = outings(known, ahead._replace(last=max(inside.last, ahead.last)))
    names = people({out[0] for out in whole} | {person})
    theirs = [out for out in whole if out[0] == person] if person else whole
    return {
        "people": sorted(names.items(), key=lambda pair: pair[1]),
        "clashes": _clashes(theirs, inside._replace(first=max(inside.first, known.on)), names),
        "plan": plan(theirs, ahead, names, calendar, known.on), "ahead": ahead,
    }  # fmt: skip


def _clashes(outs: list[Out], span: Span, names: Mapping[str, str]) -> list[tuple[str, list[Entry]]]:
    """People who are out for two dossiers on one day, by name, with the entries that do not fit together."""
    found = clashes(outs, span)
    going: dict[Any, list[str]] = {visit: [] for held in found.values() for visit in held}
    entries = visits(going, covers(visit.dossier for visit in going))
    told = [(names.get(key, key), [entries[visit] for visit in held]) for key, held in found.items()]
    return sorted(told, key=lambda pair: pair[0])


def _day(said: str) -> date | None:
    """The single day that was asked for."""
    try:
        return date.fromisoformat(said) if DAY.fullmatch(said) else None
    except ValueError:  # as of the 31st of June
        return None


def _first(said: str, today: date) -> date:
    """The first day of the month that was asked for, or of the present one."""
    found = MONTH.fullmatch(said)
    day = date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)
    inside = FIRST_DAY + ONE * 40 <= day <= LAST_DAY - ONE * 80  # the sheet and its neighbours are in the calendar
    return day if inside else today.replace(day=1)


def _weeks(calendar: Calendar, sheet: Span, inside: Span, held: Agenda) -> list[list[Day]]:
    found = []
    for day in days(sheet.first, sheet.last):
        here = [entry for entry in held.entries if entry.start <= day <= entry.end]
        found.append(Day(day, inside.first <= day <= inside.last, calendar.is_working(day), _moved(calendar, day), here,
                         day in held.more))  # fmt: skip
    return [found[start : start + WEEK] for start in range(0, len(found), WEEK)]


def _listed(held: Agenda, span: Span) -> list[tuple[date, list[Entry], bool]]:
    """The days of the list that have anything: what begins or is due on them, and on the first what goes on."""
    found: dict[date, list[Entry]] = {}
    for entry in held.entries:
        if entry.start <= span.last and entry.end >= span.first:
            found.setdefault(max(entry.start, span.first), []).append(entry)
    return [(day, entries, day in held.more) for day, entries in sorted(found.items())]


def _moved(calendar: Calendar, day: date) -> bool:
    """Whether the arrangement of the year differs from an ordinary week: a holiday, or a weekend that is worked."""
    return calendar.is_working(day) != (day.weekday() < SATURDAY)
