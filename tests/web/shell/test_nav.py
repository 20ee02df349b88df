from __future__ import annotations

import pytest
from django.urls import resolve

from hefu.web import nav
from tests.web.shell.rendering import request

pytestmark = pytest.mark.usefixtures("product")


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nav, "ENTRIES", {})


def _titles(path: str = "/") -> list[str]:
    return [str(link.title) for group in nav.groups(request(path), "staff") for link in group.links]


def test_entries_stand_in_the_order_of_their_numbers() -> None:
    nav.add(
        nav.Entry("staff", "A", 2, "second", "readyz", "inbox"), nav.Entry("staff", "A", 1, "first", "healthz", "inbox")
    )
    assert _titles() == ["first", "second"]


def test_entries_under_one_heading_stand_together() -> None:
    nav.add(
        nav.Entry("staff", "A", 1, "one", "healthz", "inbox"),
        nav.Entry("staff", "B", 2, "two", "readyz", "inbox"),
        nav.Entry("staff", "A", 3, "three", "robots", "inbox"),
    )
    assert [str(group.heading) for group in nav.groups(request(), "staff")] == ["A", "B"]


def test_an_entry_that_is_not_for_somebody_is_not_there() -> None:
    nav.add(nav.Entry("staff", "A", 1, "hidden", "healthz", "inbox", seen_by=nav.signed_in))
    assert _titles() == []


def test_a_portal_shows_its_own_entries_only() -> None:
    nav.add(nav.Entry("client", "A", 1, "elsewhere", "healthz", "inbox"))
    assert _titles() == []


def test_the_present_page_is_the_longest_address_that_fits() -> None:
    nav.add(
        nav.Entry("staff", "A", 1, "theme", "set-theme", "inbox"), nav.Entry("staff", "A", 2, "h", "healthz", "inbox")
    )
    links = nav.groups(request("/theme/more"), "staff")[0].links
    assert [link.current for link in links] == [True, False]


def test_a_portal_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="none of the portals"):
        nav.add(nav.Entry("garden", "A", 1, "x", "healthz", "inbox"))


def test_what_waits_is_told_by_a_number_that_does_not_grow_for_ever() -> None:
    waiting = {"/none": 0, "/three": 3, "/most": 99, "/more": 100}
    nav.add(nav.Entry("staff", "A", 1, "one", "healthz", "inbox", number=lambda asked: waiting[asked.path]))
    told = {path: nav.groups(request(path), "staff")[0].links[0].number for path in waiting}
    assert told == {"/none": "", "/three": "3", "/most": "99", "/more": "99+"}


def test_a_page_that_lies_under_the_path_of_another_entry_is_told_by_its_name() -> None:
    nav.add(
        nav.Entry("staff", "A", 1, "people", "account:bodies", "users"),
        nav.Entry("staff", "A", 2, "wording", "papers:wordings", "book", pages=("papers:wording",)),
    )
    asked = request("/bodies/wal/wording/")
    assert [link.current for link in nav.groups(asked, "staff")[0].links] == [True, False]
    asked.resolver_match = resolve(asked.path)
    assert [link.current for link in nav.groups(asked, "staff")[0].links] == [False, True]
