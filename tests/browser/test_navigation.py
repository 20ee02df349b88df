"""The navigation of the public pages in a browser, on the narrowest screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.barriers import NARROW, fits

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.usefixtures("site")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_link_of_the_public_navigation_is_seen_on_a_narrow_screen(open_page: OpenPage, language: str) -> None:
    page = open_page("/", language=language, width=NARROW)
    fits(page)
    nav = page.locator(".topnav")
    assert nav.evaluate("box => box.scrollWidth <= box.clientWidth")
    ends = nav.locator("a").evaluate_all("links => links.map(link => link.getBoundingClientRect().right)")
    assert len(ends) > 3
    assert max(ends) <= NARROW
