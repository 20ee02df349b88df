"""A quarter of a town: three bodies, each with a case that is nobody else's business, and everybody who could knock.

The people are the demonstration's (hefu.demo.cast); beside them each body has an administrator who does nothing else,
and a neighbour who holds every role of the two other bodies.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.demo.cast import settle
from hefu.demo.lives import Life, live
from hefu.dossiers.models import DossierRow, PartyRow
from hefu.dossiers.outcome import When
from hefu.people.models import Account, Assignment, Body, Offer
from hefu.people.roles import ADMINISTRATOR, inside
from hefu.web import kept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hefu.demo.cast import Cast
    from hefu.dossiers.store import Held

TODAY = date(2026, 11, 20)
NOW = When(TODAY, datetime(2026, 11, 20, 2, 30, tzinfo=UTC))
SINCE = TODAY - timedelta(days=3650)
UNDER_WAY = {
    "wal": Life("wal", "wal-qp-21/a-whole-life", "finding.respond", 1, "anxin", {}, {}),
    "nfcc": Life("nfcc", "nfcc-ir-000-01/a-whole-life", "initial.receive-sample", 1, "beichen",
                 {"product_name": "北辰移动支付风险监测系统"}, {}),
    "hbfma": Life("hbfma", "hbfma-2023-15/a-whole-life", "nomination.commit", 1, "hengtong",
                  {"enterprise": {"name": "恒通支付技术有限公司", "uscc": "91330106MA3J9HTM5D"}}, {}),
}  # fmt: skip
"""Of each body a case of which the public knows nothing."""
KNOWN = (
    Life("wal", "wal-qp-21/a-whole-life", "initial.survey", 30, "lvzhou", {}, {}),
    Life("hbfma", "hbfma-2023-15/a-whole-life", "nomination.publicise", 1, "shuanghe", {}, {}),
)
"""A certificate in the register, and a publication."""
CLIENTS = {"wal": "wang", "nfcc": "lu", "hbfma": "ke"}
PARTIES = {"nfcc": "jian", "hbfma": "lin"}
"""Who has a part in the case besides: the laboratory, the member."""
NOBODY, CLIENT, PARTY, STRANGER = "nobody", "its client", "its laboratory or member", "another organisation"
STAFF, UNNAMED = "its body's people", "its body's people, not named in it"
ADMIN, OPERATOR, NEIGHBOUR = "its administrator", "the operator", "another body's people"
GROUPS = (NOBODY, CLIENT, PARTY, STRANGER, STAFF, UNNAMED, ADMIN, OPERATOR, NEIGHBOUR)


class Who(NamedTuple):
    """Somebody who knocks: the group they belong to, by which role, and their account."""

    group: str
    role: str
    account: Account | None


class Case(NamedTuple):
    """A body's case: its dossier, everybody who could knock, and the words that only the knowing may read."""

    body: str
    held: Held
    row: DossierRow
    people: tuple[Who, ...]
    secrets: tuple[str, ...]

    def one(self, group: str) -> Account:
        """An account of a group that has one."""
        return next(who.account for who in self.people if who.group == group and who.account is not None)

    def of_role(self, role: str) -> Account:
        """The account of somebody of the body who holds a role."""
        return next(who.account for who in self.people if who.role == role and who.account is not None)


def now() -> When:
    """The moment of these tests (settings.HEFU_NOW)."""
    return NOW


def quarter() -> list[Case]:
    """Everything, in an empty database."""
    store, known = kept.store(), {}  # type: ignore[var-annotated] # filled by `live`
    store.forget()
    cast = settle(TODAY)
    for life in KNOWN:
        live(store, cast, life, NOW, known)
    made = {body: live(store, cast, life, NOW, known) for body, life in UNDER_WAY.items()}
    return [_case(cast, body, dossier) for body, dossier in made.items()]


def _case(cast: Cast, body: str, dossier: str) -> Case:
    held, _ = kept.store().load(dossier)
    row = DossierRow.objects.select_related("subject").get(pk=dossier)
    parties = set(PartyRow.objects.filter(dossier=dossier).values_list("key", flat=True))
    people = [Who(NOBODY, "", None), Who(CLIENT, "", cast.accounts[CLIENTS[body]])]
    if body in PARTIES:
        people.append(Who(PARTY, "", cast.accounts[PARTIES[body]]))
    people.append(Who(STRANGER, "", cast.accounts["gao"]))
    known = held.law.scheme.file.roles
    for name, (where, roles) in cast.roles.items():
        for role in sorted(roles & known.keys()) if where == body else ():
            account = cast.accounts[name]
            met = known[role].reach == "body" or account.key in parties
            people.append(Who(STAFF if met else UNNAMED, role, account))
    people += [Who(ADMIN, "", _with_roles(f"admin-{body}", {body: {ADMINISTRATOR}})),
               Who(OPERATOR, "", cast.accounts["ops"]),
               Who(NEIGHBOUR, "", _with_roles(f"neighbour-{body}", _elsewhere(body)))]  # fmt: skip
    secrets = (row.title, row.subject.holder, row.subject.uscc, dossier)
    assert all(secrets), secrets
    return Case(body, held, row, tuple(people), secrets)


def _elsewhere(body: str) -> Mapping[str, set[str]]:
    """Every role of every other body."""
    found: dict[str, set[str]] = {}
    for other, scheme in Offer.objects.exclude(body=body).values_list("body", "scheme"):
        found.setdefault(other, {ADMINISTRATOR}).update(inside(scheme))
    return found


def _with_roles(name: str, roles: Mapping[str, set[str]]) -> Account:
    account: Any = Account.objects.create_user(f"{name}@demo.invalid", name=name, key=name)
    for body, held in roles.items():
        where = Body.objects.get(pk=body)
        Assignment.objects.bulk_create(
            Assignment(account=account, body=where, role=role, since=SINCE) for role in sorted(held)
        )
    return account  # type: ignore[no-any-return]
