"""seeing: which dossiers somebody may know of, by role, by being named, by their organisation; and who administers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hefu.people.seeing import managed, may_manage, reach, works_for
from tests.people import town
from tests.people.town import BODY, CODES, DAY, LIST, ONE, OTHER, SCHEME

if TYPE_CHECKING:
    from datetime import date

    from hefu.people.models import Account

pytestmark = pytest.mark.usefixtures("sites")


def sees(account: Account, *parties: str, on: date = DAY, body: str = BODY, scheme: str = SCHEME) -> bool:
    return reach(account, on).sees(body, scheme, parties)


def test_staff_see_every_dossier_of_the_schemes_of_their_role_and_no_other_bodys() -> None:
    lin, body = town.person("lin"), town.body(BODY, SCHEME, LIST)
    town.body(OTHER, SCHEME)
    town.assign(lin, body, "planner", SCHEME, until=DAY)
    assert sees(lin)
    assert not sees(lin, on=DAY + ONE)
    assert not sees(lin, scheme=LIST)
    assert not sees(lin, body=OTHER)


def test_a_role_for_all_schemes_reaches_each_that_knows_it() -> None:
    lin, body = town.person("lin"), town.body(BODY, SCHEME, LIST)
    town.assign(lin, body, "planner")
    assert reach(lin, DAY).whole == {(BODY, SCHEME)}


def test_an_auditor_sees_only_the_dossiers_in_which_they_are_named() -> None:
    lin = town.person("lin")
    town.assign(lin, town.body(), "auditor")
    assert not sees(lin, "somebody-else")
    assert sees(lin, lin.key)
    assert not sees(lin, lin.key, body=OTHER)


def test_an_auditor_whose_role_has_ended_sees_not_even_those() -> None:
    lin = town.person("lin")
    town.assign(lin, town.body(), "auditor", until=DAY - ONE)
    assert not sees(lin, lin.key)


def test_a_deputy_sees_what_the_absent_person_sees_for_the_days_of_absence() -> None:
    lin, wei, body = town.person("lin"), town.person("wei"), town.body()
    town.assign(lin, body, "auditor")
    town.assign(wei, body, "technical-expert")
    town.away(lin, wei, body, DAY, DAY)
    assert sees(wei, lin.key)
    assert not sees(wei, lin.key, on=DAY + ONE)
    assert not sees(wei, "somebody-else")


def test_an_administrator_and_an_operator_see_no_dossier_by_that() -> None:
    body = town.body()
    assert not sees(town.administrator("an", body), "x")
    assert not sees(town.person("op", operator=True), "x")


def test_people_of_an_organisation_see_the_dossiers_in_which_its_code_is_a_party_in_any_body() -> None:
    town.body()
    ke, wu = town.person("ke"), town.person("wu")
    firm = town.organisation("甲公司")
    town.employ(ke, firm, until=DAY)
    town.employ(wu, town.organisation("乙公司", CODES[2]))
    assert sees(ke, firm.uscc, body=OTHER)
    assert not sees(ke, firm.uscc, on=DAY + ONE)
    assert not sees(wu, firm.uscc)


def test_a_name_proves_nothing_without_a_standing_with_that_body() -> None:
    body = town.body()
    ke, lab = town.person("ke"), town.organisation("示例检测技术有限公司")
    town.employ(ke, lab)
    assert not sees(ke, lab.name)
    town.stand(lab, body, "lab", until=DAY)
    assert sees(ke, lab.name)
    assert not sees(ke, lab.name, on=DAY + ONE)
    assert not sees(ke, lab.name, body=OTHER)


def test_a_code_that_is_only_claimed_opens_no_dossier_but_ones_own() -> None:
    town.body()
    ke, colleague = town.person("ke"), town.person("colleague")
    firm = town.organisation("甲公司", proven=False)
    town.employ(ke, firm)
    town.employ(colleague, firm)
    assert not sees(ke, firm.uscc)
    assert sees(ke, firm.uscc, ke.key)
    assert not sees(colleague, firm.uscc, ke.key)
    assert not sees(ke, ke.key)


def test_a_closed_account_sees_nothing() -> None:
    lin = town.person("lin", is_active=False)
    town.assign(lin, town.body(), "planner")
    assert not sees(lin, lin.key)


def test_only_an_administrator_manages_a_body_and_only_on_their_days() -> None:
    body, other = town.body(), town.body(OTHER)
    an, lin = town.administrator("an", body, since=DAY), town.person("lin", operator=True)
    town.assign(lin, body, "director")
    town.assign(lin, body, "administrator", SCHEME)
    assert may_manage(an, BODY, DAY)
    assert managed(an, DAY) == [body]
    assert not may_manage(an, BODY, DAY - ONE)
    assert not may_manage(an, other.slug, DAY)
    assert not may_manage(lin, BODY, DAY)


def test_the_administrators_role_is_not_delegated() -> None:
    body = town.body()
    an, lin = town.administrator("an", body), town.person("lin")
    town.assign(lin, body, "planner")
    town.away(an, lin, body, DAY, DAY)
    assert not may_manage(lin, BODY, DAY)


def test_whoever_has_any_role_of_a_body_works_for_it() -> None:
    body, lin = town.body(), town.person("lin")
    town.assign(lin, body, "planner", until=DAY)
    assert works_for(lin, BODY, DAY)
    assert not works_for(lin, BODY, DAY + ONE)
