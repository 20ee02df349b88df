"""Actors: people as the rules know them, on one day, for one body and scheme.

Roles of the body come from assignments, and from those of somebody absent through a delegation, but only to a person of
the same body; the deputy keeps the own key, so every separation of the scheme falls on the one who acts. Roles from
outside come from the organisation for which somebody acts. The number of queries does not depend on how many people
are asked for.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from hefu.people.models import (
    Account,
    Assignment,
    Body,
    Competence,
    Delegation,
    Employment,
    Interest,
    Organisation,
    Standing,
)
from hefu.people.roles import inside, outside
from hefu.people.ties import holding
from hefu.rules.view import Actor

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from typing import Any


class Place(NamedTuple):
    """Where and when somebody is looked at."""

    body: str
    scheme: str
    on: date


def actor(account: Account, body: str, scheme: str, on: date, organisation: Organisation | None = None) -> Actor:
    """One person as the rules know them; without `organisation` they act for the first of theirs.

    An organisation for which they may not act on that day counts as none.
    """
    return actors([account], body, scheme, on, organisation)[account.key]


def actors(
    accounts: Sequence[Account], body: str, scheme: str, on: date, organisation: Organisation | None = None
) -> dict[str, Actor]:
    """These people by their keys; `organisation` is the one for which all of them act, where that was chosen."""
    place, ids = Place(body, scheme, on), [account.pk for account in accounts]
    roles, employers = _assigned(place, ids), _employers(place, ids)
    standings = _standings(place, {item.pk for held in employers.values() for item in held})
    competence, interests = _competence(place, ids), _interests(place, ids)
    itself = frozenset(Body.objects.filter(slug=body).values_list("name", flat=True))
    found = {}
    for account in accounts:
        held = employers[account.pk]
        chosen = next((item for item in held if organisation is None or item.pk == organisation.pk), None)
        own = roles[account.pk]
        given = outside(scheme, standings[chosen.pk]) if chosen else frozenset()
        near = {word for item in held for word in (item.name, item.uscc)} - itself if own else set()
        found[account.key] = Actor(
            account.key,
            own | given,
            account.name,
            {"name": chosen.name, "uscc": chosen.uscc} if chosen else {},
            tuple(competence[account.pk]),
            frozenset(interests[account.pk] | near),
        )
    return found


def _assigned(place: Place, ids: Collection[int]) -> Mapping[int, frozenset[str]]:
    """The roles of the body that people hold: their own, and those of the absent whose deputies they are."""
    body, scheme, on = place
    away = Delegation.objects.filter(holding(on), body=body, deputy__in=ids).values_list("deputy", "absent")
    absent = defaultdict(set)
    for deputy, other in away:
        absent[deputy].add(other)
    everybody = {*ids, *(other for others in absent.values() for other in others)}
    own, present, known = defaultdict(set), set(), inside(scheme)
    rows = Assignment.objects.filter(holding(on), body=body, account__in=everybody, account__is_active=True)
    for account, role, where in rows.values_list("account", "role", "scheme"):
        present.add(account)
        if role in known and where in ("", scheme):
            own[account].add(role)
    return defaultdict(
        frozenset,
        {
            account: frozenset(own[account].union(*(own[other] for other in absent[account])))
            for account in ids
            if account in present
        },
    )


def _employers(place: Place, ids: Collection[int]) -> Mapping[int, list[Organisation]]:
    """The organisations for which people act, the longest held first."""
    found = defaultdict(list)
    rows = Employment.objects.filter(holding(place.on), account__in=ids).select_related("organisation")
    for row in rows.order_by("since", "pk"):
        found[row.account_id].append(row.organisation)
    return found


def _standings(place: Place, ids: Collection[int]) -> Mapping[int, frozenset[str]]:
    """What organisations are to the body."""
    found = defaultdict(set)
    rows = Standing.objects.filter(
        holding(place.on), organisation__in=ids, body=place.body, scheme__in=("", place.scheme)
    )
    for organisation, role in rows.values_list("organisation", "role"):
        found[organisation].add(role)
    return defaultdict(frozenset, {key: frozenset(held) for key, held in found.items()})


def _competence(place: Place, ids: Collection[int]) -> Mapping[int, list[Mapping[str, Any]]]:
    """The rows of the body's register that hold; whoever has none is competent in nothing."""
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    rows = Competence.objects.filter(holding(place.on), account__in=ids, body=place.body).order_by("field", "pk")
    for row in rows:
        known = {"field": row.field, "level": row.level, "until": row.until, "registration": row.registration}
        found[row.account_id].append({key: value for key, value in known.items() if value})
    return found


def _interests(place: Place, ids: Collection[int]) -> Mapping[int, set[str]]:
    """Names and codes of organisations in which people have an interest; of a known one, both."""
    found: dict[int, set[str]] = defaultdict(set)
    other: dict[str, set[str]] = defaultdict(set)
    rows = list(Interest.objects.filter(holding(place.on), account__in=ids).values_list("account", "subject"))
    words = {subject for _, subject in rows}
    for name, code in Organisation.objects.filter(Q(name__in=words) | Q(uscc__in=words)).values_list("name", "uscc"):
        other[name].add(code)
        other[code].add(name)
    for account, subject in rows:
        found[account] |= {subject, *other[subject]}
    return found
