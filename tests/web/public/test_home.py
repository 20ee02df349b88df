"""The search on the start page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefu.register.models import EntryRow
from hefu.web.public.home import SEARCHES
from tests.web.public.square import FIRST, LIST, WAL, lived

if TYPE_CHECKING:
    from django.test import Client


def test_an_empty_register_says_so(visitor: Client) -> None:
    assert "The register is still empty" in visitor.get("/").content.decode()


def test_an_entry_is_found_by_part_of_its_name_and_leads_to_its_page(visitor: Client) -> None:
    lived(WAL)
    entry = EntryRow.objects.get()
    page = visitor.get("/", {"q": entry.holder[2:6]}).content.decode()
    assert f"/c/{entry.public}/" in page
    assert entry.number in page


def test_filters_of_scheme_and_status_narrow_and_are_counted(visitor: Client) -> None:
    lived(WAL)
    lived(FIRST, dossier="d-2")
    lived(LIST, dossier="d-3")
    context = visitor.get("/", {"scheme": "wal-qp-21"}).context
    assert [row.entry.scheme for row in context["rows"]] == ["wal-qp-21"]
    assert {choice.value: choice.number for choice in context["scheme_choices"]} == {
        "wal-qp-21": 1, "nfcc-ir-000-01": 1, "hbfma-2023-15": 2,
    }  # fmt: skip
    assert visitor.get("/", {"scheme": "no-such"}).context["total"] == 4


def test_a_mistyped_number_is_suggested(visitor: Client) -> None:
    lived(WAL)
    entry = EntryRow.objects.get()
    page = visitor.get("/", {"q": entry.number.replace("0", "O"), "status": "list:removed"}).content.decode()
    assert entry.number in page


@pytest.mark.parametrize("asked", [
    {"q": "'; DROP TABLE hefu_entry; --"}, {"q": '"<script>alert(1)</script>'}, {"q": "\0"}, {"q": "x" * 5_000},
    {"page": "-1"}, {"page": "9999999999"}, {"page": "x"}, {"on": "2026-99-99"}, {"on": "0001-01-01"},
    {"status": "certification:nothing"}, {"status": ":::"}, {"body": "../.."}, {"order": "password"}, {"q": "％＿％"},
])  # fmt: skip
def test_whatever_is_asked_the_page_answers(visitor: Client, asked: dict[str, str]) -> None:
    lived(WAL)
    response = visitor.get("/", asked)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_results(visitor: Client) -> None:
    lived(WAL)
    visitor.get("/", {"q": "网络"})
    with CaptureQueriesContext(connection) as one:
        visitor.get("/", {"q": "网络"})
    for number in range(2, 12):
        EntryRow.objects.filter(dossier="d-1").update(words="网络")
        row = EntryRow.objects.get(dossier="d-1")
        row.pk, row.public, row.dossier = None, f"copy{number}", f"d-{number}"
        row.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        assert visitor.get("/", {"q": "网络"}).context["total"] == 11
    assert len(many) == len(one)


def test_searches_are_not_for_search_engines_and_the_start_page_is(visitor: Client) -> None:
    assert visitor.get("/", {"q": "网络"}).headers["X-Robots-Tag"] == "noindex, follow"
    assert "X-Robots-Tag" not in visitor.get("/").headers


def test_somebody_who_searches_too_often_waits(visitor: Client) -> None:
    # Twice as often, so that it holds even if a new minute begins meanwhile.
    answers = [visitor.get("/", {"q": "网络"}).status_code for _ in range(2 * SEARCHES + 1)]
    assert set(answers[:SEARCHES]) == {200}
    assert 429 in answers
    assert visitor.get("/").status_code == 200


def test_whoever_has_the_start_page_is_not_sent_it_again(visitor: Client) -> None:
    lived(WAL)
    first = visitor.get("/")
    again = visitor.get("/", headers={"If-None-Match": visitor.get("/").headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
