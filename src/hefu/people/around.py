"""What surrounds the dossiers of a body under a scheme on a day: the facts that it has recorded, and its people."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from hefu.people import facts
from hefu.people.actor import actors
from hefu.people.models import Account, Assignment, Offer, Standing
from hefu.people.remembered import memory
from hefu.people.ties import holding
from hefu.rules.view import Around

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from typing import Any

    from django.db.models import QuerySet

    from hefu.rules.view import Actor


def around(body: str, scheme: str, on: date, names: Collection[str] = ()) -> Around:
    """The facts of a body for a scheme, and by their keys its people, and those from outside who are asked for.

    `names` are keys of people: those who act, or are named in a form. As many queries for a thousand people as for one,
    and a single one for what is remembered (people/remembered.py).
    """
    known, place = memory(), (body, scheme, on)
    own = known.one(("around", place), lambda: Around(recorded(*place), _people(_staff(body, on), *place)))
    others = {name for name in names if name not in own.people}
    if not others:
        return own

    def outside(keys: Collection[str]) -> Mapping[str, Actor | None]:
        found = _people(Account.objects.filter(key__in=keys), *place)
        return {key: found.get(key) for key in keys}

    named = known.each(("outside", place), others, outside)
    return Around(own.facts, {**own.people, **{key: one for key, one in named.items() if one is not None}})


def _staff(body: str, on: date) -> QuerySet[Account]:
    """Who has a tie with the body on a day."""
    return Account.objects.filter(pk__in=Assignment.objects.filter(holding(on), body=body).values("account"))


def _people(accounts: QuerySet[Account], body: str, scheme: str, on: date) -> Mapping[str, Actor]:
    """Accounts as the rules know them; whoever may not sign in is nobody."""
    return actors(list(accounts.filter(is_active=True).order_by("pk")), body, scheme, on)


def recorded(body: str, scheme: str, on: date) -> Mapping[str, Any]:
    """The facts that the body has recorded for a scheme, those fed by its standings with their names of that day."""
    kept = Offer.objects.filter(body=body, scheme=scheme).values_list("facts", flat=True).first() or {}
    standings = defaultdict(list)
    rows = Standing.objects.filter(holding(on), body=body, scheme__in=("", scheme)).order_by("organisation__name", "pk")
    for role, name in rows.values_list("role", "organisation__name"):
        standings[role].append(name)
    read: Mapping[str, Any] = facts.read(kept, standings)
    return read
