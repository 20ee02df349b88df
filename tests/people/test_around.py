"""around: the facts and the people of a body on a day, in as many queries for many people as for one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefu.people import facts
from hefu.people.around import around
from tests.people import town
from tests.people.town import BODY, CODES, DAY, ONE, SCHEME

if TYPE_CHECKING:
    from hefu.people.models import Body

pytestmark = pytest.mark.usefixtures("sites")


def test_everybody_who_has_a_tie_with_the_body_on_the_day_is_there_and_nobody_else() -> None:
    body, other = town.body(), town.body("nandou")
    lin, wei, zhao, ke = (town.person(name) for name in ("lin", "wei", "zhao", "ke"))
    town.assign(lin, body, "planner")
    town.assign(wei, body, "planner", until=DAY - ONE)
    town.assign(zhao, other, "planner")
    assert set(around(BODY, SCHEME, DAY).people) == {lin.key}
    assert set(around(BODY, SCHEME, DAY, {ke.key}).people) == {lin.key, ke.key}


def test_somebody_with_two_roles_is_one_person() -> None:
    body, lin = town.body(), town.person("lin")
    town.assign(lin, body, "planner")
    town.assign(lin, body, "director")
    assert [person.roles for person in around(BODY, SCHEME, DAY).people.values()] == [{"planner", "director"}]


def test_facts_come_from_the_offer_with_days_as_days() -> None:
    kept = facts.written({"complaints": [{"uscc": "x", "raised": date(2026, 3, 1)}], "seriously_illegal": ("y",)})
    town.body(facts=kept)
    assert around(BODY, SCHEME, DAY).facts == {
        "complaints": [{"uscc": "x", "raised": date(2026, 3, 1)}],
        "seriously_illegal": ["y"],
    }


def test_a_fact_fed_by_a_standing_names_the_organisations_that_have_it_on_the_day() -> None:
    body = town.body(facts={"contracted_labs": {"$standing": "lab"}})
    town.stand(town.organisation("甲检测", CODES[1]), body, "lab")
    town.stand(town.organisation("乙检测", CODES[2]), body, "lab", SCHEME, until=DAY)
    town.stand(town.organisation("丙检测", CODES[3]), body, "lab", "another-scheme")
    assert set(around(BODY, SCHEME, DAY).facts["contracted_labs"]) == {"甲检测", "乙检测"}
    assert around(BODY, SCHEME, DAY + ONE).facts["contracted_labs"] == ["甲检测"]


def test_a_body_that_does_not_operate_the_scheme_has_no_facts() -> None:
    town.body()
    assert around(BODY, "another-scheme", DAY).facts == {}


def _crowd(body: Body, first: int, last: int) -> None:
    firm = town.organisation(f"公司{first}", CODES[first % 4])
    for number in range(first, last):
        one = town.person(f"person{number}")
        town.assign(one, body, "planner")
        town.employ(one, firm)
        town.competent(one, body, "network")
        town.interest(one, firm.name)
    town.away(one, town.person(f"deputy{first}"), body, DAY, DAY)


def test_the_number_of_queries_does_not_grow_with_the_people() -> None:
    body = town.body()
    counts = []
    for first, last in ((0, 2), (2, 40)):
        _crowd(body, first, last)
        with CaptureQueriesContext(connection) as seen:
            found = around(BODY, SCHEME, DAY)
        assert len(found.people) == last
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 11 + 2, "eleven, and the mark before and after them"
