"""The calendar: a month of visits and due days, as a sheet or as a list, with conflicts and the plan of people."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.shortcuts import render
from django.views.decorators.http import require_safe

from hefu.rules.time import add_months
from hefu.rules.time.calendar import FIRST_DAY, LAST_DAY
from hefu.web import kept
from hefu.web.staff.agenda import Span, agenda, clashes, people, visits_of
from hefu.web.staff.mine import mine, of_a_body
from hefu.web.staff.plan import plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from hefu.rules.time import Calendar
    from hefu.web.staff.agenda import Entry

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
WEEK, SATURDAY = 7, 5
ONE = timedelta(days=1)


class Day(NamedTuple):
    """A day of the sheet: whether it belongs to the month, is worked, and how that differs from an ordinary week."""

    day: date
    inside: bool
    working: bool
    moved: bool
    entries: list[Entry]
    more: int


@of_a_body
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """A month; `month` says which, `person` whose, `view=list` how."""
    known, days = mine(request), kept.store().laws.days
    first = _first(request.GET.get("month", ""), known.on)
    last = add_months(first, 1) - ONE
    person = request.GET.get("person", "")
    sheet = Span(first - ONE * first.weekday(), last + ONE * (WEEK - 1 - last.weekday()), person)
    inside = Span(first, last, person)
    held, counted = agenda(known, sheet)
    whole = sorted(visits_of(known, inside._replace(person="")).exclude(person="").values_list("person", flat=True)
                   .distinct())  # fmt: skip
    names = people({*whole, person})
    return render(request, "hefu/staff/calendar.html", {
        "first": first, "today": known.on, "before": add_months(first, -1), "after": add_months(first, 1),
        "weeks": _weeks(days, sheet, inside, held, counted), "span": inside, "person": person,
        "listed": [entry for entry in held if entry.end >= first and entry.start <= last],
        "as_list": request.GET.get("view") == "list", "clashes": clashes(known, inside), "plan": plan(known, inside),
        "days": [Day(day, inside=True, working=days.is_working(day), moved=_moved(days, day), entries=[], more=0)
                 for day in _all(inside)],
        "working": sum(days.is_working(day) for day in _all(inside)), "published": days.is_published(first),
        "people": sorted(((key, names.get(key, key)) for key in whole), key=lambda pair: pair[1]),
        "calendar": days,
    })  # fmt: skip


def _first(said: str, today: date) -> date:
    """The first day of the month that was asked for, or of the present one."""
    found = MONTH.fullmatch(said)
    day = date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)
    inside = FIRST_DAY + ONE * 40 <= day <= LAST_DAY - ONE * 80  # the sheet and its neighbours are in the calendar
    return day if inside else today.replace(day=1)


def _weeks(
    days: Calendar, sheet: Span, inside: Span, held: list[Entry], numbers: Mapping[date, int]
) -> list[list[Day]]:
    found = []
    for day in _all(sheet):
        here = [entry for entry in held if entry.start <= day <= entry.end]
        begun = sum(entry.start == day for entry in held)
        found.append(Day(day, inside.first <= day <= inside.last, days.is_working(day), _moved(days, day), here,
                         max(numbers.get(day, 0) - begun, 0)))  # fmt: skip
    return [found[start : start + WEEK] for start in range(0, len(found), WEEK)]


def _moved(days: Calendar, day: date) -> bool:
    """Whether the arrangement of the year differs from an ordinary week: a holiday, or a weekend that is worked."""
    return days.is_working(day) != (day.weekday() < SATURDAY)


def _all(span: Span) -> list[date]:
    return [span.first + ONE * place for place in range((span.last - span.first).days + 1)]
