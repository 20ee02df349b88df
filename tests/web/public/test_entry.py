"""The page of a certificate or list entry, and the same as data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from hefu.register.models import EntryRow
from tests.web.public.square import FIRST, LIST, SECOND, WAL, lived, passed, until

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client


def page(visitor: Client, public: str) -> str:
    response = visitor.get(f"/c/{public}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(("folder", "name", "status"), [
    (WAL, "six-grounds-of-suspension", ""), (WAL, "a-proven-complaint-leads-to-withdrawal", "withdrawn"),
    (WAL, "cancelled-at-the-holders-request", "cancelled"), (FIRST, "expiry-ends-a-suspended-certificate", "expired"),
    (SECOND, "a-whole-life", ""), (LIST, "a-whole-life", ""), (LIST, "removal-on-each-ground", ""),
])  # fmt: skip
def test_every_status_has_its_page_in_both_languages(visitor: Client, folder: Path, name: str, status: str) -> None:
    lived(folder, name)
    passed(date(2031, 1, 1))
    for entry in EntryRow.objects.all():
        for language in ("en", "zh-hans"):
            visitor.cookies["language"] = language
            said = page(visitor, entry.public)
            assert entry.holder in said
            assert entry.number in said
    assert not status or EntryRow.objects.filter(status=status).exists()


def test_a_suspension_is_told_with_ground_term_and_what_follows(visitor: Client) -> None:
    lived(WAL, "how-long-a-suspension-lasts", steps=until(WAL, "how-long-a-suspension-lasts", "suspended"))
    said = page(visitor, EntryRow.objects.get().public)
    for words in ('role="alert"', "Ground", "Suspended until", "What it means", "6.7.3.2"):
        assert words in said


def test_a_last_day_that_has_passed_counts_before_anybody_has_written_it_down(visitor: Client) -> None:
    lived(FIRST, "plain-life")
    EntryRow.objects.update(valid_to="2026-11-19", status="valid", ended=None)
    said = page(visitor, EntryRow.objects.get().public)
    assert "Expired" in said
    assert visitor.get(f"/c/{EntryRow.objects.get().public}.json").json()["status"]["code"] == "expired"


def test_the_data_say_what_the_page_says(visitor: Client) -> None:
    lived(WAL)
    entry = EntryRow.objects.get()
    data = visitor.get(f"/c/{entry.public}.json").json()
    assert (data["number"], data["holder"]["uscc"], data["status"]["code"]) == (entry.number, entry.uscc, entry.status)
    assert data["history"][-1]["published"] == "grant"
    assert data["id"].endswith(f"/c/{entry.public}/")


def test_a_number_leads_to_the_one_certificate_that_has_it(visitor: Client) -> None:
    lived(WAL)
    entry = EntryRow.objects.get()
    assert visitor.get("/c/", {"number": entry.number}).headers["Location"] == f"/c/{entry.public}/"
    assert visitor.get("/c/", {"number": "nothing like it"}).headers["Location"] == "/?q=nothing+like+it"
    lived(WAL, dossier="d-2")
    assert visitor.get("/c/", {"number": entry.number}).headers["Location"].startswith("/?q=")


@pytest.mark.parametrize("public", ["x", "0" * 16, "d-1", "%00"])
def test_what_is_not_there_is_not_found(visitor: Client, public: str) -> None:
    lived(WAL)
    assert visitor.get(f"/c/{public}/").status_code == 404
    assert visitor.get(f"/c/{public}.json").status_code == 404


def test_whoever_asks_for_what_is_not_in_the_register_is_told_not_to_rely_on_it(visitor: Client) -> None:
    said = visitor.get("/c/0123456789abcdef/").content.decode()
    assert "has not been issued here" in said
    assert "Do not rely on a certificate that still cannot be found." in said
    assert 'href="/complain/"' in said


def test_a_page_is_sent_again_only_when_it_has_changed(visitor: Client) -> None:
    lived(WAL, steps=until(WAL, "a-whole-life", "valid"))
    address = f"/c/{EntryRow.objects.get().public}/"
    visitor.get(address)
    tag = visitor.get(address).headers["ETag"]
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert len(asked) <= 2
    visitor.cookies["language"] = "zh-hans"
    assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 200
    visitor.cookies["language"] = "en"
    EntryRow.objects.update(moved="2026-11-20T05:00:00+00:00")
    assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_tomorrow_the_page_is_another(visitor: Client) -> None:
    lived(WAL)
    address = f"/c/{EntryRow.objects.get().public}/"
    visitor.get(address)
    tag = visitor.get(address).headers["ETag"]
    with override_settings(HEFU_NOW="hefu.site.now"):
        assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_page_costs_a_handful_of_queries(visitor: Client) -> None:
    lived(WAL)
    address = f"/c/{EntryRow.objects.get().public}/"
    visitor.get(address)
    with CaptureQueriesContext(connection) as asked:
        visitor.get(address)
    assert len(asked) <= 4


def test_an_entry_of_a_list_is_not_told_in_the_words_of_a_certificate(visitor: Client) -> None:
    visitor.cookies["language"] = "zh-hans"
    lived(LIST, "listed-after-publicity")
    said = page(visitor, EntryRow.objects.get().public)
    assert "清单条目" in said
    assert "发布机构" in said
    assert "颁发机构" not in said
    assert "冀金协〔2023〕15号</a>" in said, "the year is part of the number of the document"
    assert "无固定期限" in visitor.get("/").content.decode()


def test_a_certificate_is_a_page_of_the_register_in_the_navigation(visitor: Client) -> None:
    lived(WAL)
    said = page(visitor, EntryRow.objects.get().public)
    assert '<a href="/" aria-current="page">Certificates and lists</a>' in said


def test_the_page_names_its_own_address_so_that_a_print_of_it_leads_back(visitor: Client) -> None:
    lived(WAL)
    public = EntryRow.objects.get().public
    assert f">http://testserver/c/{public}/</a>" in page(visitor, public)
