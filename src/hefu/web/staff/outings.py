"""Who is out when: the visits of some days as bare rows, read once for the plan and for conflicts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from hefu.dossiers.models import VisitRow
from hefu.web.staff.mine import seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from hefu.web.staff.mine import Mine

LOOKED_THROUGH = 20_000
"""Visits that are read at the most."""
REACH = timedelta(days=60)
"""A visit takes days, not months: one that began so long before is not looked for."""
CLASHES = 8
"""People whose conflicts are shown; when these are settled the next ones come."""
OF_ONE = 4
"""Visits of one person that are shown among their conflicts."""


class Span(NamedTuple):
    """The days that are looked at, both included, and whose; empty for everybody's."""

    first: date
    last: date
    person: str = ""


class Visit(NamedTuple):
    """Days on which people are out for a case, as one field of it says."""

    dossier: str
    case: str
    field: str
    start: date
    end: date


Out = tuple[str, str, str, str, date, date]
"""One person on one visit: the person's key, then the visit. There are thousands, so they are bare."""


def days(first: date, last: date) -> list[date]:
    """Every day from one to another, both included."""
    return [first + timedelta(days=place) for place in range((last - first).days + 1)]


def visits_of(mine: Mine, span: Span) -> QuerySet[VisitRow]:
    """The visits that touch these days."""
    found = VisitRow.objects.filter(seen(mine, "dossier__"))
    found = found.filter(start__range=(span.first - REACH, span.last), end__gte=span.first)
    return found.filter(person=span.person) if span.person else found


def outings(mine: Mine, span: Span) -> list[Out]:
    """Everybody's visits, in the order of their first days."""
    rows = visits_of(mine, span).exclude(person="").order_by("start")
    return list(rows.values_list("person", "dossier_id", "case", "field", "start", "end")[:LOOKED_THROUGH])


def by_person(outs: Iterable[Out], span: Span) -> dict[str, list[Out]]:
    """The visits that touch some days, by who goes."""
    found: dict[str, list[Out]] = {}
    for out in outs:
        if out[4] <= span.last and out[5] >= span.first:
            found.setdefault(out[0], []).append(out)
    return found


def clashes(outs: Iterable[Out], span: Span) -> dict[str, list[Visit]]:
    """People who on one of these days are out for two dossiers, each with the visits that do not fit together."""
    found: dict[str, list[Visit]] = {}
    for person, held in sorted(by_person(outs, span).items()):
        if same := _overlapping(held):
            found[person] = [Visit(*out[1:]) for out in same[:OF_ONE]]
        if len(found) == CLASHES:
            break
    return found


def _overlapping(held: Sequence[Out]) -> list[Out]:
    """Those of one person's visits, in the order of their first days, that touch a day of another dossier's."""
    found = set()
    for place, one in enumerate(held):
        for other in held[place + 1 :]:
            if other[4] > one[5]:
                break
            if other[1] != one[1]:
                found |= {one, other}
    return sorted(found, key=lambda out: (out[4], out))
