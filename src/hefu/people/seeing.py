"""Seeing: which dossiers somebody may know of, as a value that a list of dossiers can be asked with.

People of a body see every dossier of the schemes in which they hold a role, or where the role reaches no further only
those in which they are named. People from outside see those in which their organisation is a party. An operator runs
the installation and sees none by that. What is not seen does not exist: 404.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.people.models import Account, Assignment, Body, Delegation, Employment, Offer, Standing
from hefu.people.remembered import memory
from hefu.people.roles import ADMINISTRATOR, inside, roles
from hefu.people.ties import holding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet


class Reach(NamedTuple):
    """What somebody sees on a day.

    `whole`: (body, scheme) whose every dossier they see. `named`: (body, scheme, key) of which they see the dossiers
    with that key among the parties: their own, and that of an absent person whose deputy they are. `codes`: credit
    codes of their organisations that are proven, in any body. `names`: (body, name or code) of their organisations that
    have a standing with that body, which has seen who they are; a name proves nothing without it. `claimed`: codes that
    nobody has proven to be theirs yet; these count only in dossiers that have `key`, their own, among the parties too.
    """

    key: str
    whole: frozenset[tuple[str, str]] = frozenset()
    named: frozenset[tuple[str, str, str]] = frozenset()
    codes: frozenset[str] = frozenset()
    names: frozenset[tuple[str, str]] = frozenset()
    claimed: frozenset[str] = frozenset()

    def sees(self, body: str, scheme: str, parties: Iterable[str]) -> bool:
        """Whether they may know of a dossier with these keys, codes and names as its parties."""
        known = frozenset(parties)
        return (
            (body, scheme) in self.whole
            or any((body, scheme, key) in self.named for key in known)
            or not self.codes.isdisjoint(known)
            or any((body, name) in self.names for name in known)
            or (self.key in known and not self.claimed.isdisjoint(known))
        )


def reach(account: Account, on: date) -> Reach:
    """What somebody sees on a day, by the roles and organisations that they hold on it."""
    if not account.is_active:
        return Reach(account.key)
    return memory().one(("reach", account.pk, account.key, on), lambda: _reach(account, on))


def _reach(account: Account, on: date) -> Reach:
    whole, named = _of_bodies(account, held_roles(account, on))
    held = [
        tie.organisation
        for tie in Employment.objects.filter(holding(on), account=account).select_related("organisation")
    ]
    standings = Standing.objects.filter(holding(on), organisation__in=held)
    known = standings.values_list("body", "organisation__name", "organisation__uscc")
    return Reach(
        account.key,
        whole,
        named,
        frozenset(item.uscc for item in held if item.proven),
        frozenset((body, word) for body, *words in known for word in words),
        frozenset(item.uscc for item in held if not item.proven),
    )


class Held(NamedTuple):
    """A role of the body that somebody holds under a scheme; `key` is whose it is: their own, or an absent person's."""

    body: str
    scheme: str
    role: str
    key: str

    @property
    def everywhere(self) -> bool:
        """Whether it reaches every dossier of the body under the scheme; otherwise those in which `key` is named."""
        return roles(self.scheme)[self.role].reach == "body"


def held_roles(account: Account, on: date) -> tuple[Held, ...]:
    """Every role of a body that somebody holds on a day, for each scheme that the body operates."""
    if not account.is_active:
        return ()
    return memory().one(("held", account.pk, on), lambda: _held_roles(account, on))


def _held_roles(account: Account, on: date) -> tuple[Held, ...]:
    away = Delegation.objects.filter(holding(on), deputy=account).values_list("body", "absent")
    deputised = set(away)
    people = {account.pk, *(absent for _, absent in deputised)}
    rows = Assignment.objects.filter(holding(on), account__in=people, account__is_active=True)
    ties = list(rows.values_list("account", "account__key", "body", "scheme", "role"))
    mine = {body for holder, _, body, _, _ in ties if holder == account.pk}
    ties = [tie for tie in ties if tie[0] == account.pk or ((tie[2], tie[0]) in deputised and tie[2] in mine)]
    offers = Offer.objects.filter(body__in=mine).values_list("body", "scheme") if mine else ()
    return tuple(
        Held(body, scheme, role, key)
        for body, scheme in offers
        for _, key, where, which, role in ties
        if where == body and which in ("", scheme) and role in inside(scheme)
    )


def _of_bodies(
    account: Account, held: Iterable[Held]
) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str, str]]]:
    """What the roles of somebody let them see: whole, and named."""
    whole = {(one.body, one.scheme) for one in held if one.everywhere}
    named = {(one.body, one.scheme, key) for one in held if not one.everywhere for key in (one.key, account.key)}
    return frozenset(whole), frozenset(named)


def may_manage(account: Account, body: str, on: date) -> bool:
    """Whether somebody administers a body: its people, its registers, its schemes."""
    return account.is_active and _administration(on).filter(account=account, body=body).exists()


def managed(account: Account, on: date) -> list[Body]:
    """The bodies that somebody administers."""
    if not account.is_active:
        return []

    def find() -> tuple[Body, ...]:
        held = _administration(on).filter(account=account).values("body")
        return tuple(Body.objects.filter(pk__in=held).order_by("name"))

    return list(memory().one(("managed", account.pk, on), find))


def bodies_of(account: Account, on: date) -> frozenset[str]:
    """The bodies whose people somebody belongs to, in whatever role."""
    if not account.is_active:
        return frozenset()

    def find() -> frozenset[str]:
        return frozenset(Assignment.objects.filter(holding(on), account=account).values_list("body", flat=True))

    return memory().one(("bodies", account.pk, on), find)


def works_for(account: Account, body: str, on: date) -> bool:
    """Whether somebody is one of a body's people, in whatever role."""
    return body in bodies_of(account, on)


def _administration(on: date) -> QuerySet[Assignment]:
    return Assignment.objects.filter(holding(on), scheme="", role=ADMINISTRATOR)
