"""The pages of schemes in a browser: no barriers, no pushing sideways, and the drawing is reached by keyboard."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.browser.barriers import fits, no_barriers
from tests.web.staff.place import settle

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.usefixtures("site")
HERE = "/schemes/wal-qp-21/2.0/"
PAGES = ("/schemes/", HERE, f"{HERE}life/initial/", f"{HERE}clauses/", f"{HERE}proof/", f"{HERE}compare/")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_have_no_barriers(open_page: OpenPage, theme: str, width: int) -> None:
    planner = settle()["planner"]
    for path in (*PAGES, f"{HERE}try/?scenario=a-whole-life"):
        page = open_page(path, planner, theme=theme, width=width)
        fits(page)
        no_barriers(page)


def test_on_a_telephone_the_drawing_is_scrolled_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(f"{HERE}life/initial/", settle()["planner"], width=390)
    region = page.locator(".life-box")
    assert region.evaluate("box => box.scrollWidth > box.clientWidth")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert region.evaluate("box => box.scrollLeft") > 0


def test_a_filter_narrows_the_clauses_at_once(open_page: OpenPage) -> None:
    page = open_page(f"{HERE}clauses/", settle()["planner"], language="en")
    page.get_by_label("Treatment").select_option("informative")
    page.wait_for_url("**treatment=informative**")
    shown = page.locator(".clauses > li > .clause-said b").all_inner_texts()
    assert shown
    assert set(shown) == {"informative"}


def test_a_changed_day_is_replayed_beside_the_original(open_page: OpenPage) -> None:
    page = open_page(f"{HERE}try/?scenario=a-whole-life", settle()["planner"], language="en")
    day = page.get_by_label("Day of step 1", exact=True)
    # On the day itself a penalty is not yet more than a year old, and the application is refused.
    day.fill((date.fromisoformat(day.input_value()) + timedelta(days=1)).isoformat())
    with page.expect_navigation():
        page.get_by_role("button", name="Replay it").last.click()
    assert page.locator("tr.is-other").count() > 0
