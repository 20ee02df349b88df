"""A small town for tests: two bodies, their people, organisations outside, and ties with their days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hefu.people.models import (
    Account,
    Assignment,
    Body,
    Competence,
    Delegation,
    Employment,
    Interest,
    Offer,
    Organisation,
    Standing,
)
from hefu.people.roles import ADMINISTRATOR

if TYPE_CHECKING:
    from typing import Any

DAY = date(2026, 11, 20)
BEFORE = date(2026, 1, 1)
ONE = timedelta(days=1)
SCHEME, LIST = "nfcc-ir-000-01", "hbfma-2023-15"
BODY, OTHER = "beichen", "nandou"
CODES = ("91310000MA1FL0AA7E", "91130100MA0BANK01N", "91130100MA0DATA443", "91130100MA0BANK02R")
PASSWORD = "tally-fits-tally-2026"  # noqa: S105 - of nobody


def body(slug: str = BODY, *schemes: str, facts: dict[str, Any] | None = None) -> Body:
    """A body that operates these schemes (one, where none is named)."""
    made = Body.objects.create(slug=slug, name=f"{slug}认证中心", name_en=slug.title())
    for scheme in schemes or (SCHEME,):
        Offer.objects.create(body=made, scheme=scheme, facts=facts or {})
    return made


def person(name: str, **more: Any) -> Account:  # noqa: ANN401 - fields of the account
    """An account whose address is made of the name."""
    return Account.objects.create_user(f"{name}@example.org", PASSWORD, name=name, **more)


def assign(  # noqa: PLR0913 - a tie and its days
    account: Account, where: Body, role: str, scheme: str = "", since: date = BEFORE, until: date | None = None
) -> Assignment:
    return Assignment.objects.create(account=account, body=where, role=role, scheme=scheme, since=since, until=until)


def administrator(name: str, where: Body, since: date = BEFORE) -> Account:
    found = person(name)
    assign(found, where, ADMINISTRATOR, since=since)
    return found


def organisation(name: str, code: str = CODES[1], **more: Any) -> Organisation:  # noqa: ANN401 - fields of it
    return Organisation.objects.create(name=name, uscc=code, **more)


def employ(
    account: Account, where: Organisation, since: date = BEFORE, until: date | None = None, *, manager: bool = False
) -> Employment:
    return Employment.objects.create(account=account, organisation=where, since=since, until=until, manager=manager)


def stand(  # noqa: PLR0913 - a tie and its days
    who: Organisation, where: Body, role: str, scheme: str = "", since: date = BEFORE, until: date | None = None
) -> Standing:
    return Standing.objects.create(organisation=who, body=where, role=role, scheme=scheme, since=since, until=until)


def competent(account: Account, where: Body, field: str, since: date = BEFORE, until: date | None = None) -> Competence:
    return Competence.objects.create(account=account, body=where, field=field, since=since, until=until)


def interest(account: Account, subject: str, since: date = BEFORE, until: date | None = None) -> Interest:
    return Interest.objects.create(account=account, subject=subject, nature="shares", since=since, until=until)


def away(absent: Account, deputy: Account, where: Body, since: date, until: date) -> Delegation:
    return Delegation.objects.create(absent=absent, deputy=deputy, body=where, since=since, until=until, reason="leave")
