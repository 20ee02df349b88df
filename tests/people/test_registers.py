"""Registers of a body, interests and absences: what may be entered, what not, and how it ends."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from hefu.people import absences, interests, registers
from hefu.people.actor import actor
from hefu.people.models import Organisation
from tests.people import town
from tests.people.town import BODY, CODES, DAY, LIST, ONE, SCHEME

pytestmark = pytest.mark.usefixtures("sites")


def test_competence_is_entered_with_its_registration_and_days() -> None:
    body, lin = town.body(), town.person("lin")
    an = town.administrator("an", body)
    registers.find_competent(lin, body, "network", DAY, an, level="lead", registration="R-1", until=DAY + ONE)
    assert actor(lin, BODY, SCHEME, DAY).competence == (
        {"field": "network", "level": "lead", "until": DAY + ONE, "registration": "R-1"},
    )


def test_standings_are_those_roles_of_the_bodys_schemes_that_are_not_open() -> None:
    assert set(registers.standing_roles(town.body(BODY, SCHEME, LIST))) == {(SCHEME, "lab"), (LIST, "member")}


def test_an_organisation_that_nobody_has_registered_is_registered_with_its_standing() -> None:
    body = town.body()
    registers.grant_standing(body, CODES[2], "示例检测", (SCHEME, "lab"), DAY, town.administrator("an", body))
    made = Organisation.objects.get(uscc=CODES[2])
    assert (made.name, made.proven, made.employments.count()) == ("示例检测", False, 0)


def test_a_standing_is_refused_for_another_name_for_a_role_without_standing_and_twice() -> None:
    body = town.body()
    an = town.administrator("an", body)
    town.organisation("示例检测", CODES[2])
    registers.grant_standing(body, CODES[2], "示例检测", (SCHEME, "lab"), DAY, an)
    with pytest.raises(ValidationError, match="示例检测 is registered"):
        registers.grant_standing(body, CODES[2], "另一家", (SCHEME, "lab"), DAY, an)
    with pytest.raises(ValidationError, match="has this role for organisations"):
        registers.grant_standing(body, CODES[2], "示例检测", (SCHEME, "client"), DAY, an)
    with pytest.raises(ValidationError, match="already"):
        registers.grant_standing(body, CODES[2], "示例检测", (SCHEME, "lab"), DAY, an)


def test_an_interest_that_has_ceased_counts_through_its_cooling_off() -> None:
    town.body()
    lin = town.person("lin")
    held = interests.declare(lin, "甲公司", "shares", DAY - 9 * ONE, DAY)
    interests.cease(held, DAY - ONE, DAY + 2 * ONE, lin, DAY)
    found = [bool(actor(lin, BODY, SCHEME, DAY + n * ONE).interests) for n in (0, 2, 3)]
    assert found == [True, True, False]
    with pytest.raises(ValidationError, match="already"):
        interests.cease(held, DAY, DAY, lin, DAY)


def test_an_interest_cannot_be_undone_for_days_that_are_over_nor_declared_for_days_to_come() -> None:
    lin = town.person("lin")
    held = interests.declare(lin, "甲公司", "shares", DAY - 9 * ONE, DAY)
    with pytest.raises(ValidationError, match="decided"):
        interests.cease(held, DAY - 3 * ONE, DAY - ONE, lin, DAY)
    with pytest.raises(ValidationError, match="once it has ceased"):
        interests.cease(held, DAY + ONE, DAY + ONE, lin, DAY)
    with pytest.raises(ValidationError, match="once there is one"):
        interests.declare(lin, "乙公司", "shares", DAY + ONE, DAY)


def test_an_absence_names_a_deputy_of_the_same_body_for_days_to_come() -> None:
    body, other = town.body(), town.body("nandou")
    lin, wei, wu = town.person("lin"), town.person("wei"), town.person("wu")
    for one, where in ((lin, body), (wei, body), (wu, other)):
        town.assign(one, where, "planner")
    absences.delegate(lin, wei, body, DAY, DAY + ONE, "leave", DAY)
    for deputy, since, why in (
        (lin, DAY + 5 * ONE, "themselves"),
        (wu, DAY + 5 * ONE, "Both must have a role"),
        (wei, DAY - ONE, "Days that are over"),
        (wei, DAY + ONE, "a deputy already"),
    ):
        with pytest.raises(ValidationError, match=why):
            absences.delegate(lin, deputy, body, since, DAY + 6 * ONE, "leave", DAY)
