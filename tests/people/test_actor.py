"""actor: who somebody is on one day: roles with their edges, delegation, organisation, competence, interests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hefu.people.actor import actor, actors
from tests.people import town
from tests.people.town import BODY, CODES, DAY, LIST, ONE, SCHEME

if TYPE_CHECKING:
    from datetime import date

    from hefu.people.models import Account

pytestmark = pytest.mark.usefixtures("sites")


def roles(account: Account, on: date = DAY, body: str = BODY, scheme: str = SCHEME) -> set[str]:
    return set(actor(account, body, scheme, on).roles)


def test_a_role_holds_from_its_first_day_to_its_last_and_on_no_other() -> None:
    lin = town.person("lin")
    town.assign(lin, town.body(), "planner", since=DAY, until=DAY + ONE)
    found = [roles(lin, DAY + n * ONE) for n in (-1, 0, 1, 2)]
    assert found == [set(), {"planner"}, {"planner"}, set()]


def test_a_role_for_one_scheme_holds_for_no_other_and_one_for_all_for_each_that_knows_it() -> None:
    lin, body = town.person("lin"), town.body(BODY, SCHEME, LIST)
    town.assign(lin, body, "committee", LIST)
    town.assign(lin, body, "planner")
    assert roles(lin) == {"planner"}
    assert roles(lin, scheme=LIST) == {"committee"}


def test_a_role_of_one_body_is_none_in_another() -> None:
    lin = town.person("lin")
    town.assign(lin, town.body(), "planner")
    town.body("nandou")
    assert roles(lin, body="nandou") == set()


def test_an_administrator_has_no_role_of_the_scheme_by_that() -> None:
    assert roles(town.administrator("an", town.body())) == set()


def test_a_role_from_outside_is_never_held_by_assignment() -> None:
    lin = town.person("lin")
    town.assign(lin, town.body(), "client")
    assert roles(lin) == set()


def test_a_deputy_holds_the_roles_of_the_absent_for_exactly_the_days_of_absence_under_their_own_key() -> None:
    lin, wei, body = town.person("lin"), town.person("wei"), town.body()
    town.assign(lin, body, "report-reviewer")
    town.assign(wei, body, "planner")
    town.away(lin, wei, body, DAY, DAY + ONE)
    found = [roles(wei, DAY + n * ONE) for n in (-1, 0, 1, 2)]
    assert found == [{"planner"}, {"planner", "report-reviewer"}, {"planner", "report-reviewer"}, {"planner"}]
    assert actor(wei, BODY, SCHEME, DAY).id == wei.key
    assert roles(lin) == {"report-reviewer"}


def test_a_deputy_gets_no_more_than_the_absent_person_holds_on_the_day() -> None:
    lin, wei, body = town.person("lin"), town.person("wei"), town.body()
    town.assign(lin, body, "report-reviewer", until=DAY)
    town.assign(wei, body, "planner")
    town.away(lin, wei, body, DAY, DAY + ONE)
    assert roles(wei, DAY + ONE) == {"planner"}


def test_what_a_deputy_holds_by_delegation_is_not_passed_on() -> None:
    lin, wei, zhao, body = town.person("lin"), town.person("wei"), town.person("zhao"), town.body()
    for one, role in ((lin, "director"), (wei, "planner"), (zhao, "auditor")):
        town.assign(one, body, role)
    town.away(lin, wei, body, DAY, DAY)
    town.away(wei, zhao, body, DAY, DAY)
    assert roles(zhao) == {"auditor", "planner"}


def test_somebody_who_has_left_the_body_deputises_for_nobody() -> None:
    lin, wei, body = town.person("lin"), town.person("wei"), town.body()
    town.assign(lin, body, "director")
    town.assign(wei, body, "planner", until=DAY - ONE)
    town.away(lin, wei, body, DAY, DAY)
    assert roles(wei) == set()


def test_a_closed_account_holds_no_role_and_gives_none() -> None:
    lin, wei, body = town.person("lin", is_active=False), town.person("wei"), town.body()
    town.assign(lin, body, "director")
    town.assign(wei, body, "planner")
    town.away(lin, wei, body, DAY, DAY)
    assert roles(lin) == set()
    assert roles(wei) == {"planner"}


def test_any_organisation_may_act_in_an_open_role_and_says_which_it_is() -> None:
    town.body()
    ke = town.person("ke")
    town.employ(ke, town.organisation("冀示数安科技有限公司"), since=DAY)
    found = actor(ke, BODY, SCHEME, DAY)
    assert found.roles == {"client"}
    assert found.organisation == {"name": "冀示数安科技有限公司", "uscc": CODES[1]}
    assert actor(ke, BODY, SCHEME, DAY - ONE).organisation == {}
    assert roles(ke, DAY - ONE) == set()


def test_a_role_that_is_not_open_needs_a_standing_with_the_body_on_the_day() -> None:
    body, ke = town.body(), town.person("ke")
    lab = town.organisation("示例检测技术有限公司")
    town.employ(ke, lab)
    town.stand(lab, body, "lab", SCHEME, since=DAY, until=DAY)
    found = [roles(ke, DAY + n * ONE) for n in (-1, 0, 1)]
    assert found == [{"client"}, {"client", "lab"}, {"client"}]


def test_who_has_several_organisations_acts_for_the_first_unless_another_is_chosen() -> None:
    town.body()
    ke, first, second = town.person("ke"), town.organisation("甲公司"), town.organisation("乙公司", CODES[2])
    town.employ(ke, second, since=DAY)
    town.employ(ke, first, since=DAY - ONE)
    assert actor(ke, BODY, SCHEME, DAY).organisation["name"] == "甲公司"
    assert actor(ke, BODY, SCHEME, DAY, second).organisation["name"] == "乙公司"


def test_an_organisation_for_which_somebody_may_not_act_counts_as_none() -> None:
    town.body()
    ke, other = town.person("ke"), town.organisation("乙公司")
    town.employ(ke, town.organisation("甲公司", CODES[2]))
    found = actor(ke, BODY, SCHEME, DAY, other)
    assert (found.roles, found.organisation) == (frozenset(), {})


def test_only_competence_that_holds_and_that_this_body_has_found_is_passed() -> None:
    lin, body, other = town.person("lin"), town.body(), town.body("nandou")
    town.competent(lin, body, "network", until=DAY)
    town.competent(lin, body, "payment", until=DAY - ONE)
    town.competent(lin, body, "cloud", since=DAY + ONE)
    town.competent(lin, body, "data")
    town.competent(lin, other, "crypto")
    assert actor(lin, BODY, SCHEME, DAY).competence == ({"field": "data"}, {"field": "network", "until": DAY})


def test_who_is_not_in_the_register_is_competent_in_nothing_rather_than_unknown() -> None:
    town.body()
    assert actor(town.person("lin"), BODY, SCHEME, DAY).competence == ()


def test_an_interest_lasts_through_its_cooling_off_and_stands_for_name_and_code() -> None:
    town.body()
    lin = town.person("lin")
    town.organisation("甲公司", CODES[2])
    town.interest(lin, "甲公司", until=DAY)
    town.interest(lin, "老同学的公司")
    assert actor(lin, BODY, SCHEME, DAY).interests == {"甲公司", CODES[2], "老同学的公司"}
    assert actor(lin, BODY, SCHEME, DAY + ONE).interests == {"老同学的公司"}


def test_a_person_of_the_body_has_an_interest_in_an_organisation_for_which_they_act_but_not_in_the_body() -> None:
    body = town.body()
    lin, ke = town.person("lin"), town.person("ke")
    firm, itself = town.organisation("甲公司", CODES[2]), town.organisation(body.name, CODES[1])
    town.assign(lin, body, "planner")
    for account in (lin, ke):
        town.employ(account, firm)
    town.employ(lin, itself)
    assert {"甲公司", CODES[2]} <= actor(lin, BODY, SCHEME, DAY).interests
    assert body.name not in actor(lin, BODY, SCHEME, DAY).interests
    assert actor(ke, BODY, SCHEME, DAY).interests == frozenset()


def test_many_people_at_once_are_the_same_as_each_alone() -> None:
    body = town.body()
    lin, wei = town.person("lin"), town.person("wei")
    town.assign(lin, body, "director")
    town.assign(wei, body, "planner")
    town.away(lin, wei, body, DAY, DAY)
    town.competent(lin, body, "network")
    town.interest(wei, "甲公司")
    together = actors([lin, wei], BODY, SCHEME, DAY)
    assert together == {one.key: actor(one, BODY, SCHEME, DAY) for one in (lin, wei)}
