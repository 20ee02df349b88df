from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import override_settings
from django.utils.translation import gettext_lazy

from hefu.people.models import Account
from hefu.web import nav
from tests.browser.barriers import fits, no_barriers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import OpenPage


@pytest.fixture(autouse=True)
def shown() -> Iterator[None]:
    """The page of components, with some places to go."""
    kept = dict(nav.ENTRIES)
    heading = gettext_lazy("Pages")
    nav.add(
        nav.Entry("staff", heading, 1, gettext_lazy("Find"), "robots", "inbox", number=lambda _request: 23),
        nav.Entry("staff", heading, 2, gettext_lazy("Pages"), "readyz", "folder"),
        nav.Entry("public", "", 1, gettext_lazy("Find"), "robots", "inbox"),
        nav.Entry("person", "", 1, gettext_lazy("Find"), "robots", "user"),
    )
    with override_settings(ROOT_URLCONF="tests.browser.components"):
        yield
    nav.ENTRIES.clear()
    nav.ENTRIES.update(kept)


@pytest.fixture
def person(site: str) -> Account:  # noqa: ARG001 - the database first
    return Account.objects.create_user("an@example.org", "a long password", name="安审核")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_components_have_no_barriers_and_fit(
    open_page: OpenPage, person: Account, theme: str, width: int, language: str
) -> None:
    page = open_page("/components/", person, theme=theme, width=width, language=language)
    fits(page)
    no_barriers(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_public_page_has_no_barriers_and_fits(open_page: OpenPage, theme: str, width: int, language: str) -> None:
    page = open_page("/public/", theme=theme, width=width, language=language)
    fits(page)
    no_barriers(page)


def test_the_step_before_what_is_final_has_no_barriers(open_page: OpenPage, person: Account) -> None:
    no_barriers(open_page("/sure/", person))


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
def test_a_page_that_says_what_went_wrong_has_no_barriers_and_fits(open_page: OpenPage, status: int) -> None:
    page = open_page(f"/error-{status}/", width=360, status=status)
    fits(page)
    no_barriers(page)


def test_a_chip_opens_its_note_without_a_script(open_page: OpenPage, person: Account) -> None:
    page = open_page("/components/", person)
    chip = page.locator(".clause").first
    note = page.locator(f"#{chip.get_attribute('popovertarget')}")
    assert not note.is_visible()
    chip.click()
    assert note.is_visible()
    no_barriers(page)


def test_the_focus_is_on_what_must_be_put_right(open_page: OpenPage, person: Account) -> None:
    page = open_page("/components/", person)
    assert page.evaluate("document.activeElement.className") == "errors"


def test_the_menu_under_ones_name_switches_language_and_theme(open_page: OpenPage, person: Account) -> None:
    page = open_page("/components/", person)
    page.locator("details.who summary").click()
    no_barriers(page)
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("details.who summary").click()
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 20, 22)"


def test_the_page_follows_the_system_until_somebody_chooses(open_page: OpenPage, person: Account) -> None:
    page = open_page("/components/", person)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 20, 22)"
    page.emulate_media(color_scheme="light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(244, 246, 245)"


def test_the_way_past_the_navigation_is_the_first_stop(open_page: OpenPage, person: Account) -> None:
    page = open_page("/components/", person)
    page.evaluate("document.activeElement.blur(); document.body.focus()")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") in ("#main", "#first")
