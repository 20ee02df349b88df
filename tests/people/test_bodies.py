"""bodies: made with their schemes; roles are given for days to come, and the last administrator stays."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from hefu.people import bodies
from hefu.people.actor import actor
from hefu.people.models import Account, Assignment, Body, Offer
from tests.people import town
from tests.people.town import BODY, DAY, ONE, SCHEME

pytestmark = pytest.mark.usefixtures("sites")


def give(account: Account, body: Body, by: Account, *roles: tuple[str, str], **days: object) -> list[Assignment]:
    return bodies.assign(account, body, roles, days.pop("since", DAY), by, DAY, **days)  # type: ignore[arg-type]


def test_a_body_is_made_with_the_schemes_that_it_operates() -> None:
    bodies.create("beichen", "北辰认证", [SCHEME])
    assert list(Offer.objects.values_list("body", "scheme", "open")) == [("beichen", SCHEME, True)]


@pytest.mark.parametrize("slug", ["beichen", "new"])
def test_a_short_name_that_is_taken_or_that_addresses_use_is_refused(slug: str) -> None:
    town.body()
    with pytest.raises(ValidationError, match="taken"):
        bodies.create(slug, "另一家", [])


def test_a_role_given_today_holds_today_and_says_who_gave_it() -> None:
    body = town.body()
    an, lin = town.administrator("an", body), town.person("lin")
    (tie,) = give(lin, body, an, (SCHEME, "planner"))
    assert actor(lin, BODY, SCHEME, DAY).roles == {"planner"}
    assert tie.by == an


def test_a_role_that_somebody_holds_for_good_is_not_given_twice() -> None:
    body = town.body()
    an, lin = town.administrator("an", body), town.person("lin")
    town.assign(lin, body, "planner", SCHEME)
    assert give(lin, body, an, (SCHEME, "planner")) == []


@pytest.mark.parametrize(
    "pair", [(SCHEME, "client"), (SCHEME, "no-such-role"), ("no-such-scheme", "planner"), ("", "x")]
)
def test_what_the_body_does_not_give_cannot_be_given(pair: tuple[str, str]) -> None:
    body = town.body()
    an = town.administrator("an", body)
    with pytest.raises(ValidationError, match="does not give"):
        give(an, body, an, pair)


def test_no_role_is_given_for_days_that_are_over_nor_with_its_end_before_its_beginning() -> None:
    body = town.body()
    an = town.administrator("an", body)
    with pytest.raises(ValidationError, match="days that are over"):
        give(an, body, an, (SCHEME, "planner"), since=DAY - ONE)
    with pytest.raises(ValidationError, match="before the first"):
        give(an, body, an, (SCHEME, "planner"), until=DAY - ONE)


def test_a_role_ended_yesterday_is_gone_at_once_and_its_tie_stays() -> None:
    body = town.body()
    an, lin = town.administrator("an", body), town.person("lin")
    tie = town.assign(lin, body, "planner")
    bodies.release(tie, DAY - ONE, an, DAY)
    assert actor(lin, BODY, SCHEME, DAY).roles == frozenset()
    assert actor(lin, BODY, SCHEME, DAY - ONE).roles == {"planner"}
    tie.refresh_from_db()
    assert tie.ended_by == an


def test_nothing_ends_before_yesterday_and_nothing_ends_twice() -> None:
    body = town.body()
    an, lin = town.administrator("an", body), town.person("lin")
    tie = town.assign(lin, body, "planner")
    with pytest.raises(ValidationError, match="stays as it was"):
        bodies.release(tie, DAY - 2 * ONE, an, DAY)
    bodies.release(tie, DAY - ONE, an, DAY)
    with pytest.raises(ValidationError, match="already"):
        bodies.release(tie, DAY, an, DAY)


def test_the_last_administrator_cannot_go_before_another_one_is_there_for_good() -> None:
    body = town.body()
    an, lin = town.administrator("an", body), town.person("lin")
    town.assign(lin, body, "administrator", until=DAY + ONE)
    tie = an.assignments.get()
    with pytest.raises(ValidationError, match="last administrator"):
        bodies.release(tie, DAY, an, DAY)
    town.assign(lin, body, "administrator")
    bodies.release(tie, DAY, an, DAY)
