"""The calendar in a browser: on a phone its days stand alone, so each names its month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import override_settings

from tests.browser.barriers import fits, no_barriers
from tests.web.staff.crowd import fill
from tests.web.staff.place import settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hefu.people.models import Account
    from tests.browser.conftest import OpenPage


@pytest.fixture
def planner(site: str) -> Iterator[Account]:  # noqa: ARG001 - the database first
    with override_settings(HEFU_NOW="tests.web.staff.place.now"):
        found = settle()
        fill("wal", 400, people=(found["auditor"].key, "p-2", "p-3"))
        yield found["planner"]


def test_on_a_phone_every_day_names_its_month(open_page: OpenPage, planner: Account) -> None:
    page = open_page("/calendar/?month=2026-12", planner, width=360)
    days = page.locator(".month td:visible time").all_inner_texts()
    assert days[0].startswith("11月30日")
    assert days[-1].startswith("1月")
    assert all("月" in day for day in days)
    fits(page)


def test_on_a_wide_page_only_the_first_days_of_a_month_name_it(open_page: OpenPage, planner: Account) -> None:
    page = open_page("/calendar/", planner)
    named = [text for text in page.locator(".month time").all_inner_texts() if "月" in text]
    assert [text.strip() for text in named] == ["10月26日", "11月1日", "12月1日"]


@pytest.mark.parametrize(("theme", "width", "language"), [("light", 1440, "zh-hans"), ("dark", 360, "en")])
@pytest.mark.parametrize("query", ["", "?view=list", "?day=2026-11-24"])
def test_there_are_no_barriers_in_it(  # noqa: PLR0913 - who looks at what, and how
    open_page: OpenPage, planner: Account, query: str, theme: str, width: int, language: str
) -> None:
    page = open_page(f"/calendar/{query}", planner, theme=theme, width=width, language=language)
    fits(page)
    no_barriers(page)
