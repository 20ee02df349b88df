"""Every page of pages.py: nothing to push sideways, no barriers, and what has the focus is seen, wide and narrow.

`make looks` keeps pictures of them in `looks/`: each at 1440 and 390 px, light and dark, whole pages; those that are
printed also as PDF. HEFU_LOOKS names the folder; `-k` picks pages.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.browser.barriers import NARROW, fits, focus_is_seen, no_barriers
from tests.browser.conftest import BACKEND
from tests.browser.looks.pages import LOOKS, Look

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import OpenPage
    from tests.browser.looks.place import Place

pytestmark = pytest.mark.slow
WIDE, PHONE, HEIGHT = 1440, 390, 900
FOLDER = os.environ.get("HEFU_LOOKS", "")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_page_fits_is_seen_and_keeps_nobody_out(open_page: OpenPage, place: Place, look: Look) -> None:
    # given: somebody on a page, as far as they have to go there
    with override_settings(ROOT_URLCONF="tests.browser.components"):
        account = place.accounts[look.who] if look.who else None
        path = look.path.format(**place.words)
        page = open_page(path, account, language=look.language, status=look.status)
        if look.does:
            look.does(page)
        # when: they look at it on every screen, in the light and in the dark
        for width in (WIDE, PHONE):
            for theme in ("light", "dark"):
                seen(page, width, theme)
                if FOLDER:
                    keep(page, f"{look.name}-{width}-{theme}")
        # then: nothing keeps them from it
        no_barriers(page)
        seen(page, WIDE, "light")
        no_barriers(page)
        focus_is_seen(page)
        seen(page, NARROW, "light")
        fits(page)
        focus_is_seen(page)
        if FOLDER and look.paper:
            page.emulate_media(media="print")
            page.pdf(path=Path(FOLDER) / f"{look.name}.pdf", prefer_css_page_size=True, print_background=True)


def seen(page: Page, width: int, theme: str) -> None:
    """The page on another screen."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")


def keep(page: Page, name: str) -> None:
    """Keep a picture of the whole page."""
    page.screenshot(path=Path(FOLDER) / f"{name}.png", full_page=True, animations="disabled")


@pytest.mark.parametrize(("who", "path"), [("guan", "/d/{long}/"), ("pan", "/work/"), ("", "/account/login/")])
def test_without_scripts_no_button_stands_that_needs_one(
    chromium: Browser, address: str, place: Place, who: str, path: str
) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    if who:
        client = Client()
        client.force_login(place.accounts[who], backend=BACKEND)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    page = context.new_page()
    page.goto(path.format(**place.words))
    assert page.locator("button[type=button]:not([popovertarget]):visible").all_inner_texts() == []
    context.close()
