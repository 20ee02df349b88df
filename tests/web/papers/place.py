"""A body with a dossier whose life has begun, and people at each side of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.test import Client

from hefu.dossiers.models import PartyRow
from hefu.dossiers.store import Store
from tests.conftest import ROOT
from tests.dossiers.lives import life, live
from tests.people import town

if TYPE_CHECKING:
    from hefu.people.models import Account, Body, Organisation

SCHEME = "wal-qp-21"
DOSSIER = "d-1"


class Place(NamedTuple):
    """The dossier's body, its client's organisation, and browsers of five people."""

    body: Body
    firm: Organisation
    staff: Client
    client: Client
    colleague: Client
    stranger: Client
    other_staff: Client
    accounts: dict[str, Account]


def browser(account: Account) -> Client:
    """A browser that an account has signed in to."""
    made = Client()
    made.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def place(steps: int = 8) -> Place:
    """The first acts of a whole life under a scheme with controlled forms."""
    told = life(ROOT / f"schemes/{SCHEME}/2.0", "a-whole-life")
    live(Store(), told, DOSSIER, steps)
    body, other = town.body("body-1", SCHEME), town.body(town.OTHER, SCHEME)
    code = PartyRow.objects.filter(dossier=DOSSIER, role="client", key__regex=r"^[0-9A-Z]{18}$").values_list("key")[0][
        0
    ]
    firm = town.organisation("示例安全服务有限公司", code, proven=True)
    accounts = {name: town.person(name) for name in ("he", "wang", "liu", "wu", "an")}
    town.assign(accounts["he"], body, "contract-officer", SCHEME)
    town.assign(accounts["an"], other, "contract-officer", SCHEME)
    for name in ("wang", "liu"):
        town.employ(accounts[name], firm)
    town.employ(accounts["wu"], town.organisation("乙公司", town.CODES[2], proven=True))
    staff, client, colleague, stranger, other_staff = (browser(account) for account in accounts.values())
    return Place(body, firm, staff, client, colleague, stranger, other_staff, accounts)
