"""The door: which dossiers somebody may know of, and who they are in one of them.

A role counts in a dossier only as far as it reaches (the scheme says how far): a role of the body in all of its
dossiers; a role of those who are named, where they or an absent person for whom they deputise are named; a role from
outside, where their organisation is a party in that very role. What somebody may not know of does not exist: 404.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from hefu.dossiers import sql
from hefu.dossiers.models import DossierRow, PartyRow
from hefu.dossiers.sql import Header
from hefu.people.actor import actor
from hefu.people.models import Organisation
from hefu.people.seeing import held_roles, reach
from hefu.web import kept, moment

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import Any

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from hefu.dossiers.outcome import When
    from hefu.dossiers.store import Held, Store
    from hefu.people.models import Account
    from hefu.people.seeing import Held as Role
    from hefu.people.seeing import Reach
    from hefu.rules.model import Scheme
    from hefu.rules.view import Actor, Around


CHOSEN = "organisation"
"""Where the session keeps the organisation for which somebody acts."""


class Door(NamedTuple):
    """Somebody at a dossier, now: the dossier, who they are in it, and what surrounds it."""

    store: Store
    account: Account
    held: Held
    row: Header
    actor: Actor
    facts: Mapping[str, Any]
    people: Mapping[str, Actor]
    when: When

    @property
    def scheme(self) -> Scheme:
        return self.held.law.scheme

    @property
    def inside(self) -> bool:
        """Whether they are here as one of the body's people."""
        known = self.scheme.file.roles
        return any(known[role].reach != "organisation" for role in self.actor.roles)


def person(request: HttpRequest) -> Account:
    """Who asks. Raises PermissionDenied for nobody: pages ask for a sign-in first."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def organisation(request: HttpRequest) -> Organisation | None:
    """The organisation for which they have chosen to act, where they act for several."""
    chosen = request.session.get(CHOSEN)
    return Organisation.objects.filter(pk=chosen).first() if chosen else None


def body_roles(request: HttpRequest) -> tuple[Role, ...]:
    """The roles of bodies that the person who asks holds today."""
    return held_roles(person(request), moment.today())


def visible(seen: Reach) -> Q:
    """The condition on dossiers that somebody may know of."""
    condition = Q(pk__in=())
    for body, scheme in seen.whole:
        condition |= Q(body=body, scheme__startswith=f"{scheme}@")
    for body, scheme, key in seen.named:
        condition |= Q(_party(key=key), body=body, scheme__startswith=f"{scheme}@")
    if seen.codes:
        condition |= Q(_party(key__in=seen.codes))
    for body, name in seen.names:
        condition |= Q(_party(key=name), body=body)
    if seen.claimed:
        condition |= Q(_party(key__in=seen.claimed)) & Q(_party(key=seen.key))
    return condition


def dossiers(request: HttpRequest) -> QuerySet[DossierRow]:
    """The dossiers that the person who asks may know of."""
    account = person(request)
    return DossierRow.objects.filter(visible(reach(account, moment.now().on)))


def enter(request: HttpRequest, dossier: str, names: Collection[str] = ()) -> Door:
    """Somebody at a dossier; `names` are keys of people beyond the body's own who are named in what they hand in.

    Raises Http404 where there is no such dossier, or none that they may know of.
    """
    row = sql.header(kept.store().using, dossier)
    found = _doors(request, [row], names) if row is not None else []
    if not found:
        raise Http404
    return found[0]


def doors(request: HttpRequest, rows: Sequence[DossierRow], names: Collection[str] = ()) -> list[Door]:
    """Somebody at several dossiers, which come with their subjects: one door for each that they may know of."""
    parties: dict[str, set[tuple[str, str]]] = {row.pk: set() for row in rows}
    for dossier, key, role in PartyRow.objects.filter(dossier__in=parties).values_list("dossier", "key", "role"):
        parties[dossier].add((key, role))
    found = [
        Header(row.pk, row.body, row.scheme, row.title, row.subject.holder, row.subject.unit, parties[row.pk])
        for row in rows
    ]
    return _doors(request, found, names)


def _doors(request: HttpRequest, rows: Sequence[Header], names: Collection[str]) -> list[Door]:
    """The doors of dossiers that somebody may know of.

    What surrounds a body's dossiers is asked for once for each body and scheme, each dossier is loaded by itself.
    """
    account, when, store = person(request), moment.now(), kept.store()
    seen, chosen = reach(account, when.on), organisation(request)
    around_of: dict[tuple[str, str], tuple[Around, Actor]] = {}
    everybody = {account.key, *names, *(key for row in rows for key, _ in row.parties)}
    found = []
    for row in rows:
        scheme = row.scheme.partition("@")[0]
        if not seen.sees(row.body, scheme, {key for key, _ in row.parties}):
            continue
        if (row.body, scheme) not in around_of:
            known = kept.around(row.body, scheme, when.on, everybody)
            # Whoever has chosen no organisation is among the people around as they are.
            mine = actor(account, row.body, scheme, when.on, chosen) if chosen else known.people[account.key]
            around_of[row.body, scheme] = known, mine
        known, whole = around_of[row.body, scheme]
        held, _ = store.load(row.id)
        mine = whole._replace(roles=_here(held, seen, whole, row.parties))
        found.append(Door(store, account, held, row, mine, known.facts, {**known.people, mine.id: mine}, when))
    return found


def _here(held: Held, seen: Reach, whole: Actor, parties: Collection[tuple[str, str]]) -> frozenset[str]:
    """The roles that count in this dossier."""
    scheme, keys = held.law.scheme, {key for key, _ in parties}
    named = any((held.body, scheme.id, key) in seen.named for key in keys)
    code = whole.organisation.get("uscc", "")
    proven = code in seen.codes or (held.body, code) in seen.names or seen.key in keys
    mine = set(whole.organisation.values()) if proven else set()
    return frozenset(
        role
        for role in whole.roles
        if (reaches := scheme.file.roles[role].reach) == "body"
        or (reaches == "named" and named)
        or (reaches == "organisation" and any(key in mine and role == held_as for key, held_as in parties))
    )


def _party(**which: Any) -> Exists:  # noqa: ANN401 - conditions on party rows
    """Whether a dossier has such a party; people come without a role."""
    return Exists(PartyRow.objects.filter(dossier=OuterRef("pk"), **which))
