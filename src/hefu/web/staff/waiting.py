"""What waits for somebody, as conditions on hefu_work: their roles, what they have asked for, how many of each.

Everything here is one condition of one query, so the number of queries does not depend on how much waits.
"""

from __future__ import annotations

import functools
from datetime import date, timedelta
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q

from hefu.dossiers.models import CaseRow, PartyRow, WorkRow
from hefu.dossiers.work import CASE, DUTY, ITEM
from hefu.rules.turn import shared
from hefu.web.staff.laws import versions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.db.models.expressions import OrderBy
    from django.http import QueryDict

    from hefu.web.staff.mine import Mine

SUNDAY = 6
PAUSED = "paused"
SORTS: dict[str, tuple[str | OrderBy, ...]] = {
    "due": (F("due").asc(nulls_last=True), "since", "dossier_id", "key"),
    "since": ("since", F("due").asc(nulls_last=True), "dossier_id", "key"),
    "number": ("dossier__title", F("due").asc(nulls_last=True), "dossier_id", "key"),
}
"""The orders of the list; every one ends in the key, so that pages do not overlap."""


class Asked(NamedTuple):
    """What somebody has asked the list for, as it stands in the address; anything unknown reads as not asked."""

    scheme: str = ""
    process: str = ""
    state: str = ""
    role: str = ""
    kind: str = ""
    due: str = ""
    whose: str = ""
    sort: str = ""

    def words(self) -> dict[str, str]:
        """Only what was asked, for addresses."""
        return {key: value for key, value in self._asdict().items() if value}


def asked(query: QueryDict) -> Asked:
    """The list that an address asks for."""
    return Asked(*(query.get(name, "") for name in Asked._fields))


def waiting(mine: Mine) -> QuerySet[WorkRow]:
    """Everything that waits for somebody, each thing once, also what waits for several of their roles."""
    condition = _theirs(mine)
    found = WorkRow.objects.filter(condition)
    if several := _several(mine):
        again = WorkRow.objects.filter(
            condition, dossier_id=OuterRef("dossier_id"), key=OuterRef("key"), role__lt=OuterRef("role")
        )
        found = found.exclude(several & Q(Exists(again)))
    return found


def _several(mine: Mine) -> Q | None:
    """The cases and items that can wait for several of their roles, if any; whatever else waits, waits for one role.

    To look for a second role of every row costs more than the list; in most states no two of somebody's roles wait.
    """
    places: dict[str, set[str]] = {}
    for (_, scheme), roles in mine.roles().items():
        for version in versions(scheme) if len(roles) > 1 else ():
            for machine, states in shared(version, roles).items():
                places.setdefault(machine, set()).update(states)
    if not places:
        return None
    standing = [Q(machine=machine, state__in=sorted(states)) for machine, states in sorted(places.items())]
    return Q(kind__in=(CASE, ITEM)) & functools.reduce(or_, standing)


def _theirs(mine: Mine) -> Q:
    """The rows that wait for one of their roles, where the role reaches."""
    condition = Q(dossier_id__in=())
    groups: dict[tuple[str, str, frozenset[str]], set[str]] = {}
    for one in mine.held:
        keys = frozenset() if one.everywhere else frozenset((one.key, mine.account.key))
        groups.setdefault((one.body, one.scheme, keys), set()).add(one.role)
    for (body, scheme, keys), roles in groups.items():
        held = Q(body=body, scheme=scheme, role__in=sorted(roles))
        if keys:
            held &= Q(dossier_id__in=PartyRow.objects.filter(key__in=sorted(keys)).values("dossier_id"))
        condition |= held
    return condition


def duties(mine: Mine) -> QuerySet[WorkRow]:
    """Every open duty of the dossiers that somebody sees, whoever has to do it."""
    condition = Q(dossier_id__in=())
    for body, scheme in mine.whole:
        condition |= Q(body=body, scheme=scheme)
    keys = {mine.account.key, *(one.key for one in mine.held)}
    named = PartyRow.objects.filter(key__in=sorted(keys)).values("dossier_id")
    for body, scheme in set(mine.offers) - set(mine.whole):
        condition |= Q(body=body, scheme=scheme, dossier_id__in=named)
    return WorkRow.objects.filter(condition, kind=DUTY)


def narrowed(found: QuerySet[WorkRow], asked: Asked, mine: Mine) -> QuerySet[WorkRow]:
    """What somebody has asked for among what waits; what has not yet begun to wait only where it is asked for."""
    on = mine.on
    found = found.filter(since__gt=on) if asked.due == "later" else found.filter(since__lte=on)
    for name in ("scheme", "process", "role", "kind"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    if asked.state and asked.process:
        standing = CaseRow.objects.filter(process=asked.process, state=asked.state)
        here = standing.filter(dossier_id=OuterRef("dossier_id"), case=OuterRef("case"))
        found = found.filter(Exists(here), dossier_id__in=standing.values("dossier_id"))
    if asked.whose == "named":
        keys = {mine.account.key, *(one.key for one in mine.held)}
        found = found.filter(dossier_id__in=PartyRow.objects.filter(key__in=sorted(keys)).values("dossier_id"))
    condition = dues(on).get(asked.due)
    return found.filter(condition) if condition is not None else found


def dues(on: date) -> Mapping[str, Q]:
    """The counters of the list: what each of them counts."""
    running = ~Q(status=PAUSED)
    week = on + timedelta(days=SUNDAY - on.weekday())
    return {
        "overdue": Q(due__lt=on) & running,
        "today": Q(due=on) & running,
        "week": Q(due__gt=on, due__lte=week) & running,
        "paused": Q(status=PAUSED),
        "duties": Q(kind=DUTY),
        "none": Q(due__isnull=True),
    }


def counts(found: QuerySet[WorkRow], on: date) -> dict[str, int]:
    """How many there are of each, and in all, in one query that an index alone can answer."""
    counted = {name: Count("role", filter=condition) for name, condition in dues(on).items()}
    return found.aggregate(all=Count("role"), **counted)


def page_of(found: QuerySet[WorkRow], asked: Asked, first: int, last: int) -> list[WorkRow]:
    """Some of them in the order that was asked for, with their dossiers.

    Which they are is found out with as little of each row as the order needs, because there may be very many.
    """
    keys = list(ordered(found, asked).values_list("dossier_id", "key", "role")[first:last])
    rows = WorkRow.objects.filter(dossier_id__in={key[0] for key in keys}).select_related("dossier__subject")
    held = {(row.dossier_id, row.key, row.role): row for row in rows}
    return [held[key] for key in keys if key in held]


def ordered(found: QuerySet[WorkRow], asked: Asked) -> QuerySet[WorkRow]:
    """In the order that was asked for, by due day otherwise."""
    return found.order_by(*SORTS.get(asked.sort, SORTS["due"]))
