"""The cast: bodies, organisations and people of the demonstration become rows, with ties that began years ago."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from hefu.people.models import (
    Account,
    Assignment,
    Body,
    Competence,
    Employment,
    Interest,
    Offer,
    Organisation,
    Standing,
)  # fmt: skip

YEARS = timedelta(days=12 * 366)
"""How long ago everybody took up what they do: before the oldest act of any dossier."""
MAIL = "demo.invalid"
"""No mail can reach anybody: the domain is reserved for that (RFC 2606)."""


class Cast(NamedTuple):
    """Who there is, by the names that cast.yaml gives them."""

    accounts: dict[str, Account]
    organisations: dict[str, Organisation]
    roles: dict[str, tuple[str, frozenset[str]]]
    """For the people of a body: which body, and their roles in it."""


@cache
def read(name: str) -> Any:  # noqa: ANN401 - the data of a file of the demonstration
    """A data file that lies beside this one."""
    return YAML(typ="safe").load((files("hefu.demo") / name).read_text(encoding="utf-8"))


def settle(today: date) -> Cast:
    """Make everybody, as of long before `today`."""
    told, since = read("cast.yaml"), today - YEARS
    organisations = {key: Organisation.objects.create(**known) for key, known in told["organisations"].items()}
    for slug, body in told["bodies"].items():
        made = Body.objects.create(slug=slug, name=body["name"], name_en=body["name_en"], contact=body["contact"])
        Offer.objects.bulk_create(
            Offer(body=made, scheme=scheme, facts=facts) for scheme, facts in body["offers"].items()
        )
    Standing.objects.bulk_create(
        Standing(organisation=organisations[row["organisation"]], body_id=row["body"], role=row["role"], since=since)
        for row in told["standings"]
    )
    accounts = {key: _person(key, known, organisations, since) for key, known in told["people"].items()}
    roles = {
        key: (known["body"], frozenset(known["roles"])) for key, known in told["people"].items() if "body" in known
    }
    return Cast(accounts, organisations, roles)


def _person(key: str, known: dict[str, Any], organisations: dict[str, Organisation], since: date) -> Account:
    """One person with all that ties them; they have no password, the demonstration signs them in itself."""
    account = Account.objects.create_user(
        f"{key}@{MAIL}", name=known["name"], operator=known.get("operator", False), key=f"demo-{key}"
    )
    if "of" in known:
        held = organisations[known["of"]]
        Employment.objects.create(account=account, organisation=held, manager=True, since=since)
    for role in known.get("roles", ()):
        Assignment.objects.create(account=account, body_id=known["body"], role=role, since=since)
    for field in known.get("competence", ()):
        Competence.objects.create(account=account, body_id=known["body"], field=field, since=since)
    for subject in known.get("interests", ()):
        Interest.objects.create(account=account, subject=subject, nature="持有股份", since=since)
    return account
