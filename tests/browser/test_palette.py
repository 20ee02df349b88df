"""The palette in a browser: opened by keys, walked with arrows, closed with Esc; nobody is kept out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.barriers import no_barriers
from tests.people import town
from tests.people.town import BODY

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from hefu.people.models import Account
    from tests.browser.conftest import OpenPage

BOX = "#palette-q"


@pytest.fixture
def planner(site: str) -> Account:  # noqa: ARG001 - the database first
    found = town.person("planner")
    town.assign(found, town.body(BODY, "wal-qp-21"), "planner", "wal-qp-21")
    return found


def focused(page: Page) -> str:
    """The id of what has the focus, else its address."""
    found: str = page.evaluate("document.activeElement.id || document.activeElement.getAttribute('href') || ''")
    return found


@pytest.mark.parametrize("key", ["Control+k", "Meta+k", "/"])
def test_keys_open_it_and_esc_gives_the_focus_back(open_page: OpenPage, planner: Account, key: str) -> None:
    page = open_page("/work/", planner, language="en")
    page.locator("nav.side a").first.focus()
    before = focused(page)
    page.keyboard.press(key)
    assert focused(page) == "palette-q"
    page.keyboard.press("Escape")
    assert not page.locator("[data-palette]").is_visible()
    assert focused(page) == before


def test_a_slash_that_is_typed_stays_a_slash(open_page: OpenPage, planner: Account) -> None:
    page = open_page("/work/", planner, language="en")
    page.locator("#omni").press("/")
    assert page.locator("#omni").input_value() == "/"
    assert not page.locator("[data-palette]").is_visible()


def test_arrows_walk_through_what_was_found_and_enter_opens_it(open_page: OpenPage, planner: Account) -> None:
    page = open_page("/work/", planner, language="en")
    page.keyboard.press("Control+k")
    page.keyboard.type("calendar")
    page.locator("#palette-found a").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert focused(page) == "/calendar/"
    page.keyboard.press("ArrowUp")
    assert focused(page) == "palette-q"
    page.keyboard.press("Enter")
    page.wait_for_url("**/calendar/")


def test_enter_before_an_answer_goes_to_the_page_of_search(open_page: OpenPage, planner: Account) -> None:
    page = open_page("/work/", planner, language="en")
    page.keyboard.press("Control+k")
    page.keyboard.type("no-such-thing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=no-such-thing")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_there_are_no_barriers_in_it(open_page: OpenPage, planner: Account, theme: str, width: int) -> None:
    page = open_page("/work/", planner, theme=theme, width=width)
    page.keyboard.press("Control+k")
    page.locator(BOX).fill("设")
    page.locator(BOX).fill("日历")
    page.locator("#palette-found a").first.wait_for()
    no_barriers(page)
