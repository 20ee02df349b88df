"""invitations: good once, for fourteen days, for one address, and as long as the sender could send them again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from hefu.people import invitations
from hefu.people.actor import actor
from hefu.people.models import Account, Body, Employment, Invitation
from hefu.people.organisations import is_manager
from tests.people import town
from tests.people.town import BODY, DAY, ONE, SCHEME

pytestmark = pytest.mark.usefixtures("sites")
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
PLANNER = (SCHEME, "planner")


def invite(body: Body, by: Account, **more: object) -> tuple[Invitation, str]:
    return invitations.invite_to_body("Lin@Example.org ", body, [PLANNER], by, NOW, DAY, **more)  # type: ignore[arg-type]


def test_accepting_gives_the_roles_from_today_in_the_name_of_the_sender() -> None:
    body = town.body()
    an, lin = town.administrator("an", body), town.person("lin")
    _, secret = invite(body, an)
    invitations.accept(secret, lin, NOW, DAY)
    assert actor(lin, BODY, SCHEME, DAY).roles == {"planner"}
    assert lin.assignments.get().by == an


def test_roles_may_begin_and_end_later() -> None:
    body = town.body()
    an, lin = town.administrator("an", body), town.person("lin")
    _, secret = invite(body, an, since=DAY + ONE, until=DAY + ONE)
    invitations.accept(secret, lin, NOW, DAY)
    found = [actor(lin, BODY, SCHEME, DAY + n * ONE).roles for n in (0, 1, 2)]
    assert found == [frozenset(), {"planner"}, frozenset()]


def test_the_secret_is_kept_nowhere() -> None:
    body = town.body()
    held, secret = invite(body, town.administrator("an", body))
    held.refresh_from_db()
    assert secret not in repr(held.__dict__)
    assert len(secret) >= 43


def test_an_invitation_is_good_once() -> None:
    body = town.body()
    lin = town.person("lin")
    _, secret = invite(body, town.administrator("an", body))
    invitations.accept(secret, lin, NOW, DAY)
    with pytest.raises(ValidationError, match="no longer good"):
        invitations.accept(secret, lin, NOW, DAY)
    assert lin.assignments.count() == 1


@pytest.mark.parametrize(("passed", "good"), [(timedelta(days=14, seconds=-1), True), (timedelta(days=14), False)])
def test_an_invitation_is_good_for_fourteen_days(passed: timedelta, good: bool) -> None:
    body = town.body()
    _, secret = invite(body, town.administrator("an", body))
    assert (invitations.found(secret, NOW + passed, DAY) is not None) is good


@pytest.mark.parametrize("secret", ["", "guess", "x" * 43])
def test_a_wrong_secret_opens_nothing(secret: str) -> None:
    body = town.body()
    invite(body, town.administrator("an", body))
    with pytest.raises(ValidationError, match="no longer good"):
        invitations.accept(secret, town.person("lin"), NOW, DAY)


def test_an_invitation_is_good_only_for_the_address_that_it_was_sent_to() -> None:
    body = town.body()
    _, secret = invite(body, town.administrator("an", body))
    with pytest.raises(ValidationError, match="another address"):
        invitations.accept(secret, town.person("wei"), NOW, DAY)


def test_a_withdrawn_invitation_is_no_longer_good() -> None:
    body = town.body()
    an = town.administrator("an", body)
    held, secret = invite(body, an)
    invitations.withdraw(held, an, NOW, DAY)
    assert invitations.found(secret, NOW, DAY) is None
    with pytest.raises(ValidationError, match="no longer open"):
        invitations.withdraw(held, an, NOW, DAY)


def test_an_invitation_dies_with_the_senders_right_to_send_it() -> None:
    body = town.body()
    an = town.administrator("an", body)
    _, secret = invite(body, an)
    assert invitations.found(secret, NOW, DAY) is not None
    an.assignments.update(until=DAY - ONE)
    assert invitations.found(secret, NOW, DAY) is None


def test_an_operator_invites_the_first_administrator_of_a_body_and_to_nothing_else() -> None:
    body, op, an = town.body(), town.person("op", operator=True), town.person("an")
    _, secret = invitations.invite_to_body("an@example.org", body, [("", "administrator")], op, NOW, DAY)
    invitations.accept(secret, an, NOW, DAY)
    assert an.assignments.get().role == "administrator"
    with pytest.raises(ValidationError, match="cannot invite"):
        invite(body, op)


def test_an_administrator_of_another_body_cannot_invite() -> None:
    body = town.body()
    with pytest.raises(ValidationError, match="cannot invite"):
        invite(body, town.administrator("an", town.body("nandou")))


def test_a_manager_invites_to_their_organisation_and_others_do_not() -> None:
    ke, lin, wu = town.person("ke"), town.person("lin"), town.person("wu")
    firm = town.organisation("甲公司")
    town.employ(ke, firm, manager=True)
    town.employ(wu, firm)
    _, secret = invitations.invite_to_organisation("lin@example.org", firm, ke, NOW, DAY, manager=True)
    invitations.accept(secret, lin, NOW, DAY)
    assert is_manager(lin, firm, DAY)
    with pytest.raises(ValidationError, match="cannot invite"):
        invitations.invite_to_organisation("x@example.org", firm, wu, NOW, DAY)
    assert Employment.objects.count() == 3
