"""A form on paper in a browser: no barriers on screen, and as many sheets as it needs when it is printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.barriers import fits, no_barriers
from tests.web.papers.place import DOSSIER, place

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.usefixtures("site")


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 360)])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_document_has_no_barriers(open_page: OpenPage, theme: str, width: int, language: str) -> None:
    there = place(4)
    page = open_page(f"/d/{DOSSIER}/forms/1/", there.accounts["he"], theme=theme, width=width, language=language)
    fits(page)
    no_barriers(page)


def test_a_blank_form_with_tables_has_no_barriers(open_page: OpenPage) -> None:
    page = open_page("/schemes/wal-qp-21@2.0/forms/application-review/", width=360)
    fits(page)
    no_barriers(page)


def test_a_short_document_is_one_sheet(open_page: OpenPage) -> None:
    there = place(4)
    page = open_page(f"/d/{DOSSIER}/forms/1/", there.accounts["he"])

    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))

    assert len(sheets) == 1
