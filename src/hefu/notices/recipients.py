"""Recipients: the people who hold some roles for a dossier on a day, and may know of it.

1. Of the body: those to whom it has given the role; where the role sees only dossiers in which somebody is named,
those who are. If some of them have taken part in the case, it is their case: only they are told.
2. Whoever is away is told together with the deputy.
3. From outside: the people of the organisations that are parties to the case in that role; without any in the case,
those of the dossier.
4. For an act that is owed, nobody whom an earlier part of theirs bars from it, as long as somebody is left.
5. Nobody who may not know of the dossier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from hefu.dossiers.models import PartyRow
from hefu.people.actor import actors
from hefu.people.around import recorded
from hefu.people.models import Account, Assignment, Delegation, Employment, Organisation
from hefu.people.roles import inside
from hefu.people.seeing import reach
from hefu.people.ties import holding
from hefu.rules.standing import locate, person_refusals
from hefu.rules.view import View

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from hefu.dossiers.store import Held

Parties = frozenset[tuple[str, str, str]]
"""Case, key, role of the parties of a dossier; people have no role."""


def recipients(held: Held, roles: Collection[str], case: str, on: date, act: str = "") -> list[Account]:
    """Whom something concerns that goes to `roles`, in the order of their accounts."""
    rows = PartyRow.objects.filter(dossier=held.id).values_list("case", "key", "role")
    parties: Parties = frozenset(rows)
    found = _of_the_body(held, roles, case, parties, on) | _from_outside(held, roles, case, parties, on)
    people = list(Account.objects.filter(pk__in=found, is_active=True).order_by("pk"))
    people = _able(held, people, case, on, act) if act else people
    keys = {key for _, key, _ in parties}
    return [one for one in people if reach(one, on).sees(held.body, held.law.scheme.id, keys)]


def _of_the_body(held: Held, roles: Collection[str], case: str, parties: Parties, on: date) -> set[int]:
    """Steps 1 and 2."""
    known, scheme = held.law.scheme.file.roles, held.law.scheme.id
    wanted = inside(scheme).intersection(roles)
    if not wanted:
        return set()
    ties = Assignment.objects.filter(
        holding(on), body=held.body, role__in=wanted, scheme__in=("", scheme), account__is_active=True
    )
    named = {key for _, key, role in parties if not role}
    holders = {
        account: key
        for account, key, role in ties.values_list("account", "account__key", "role")
        if key in named or known[role].reach == "body"
    }
    here = {key for where, key, role in parties if not role and where == case}
    mine = {account for account, key in holders.items() if key in (here if case else named)}
    return _with_deputies(held.body, mine or set(holders), on)


def _with_deputies(body: str, people: set[int], on: date) -> set[int]:
    away = Delegation.objects.filter(holding(on), body=body, absent__in=people)
    return people | set(away.values_list("deputy", flat=True))


def _from_outside(held: Held, roles: Collection[str], case: str, parties: Parties, on: date) -> set[int]:
    """Step 3."""
    wanted = set(roles) - inside(held.law.scheme.id)
    keys: set[str] = set()
    for role in wanted:
        here = {key for where, key, other in parties if other == role and where == case}
        keys |= here or {key for _, key, other in parties if other == role}
    if not keys:
        return set()
    ours = Organisation.objects.filter(Q(uscc__in=keys) | Q(name__in=keys))
    return set(Employment.objects.filter(holding(on), organisation__in=ours).values_list("account", flat=True))


def _able(held: Held, people: Sequence[Account], case: str, on: date, act: str) -> list[Account]:
    """Step 4."""
    scheme, dossier = held.law.scheme, held.dossier
    action = scheme.action(act)
    if action is None:
        return list(people)
    ours = case if case and dossier.cases[case].process == action.machine else ""
    target = locate(scheme, dossier, action, ours)
    if target is None:
        return list(people)
    facts = recorded(held.body, scheme.id, on)
    known = actors(people, held.body, scheme.id, on)
    views = {key: View(scheme, dossier, target.subject, target.case, {}, facts, one, on) for key, one in known.items()}
    able = [one for one in people if not person_refusals(scheme, action, known[one.key], views[one.key])]
    return able or list(people)
