"""recipients: whom a role means for a dossier on a day; nobody who may not know of it, nobody twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hefu.notices.recipients import recipients
from hefu.people.models import Account, Assignment, Body, Delegation, Employment, Offer
from tests.notices.office import BEFORE, BODY, DAY, LAB_LIFE, LAB_SCHEME, LIFE, Office, colleague, office, organisation

if TYPE_CHECKING:
    from datetime import date

pytestmark = pytest.mark.usefixtures("site")

FIRST = LIFE.steps[0].on


def told(made: Office, *roles: str, case: str = "initial-1", on: date = FIRST, act: str = "") -> list[str]:
    held, _ = made.store.load("d-1")
    return [account.key for account in recipients(held, roles, case, on, act)]


def test_a_role_of_the_body_means_whoever_holds_it() -> None:
    made = office(steps=1)
    assert told(made, "planner") == ["pan"]
    colleague("other", "planner")
    assert told(made, "planner") == ["pan", "other"]


def test_a_role_that_is_over_or_has_not_begun_means_nobody() -> None:
    made = office(steps=1)
    Assignment.objects.filter(account__key="pan").update(until=FIRST - DAY)
    colleague("later", "planner", since=FIRST + DAY)
    assert told(made, "planner") == []


def test_whoever_has_taken_part_in_the_case_is_told_and_not_the_others() -> None:
    made = office()
    colleague("other", "planner")
    assert told(made, "planner") == ["pan"]


def test_whoever_is_away_is_told_together_with_the_deputy() -> None:
    made = office()
    deputy = colleague("deputy", "scheme-manager")
    Delegation.objects.create(
        absent=made.people["pan"], deputy=deputy, body_id=BODY, since=FIRST, until=FIRST + DAY, reason="leave"
    )
    assert told(made, "planner") == ["pan", "deputy"]
    assert told(made, "planner", on=FIRST + 2 * DAY) == ["pan"]


def test_a_role_from_outside_means_the_people_of_the_party() -> None:
    made = office(steps=1)
    stranger = Account.objects.create_user("stranger@example.org", key="stranger")
    Employment.objects.create(
        account=stranger, organisation=organisation("别的公司", "91130100MA0DATA443"), since=BEFORE
    )
    second = Account.objects.create_user("second@example.org", key="second")
    Employment.objects.create(
        account=second, organisation=made.people["wang"].employments.get().organisation, since=BEFORE
    )
    assert told(made, "client") == ["wang", "second"]


def test_a_laboratory_is_known_by_the_name_that_the_case_gives() -> None:
    made = office(LAB_LIFE, LAB_SCHEME, steps=12)
    assert told(made, "lab", on=LAB_LIFE.steps[0].on) == ["lab"]


def test_a_case_without_a_party_of_its_own_means_that_of_the_dossier() -> None:
    assert told(office(), "client", case="surveillance-2") == ["wang"]


def test_an_organisation_that_only_claims_its_code_is_told_of_its_own_case() -> None:
    made = office(steps=1)
    held = made.people["wang"].employments.get().organisation
    held.proven = False
    held.save()
    other = Account.objects.create_user("other@example.org", key="other")
    Employment.objects.create(account=other, organisation=held, since=BEFORE)
    assert told(made, "client") == ["wang"], "who filed it may know of it; who only claims the code may not"


def test_nobody_is_told_who_is_barred_from_the_act_that_is_owed() -> None:
    made = office()
    everybody = told(made, "decision-maker", case="", act="")
    able = told(made, "decision-maker", case="", act="certificate.suspend")
    assert set(everybody) == {"sun", "qian"}
    assert set(able) <= set(everybody)
    assert able


def test_if_all_are_barred_all_are_told_for_somebody_must_know() -> None:
    made = office(steps=40)
    Assignment.objects.exclude(account__key="sun").filter(role="decision-maker").delete()
    assert told(made, "decision-maker", act="initial.grant") == ["sun"]


def test_a_closed_account_is_told_nothing() -> None:
    made = office(steps=1)
    Account.objects.filter(key="pan").update(is_active=False)
    assert told(made, "planner") == []


def test_people_of_another_body_are_told_nothing() -> None:
    made = office(steps=1)
    other = Body.objects.create(slug="body-2", name="另一中心")
    Offer.objects.create(body=other, scheme="wal-qp-21")
    stranger = Account.objects.create_user("stranger@example.org", key="stranger")
    Assignment.objects.create(account=stranger, body=other, role="planner", since=BEFORE)
    assert told(made, "planner") == ["pan"]


def test_nobody_is_meant_by_no_role() -> None:
    assert told(office(steps=1)) == []
