"""Journeys: stories of several people in a real browser, from the first page to the last, through the pages only.

How to write one:

    def test_an_application_is_accepted(town: Town) -> None:
        # given: the day, on which time has brought its due; people of the cast, each signed in by the form
        town.it_is("2025-03-04")
        wang, li = town.person("wang"), town.person("li")
        # when: they act, by the titles of acts and the words of questions
        dossier = wang.begins("网络空间安全服务", "提交申请", {"认证级别": "二级"})
        li.does(dossier, "申请评审", {"审核人天": 5})
        # then: the pages say so, to whomever they are open
        wang.opens(dossier)
        wang.sees("已评审")

`Town` (town.py) has the people, the day, and the daily round that lets clocks run. `Hand` (hand.py) is one person at
their browser: `opens`, `follows`, `sees`, `begins`, `does`, `refused`, `cannot`; `hand.page` is playwright's page for
anything else. `Filling` (filling.py) says how answers are given; what a form demands and a story does not care about
gets a sample. Wait on what the page says, never on time. A script error, a missing file or a refused resource on any
page on the way fails the journey at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from tests.browser.journeys.town import Town

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

START = "2025-03-03"
"""A Monday. Everybody has been what they are for twelve years."""


@pytest.fixture
def town(chromium: Browser, address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """The product on a Monday in March 2025, with everybody and no dossier."""
    monkeypatch.setattr(settings, "HEFU_NOW", "tests.browser.journeys.town.now")
    found = Town(chromium, address, START)
    yield found
    found.close()
