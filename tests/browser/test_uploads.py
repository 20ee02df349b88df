"""Handing a file in with a browser: in pieces, over a line that breaks, refused in words, and without any script."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hefu.papers.models import Arrival, Upload
from hefu.people.models import Account
from tests.browser.barriers import fits, no_barriers
from tests.papers import files

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page, Route

    from tests.browser.conftest import OpenPage

LARGE = files.pdf(b"<</Length 3000000>> stream\n" + os.urandom(3_000_000) + b"\nendstream")


@pytest.fixture
def wang(site: str) -> Account:  # noqa: ARG001 - the database first
    return Account.objects.create_user("wang@example.org", "a long password", name="王委托")


def chosen(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def told(page: Page, text: str) -> None:
    page.get_by_text(text).first.wait_for(timeout=20_000)


def test_a_file_in_pieces_is_there_in_the_end(open_page: OpenPage, wang: Account) -> None:
    page = open_page("/uploads/", wang, language="en")

    page.set_input_files("#file", [chosen("报告.pdf", LARGE)])
    page.get_by_label("Take away 报告.pdf").wait_for()

    upload = Upload.objects.get()
    assert (upload.name, upload.size, upload.account) == ("报告.pdf", len(LARGE), wang.key)


def test_a_line_that_breaks_costs_time_and_nothing_else(open_page: OpenPage, wang: Account) -> None:
    page = open_page("/uploads/", wang, language="en", expected="503")
    seen: list[int] = []

    def breaking(route: Route) -> None:
        if route.request.method == "PATCH":
            seen.append(int(route.request.headers["upload-offset"]))
            if len(seen) in (2, 3):
                route.fulfill(status=503)
                return
        route.continue_()

    page.route("**/uploads/arriving/**", breaking)
    page.set_input_files("#file", [chosen("a.pdf", LARGE)])
    told(page, "The line is broken")
    page.get_by_label("Take away a.pdf").wait_for()

    assert seen[1] == seen[2] == seen[3] > 0
    assert Upload.objects.get().size == len(LARGE)


def test_after_a_reload_the_same_file_goes_on_where_it_was(open_page: OpenPage, wang: Account) -> None:
    # given a file of which two pieces have arrived, while the third stays on the line
    page = open_page("/uploads/", wang, language="en", expected="ERR_FAILED")
    page.on("dialog", lambda dialog: dialog.accept())
    pieces: list[int] = []

    def stalling(route: Route) -> None:
        if route.request.method == "PATCH":
            pieces.append(int(route.request.headers["upload-offset"]))
            if len(pieces) > 2:
                return
        route.continue_()

    page.route("**/uploads/arriving/**", stalling)
    page.set_input_files("#file", [chosen("a.pdf", LARGE)])
    while len(pieces) < 3:
        page.wait_for_timeout(50)

    # when it is paused, the page loaded anew, and the same file chosen again
    page.locator("[data-up-pause]").click()
    told(page, "Paused at")
    kept = Arrival.objects.get().offset
    page.unroute_all(behavior="ignoreErrors")
    page.reload()
    page.set_input_files("#file", [chosen("a.pdf", LARGE)])
    page.get_by_label("Take away a.pdf").wait_for()

    # then it has gone on where it was
    assert kept == pieces[2]
    assert 0 < kept < len(LARGE)
    assert Arrival.objects.count() == 1


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 360)])
def test_what_is_refused_says_why_in_its_row(open_page: OpenPage, wang: Account, theme: str, width: int) -> None:
    page = open_page("/uploads/", wang, language="en", theme=theme, width=width, expected="422")
    page.set_input_files("#file", [chosen("a.pdf", files.pdf(b"<</S /JavaScript>>"))])
    told(page, "The PDF holds scripts")

    assert page.locator(".up.is-bad").count() == 1
    fits(page)
    no_barriers(page)


def test_giving_up_leaves_nothing(open_page: OpenPage, wang: Account) -> None:
    page = open_page("/uploads/", wang, language="en", expected="ERR_FAILED")

    def broken(route: Route) -> None:
        if route.request.method == "PATCH":
            route.abort()
        else:
            route.continue_()

    page.route("**/uploads/arriving/**", broken)
    page.set_input_files("#file", [chosen("a.pdf", LARGE)])
    told(page, "The line is broken")

    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        page.locator("[data-up-cancel]").click()

    page.locator("[data-up-sending]").wait_for(state="detached")
    assert not Arrival.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 360)])
def test_my_files_have_no_barriers(open_page: OpenPage, wang: Account, theme: str, width: int, language: str) -> None:
    page = open_page("/uploads/", wang, theme=theme, width=width, language=language)
    fits(page)
    no_barriers(page)
