"""Rules and fees: what is offered, and every version of every scheme whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from hefu.people.models import Body, Offer
from hefu.web.public import schemes
from tests.people.town import assign, employ, organisation, person
from tests.web.public.square import FIRST, LIST, SECOND, SLUG, WAL, signed_in

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client


def test_every_offer_stands_with_its_body(visitor: Client) -> None:
    said = visitor.get("/rules/").content.decode()
    for one in schemes.offered():
        assert one.scheme.file.document.title.en in said
        assert one.scheme.file.fees.en in said


@pytest.mark.parametrize("folder", [WAL, FIRST, SECOND, LIST], ids=lambda folder: str(folder.parent.name))
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_of_a_scheme_says_all_of_it(visitor: Client, folder: Path, language: str) -> None:
    visitor.cookies["language"] = language
    response = visitor.get(f"/rules/{folder.parent.name}/{folder.name}/")
    said, law = response.content.decode(), response.context["law"]

    def word(text: object) -> str:
        return str(text.en if language == "en" else text.zh)  # type: ignore[attr-defined]

    for clock in law.clocks.values():
        assert escape(word(clock.title)) in said
    for machine in law.machines.values():
        for group in machine.grounds.values():
            for ground in group.values():
                assert escape(word(ground.title)) in said
    for separation in law.separations:
        assert escape(word(separation.message)) in said
    assert escape(word(law.file.fees)) in said


def test_somebody_from_outside_may_begin_where_applications_are_taken(visitor: Client) -> None:
    assert f"/begin/{SLUG}/wal-qp-21/initial.submit/" in visitor.get("/rules/wal-qp-21/2.0/").content.decode()
    Offer.objects.filter(scheme="wal-qp-21").update(open=False)
    assert "/begin/" not in visitor.get("/rules/wal-qp-21/2.0/").content.decode()


def test_people_of_the_body_read_that_others_apply(visitor: Client) -> None:
    reviewer = person("reviewer")
    assign(reviewer, Body.objects.get(), "application-reviewer")
    signed_in(reviewer, visitor)
    said = visitor.get("/rules/wal-qp-21/2.0/").content.decode()
    assert "/begin/" not in said
    assert "own people: those named above begin this" in said
    assert "To the dossiers" in said


def test_a_button_leads_only_those_to_a_form_who_could_begin_with_it(visitor: Client) -> None:
    client, place = person("client"), "/rules/wal-qp-21/2.0/"
    signed_in(client, visitor)
    first = visitor.get(place)
    assert "Say first for which organisation you act." in first.content.decode()
    employ(client, organisation("示例服务有限公司"))
    second = visitor.get(place, headers={"If-None-Match": first["ETag"]})
    assert f"/begin/{SLUG}/wal-qp-21/initial.submit/" in second.content.decode()
    assert visitor.get(f"/begin/{SLUG}/wal-qp-21/initial.submit/").status_code == 200


def test_a_link_to_a_form_tells_whoever_acts_for_nobody_to_say_for_whom(visitor: Client) -> None:
    signed_in(person("client"), visitor)
    led = visitor.get(f"/begin/{SLUG}/wal-qp-21/initial.submit/")
    assert led.headers["Location"] == f"/rules/wal-qp-21/2.0/?body={SLUG}#apply"
    assert "Say first for which organisation you act." in visitor.get(led.headers["Location"]).content.decode()


@pytest.mark.parametrize("link", ["nothing/initial.submit", "wal-qp-21/initial.nothing", "wal-qp-21/initial.accept"])
def test_a_link_to_what_nobody_from_outside_begins_leads_nowhere(visitor: Client, link: str) -> None:
    signed_in(person("client"), visitor)
    assert visitor.get(f"/begin/{SLUG}/{link}/").status_code == 404


def test_the_numbers_are_those_of_the_body_that_offers_it(visitor: Client) -> None:
    Offer.objects.filter(scheme="wal-qp-21").update(settings={"retention_years": 7})
    assert "7 years" in visitor.get("/rules/wal-qp-21/2.0/").content.decode()


def test_the_address_without_a_version_leads_to_the_one_in_force(visitor: Client) -> None:
    assert visitor.get("/rules/wal-qp-21/").headers["Location"] == "/rules/wal-qp-21/2.0/"


@pytest.mark.parametrize("address", ["/rules/nothing/", "/rules/wal-qp-21/9.9/", "/rules/nothing/1/"])
def test_what_nobody_offers_is_not_there(visitor: Client, address: str) -> None:
    assert visitor.get(address).status_code == 404


def test_a_scheme_that_nobody_offers_is_not_public(visitor: Client) -> None:
    Offer.objects.filter(scheme="wal-qp-21").delete()
    assert visitor.get("/rules/wal-qp-21/2.0/").status_code == 404


def test_the_page_costs_a_handful_of_queries(visitor: Client) -> None:
    visitor.get("/rules/wal-qp-21/2.0/")
    with CaptureQueriesContext(connection) as asked:
        visitor.get("/rules/wal-qp-21/2.0/")
    assert len(asked) <= 2
