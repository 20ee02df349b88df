"""An office for tests: the people of a life as accounts of a body and of organisations, and its dossier in a store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from hefu.dossiers.history import since
from hefu.dossiers.laws import Laws
from hefu.dossiers.outcome import When
from hefu.dossiers.store import Store
from hefu.people.around import around
from hefu.people.models import Account, Assignment, Body, Employment, Offer, Organisation, Standing
from hefu.people.roles import inside, outside
from tests.conftest import ROOT
from tests.dossiers.lives import life, live

if TYPE_CHECKING:
    from hefu.rules.events import Event
    from hefu.rules.view import Actor
    from tests.dossiers.lives import Life

SCHEME = "wal-qp-21"
LIFE = life(ROOT / "schemes/wal-qp-21/2.0", "a-whole-life")
LAB_SCHEME = "nfcc-ir-000-01"
LAB_LIFE = life(ROOT / "schemes/nfcc-ir-000-01/2.0", "a-whole-life")
BODY = "body-1"
"""The body for which lives are lived (tests/dossiers/lives.py)."""
BEFORE = date(2020, 1, 1)
LAWS = Laws()
AT = datetime(2026, 11, 21, 0, 30, tzinfo=UTC)
LAB_CODE = "91310000MA1FL0AA7E"


def when(on: date, at: datetime = AT) -> When:
    return When(on, at)


class Office(NamedTuple):
    """A store, and the accounts of everybody in a life by their keys."""

    store: Store
    told: Life
    people: dict[str, Account]

    def event(self, kind: str, nth: int = 0, dossier: str = "d-1") -> tuple[int, Event]:
        """The number of an event of a kind in a journal, and the event."""
        found = [item for item in since(self.store, dossier, 0) if item.event.type == kind]
        return found[nth].number, found[nth].event


def office(told: Life = LIFE, scheme: str = SCHEME, steps: int = 1_000, dossier: str = "d-1") -> Office:
    """The body with its people and organisations, and one dossier that has lived so many steps."""
    body = Body.objects.create(slug=BODY, name="示例认证中心", name_en="Example Certification")
    Offer.objects.create(body=body, scheme=scheme)
    people = {key: _account(key, person, body, scheme) for key, person in told.people.items()}
    store = Store(laws=LAWS, around=lambda name, which: around(name, which, told.steps[-1].on))
    if steps:
        live(store, told, dossier, steps)
    return Office(store, told, people)


def _account(key: str, person: Actor, body: Body, scheme: str) -> Account:
    account = Account.objects.create_user(f"{key}@example.org", "tally-fits-tally", key=key, name=key)
    for role in person.roles & inside(scheme):
        Assignment.objects.create(account=account, body=body, scheme=scheme, role=role, since=BEFORE)
    if person.organisation:
        where = organisation(person.organisation["name"], person.organisation.get("uscc", LAB_CODE))
        Employment.objects.create(account=account, organisation=where, since=BEFORE)
        for role in person.roles - outside(scheme, frozenset()) - inside(scheme):
            Standing.objects.create(organisation=where, body=body, scheme=scheme, role=role, since=BEFORE)
    return account


def organisation(name: str, code: str) -> Organisation:
    return Organisation.objects.get_or_create(uscc=code, defaults={"name": name})[0]


def colleague(key: str, role: str, since: date = BEFORE) -> Account:
    """One more person of the body with a role, who has taken part in nothing."""
    account = Account.objects.create_user(f"{key}@example.org", "tally-fits-tally", key=key, name=key)
    Assignment.objects.create(account=account, body_id=BODY, role=role, since=since)
    return account


DAY = timedelta(days=1)
