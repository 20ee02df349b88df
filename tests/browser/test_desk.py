"""The figures and the settings of a body in a browser: no barriers, and nothing to push sideways."""

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

LOOKS = [("light", 1440, "zh-hans"), ("dark", 360, "en")]


@pytest.fixture
def people(site: str) -> Iterator[dict[str, Account]]:  # noqa: ARG001 - the database first
    """A body with dossiers, on the day of the tests of its pages."""
    with override_settings(HEFU_NOW="tests.web.staff.place.now"):
        found = settle()
        fill("wal", 60, people=(found["auditor"].key,))
        yield found


@pytest.mark.parametrize(("theme", "width", "language"), LOOKS)
@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("planner", "/figures/"),
        ("planner", "/work/"),
        ("administrator", "/bodies/wal/settings/"),
        ("administrator", "/bodies/wal/settings/wal-qp-21/number/dossier/"),
        ("administrator", "/bodies/wal/settings/wal-qp-21/channel/nonconformity/"),
    ],
)
def test_a_page_of_a_bodys_people_has_no_barriers_and_fits(  # noqa: PLR0913 - who looks at what, and how
    open_page: OpenPage, people: dict[str, Account], who: str, path: str, theme: str, width: int, language: str
) -> None:
    page = open_page(path, people[who], theme=theme, width=width, language=language)
    fits(page)
    no_barriers(page)
