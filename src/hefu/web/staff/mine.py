"""Whose pages these are: somebody's roles in the bodies they work for, and what follows from them for every list.

Whoever works for no body finds none of these pages: 404.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from hefu.dossiers.models import DossierRow, PartyRow
from hefu.people.models import Body
from hefu.people.remembered import memory
from hefu.people.seeing import managed
from hefu.web import kept, moment
from hefu.web.door import body_roles, person
from hefu.web.gate import only
from hefu.web.once import once

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from typing import Concatenate, ParamSpec

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from hefu.people.models import Account
    from hefu.people.seeing import Held

    P = ParamSpec("P")


class Mine(NamedTuple):
    """Somebody of one or more bodies on a day: the roles that they hold, and the bodies that they administer."""

    account: Account
    on: date
    held: tuple[Held, ...]
    bodies: Mapping[str, Body]
    manages: frozenset[str]

    @property
    def offers(self) -> list[tuple[str, str]]:
        """Every body and scheme in which they hold a role."""
        return sorted({(one.body, one.scheme) for one in self.held})

    @property
    def whole(self) -> list[tuple[str, str]]:
        """Every body and scheme of which they see all dossiers."""
        return sorted({(one.body, one.scheme) for one in self.held if one.everywhere})

    @property
    def schemes(self) -> list[str]:
        return sorted({one.scheme for one in self.held})

    def roles(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """Their roles, by body and scheme."""
        found = defaultdict(set)
        for one in self.held:
            found[one.body, one.scheme].add(one.role)
        return {key: frozenset(held) for key, held in found.items()}


@once
def mine(request: HttpRequest) -> Mine:
    """Who asks, as one of the people of their bodies; asked of the database once a request."""
    account, on = person(request), moment.today()
    held = body_roles(request)
    runs = managed(account, on)
    names = {one.body for one in held}
    bodies = {body.slug: body for body in runs}
    bodies |= memory().each("body", names - bodies.keys(), lambda slugs: Body.objects.in_bulk(list(slugs)))
    return Mine(account, on, held, dict(sorted(bodies.items())), frozenset(body.slug for body in runs))


def works_here(request: HttpRequest) -> bool:
    """Whether somebody sees the pages of a body's people."""
    return request.user.is_authenticated and bool(mine(request).bodies)


def begins(request: HttpRequest) -> bool:
    """Whether a role that somebody holds in a body may begin a dossier."""
    if not works_here(request):
        return False
    held, on = mine(request).roles(), moment.today()
    schemes = ((kept.scheme(scheme), roles) for (_, scheme), roles in held.items() if kept.in_force(scheme, on))
    return any(
        action.opens and action.by & roles
        for scheme, roles in schemes
        for machine in scheme.machines.values()
        for action in machine.actions.values()
    )


def sees_all(request: HttpRequest) -> bool:
    """Whether somebody sees every dossier of some scheme of a body."""
    return request.user.is_authenticated and bool(mine(request).whole)


def manages(request: HttpRequest) -> bool:
    """Whether somebody administers a body."""
    return request.user.is_authenticated and bool(mine(request).manages)


def of_a_body(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A view for people of a body; for everybody else it does not exist."""
    return only(works_here, view)


def seen(known: Mine, path: str = "") -> Q:
    """The condition on dossiers that they may know of as people of a body; `path` leads to them from other rows."""
    return every(known, path) | named(known, path)


def every(known: Mine, path: str = "") -> Q:
    """The condition on dossiers that they know of because they see all of a scheme."""
    condition = Q(**{f"{path}id__in": ()})
    for body, scheme in known.whole:
        condition |= Q(**{f"{path}body": body, f"{path}scheme__startswith": f"{scheme}@"})
    return condition


def named(known: Mine, path: str = "") -> Q:
    """The condition on dossiers that they know of only because they are named in them."""
    condition = Q(**{f"{path}id__in": ()})
    for body, scheme in sorted(set(known.offers) - set(known.whole)):
        keys = {known.account.key, *(one.key for one in known.held if (one.body, one.scheme) == (body, scheme))}
        rows = PartyRow.objects.filter(key__in=sorted(keys)).values("dossier_id")
        here = {f"{path}body": body, f"{path}scheme__startswith": f"{scheme}@", f"{path}id__in": rows}
        condition |= Q(**here)
    return condition


def dossiers(known: Mine) -> QuerySet[DossierRow]:
    """The dossiers that they may know of as people of a body."""
    return DossierRow.objects.filter(seen(known))
