"""The numbers in the staff's navigation: what waits, told to whom it waits for, at the same cost however much it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.staff.crowd import fill
from tests.web.staff.place import client, settle

if TYPE_CHECKING:
    from hefu.people.models import Account

NUMBERS = re.compile(r'href="(/[^"]*)"[^>]*>(?:<svg.*?</svg>)?[^<]*<span>(\d+\+?)<span class="sr"> waiting</span>')


@pytest.fixture
def people(site: str) -> dict[str, Account]:  # noqa: ARG001 - the database first
    return settle()


def numbers(who: Account, path: str = "/figures/") -> dict[str, str]:
    """What stands beside the entries of the navigation, by address, for somebody on a page."""
    page = client(who).get(path).content.decode()
    side = re.search(r'<nav class="side".*?</nav>', page, re.DOTALL)
    assert side is not None
    return dict(NUMBERS.findall(side[0]))


def test_each_number_is_that_of_the_list_to_which_it_leads(people: dict[str, Account]) -> None:
    fill("wal", 240, people=(people["auditor"].key, "p-2"))
    for who in ("planner", "auditor", "decider"):
        browser = client(people[who])
        told = {path: browser.get(path).context["page"].paginator.count for path in ("/work/", "/duties/")}
        assert numbers(people[who]) == {path: str(count) for path, count in told.items() if count}, who


def test_where_nothing_waits_no_number_stands(people: dict[str, Account]) -> None:
    fill("wal", 60)
    assert numbers(people["stranger"]) == {}


def test_a_hundred_are_told_as_more_than_99_in_as_many_queries(people: dict[str, Account]) -> None:
    asked = []
    for count, start in ((60, 0), (1200, 60)):
        fill("wal", count, start=start)
        client(people["planner"]).get("/schemes/")
        with CaptureQueriesContext(connection) as queries:
            client(people["planner"]).get("/schemes/")
        asked.append(len(queries))
    assert numbers(people["planner"])["/work/"] == "99+"
    assert asked[0] == asked[1]
