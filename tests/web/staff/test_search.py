"""Search: what somebody typed, among what they may know of; the palette asks the same page for its lines alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hefu.dossiers.models import DossierRow, SubjectRow
from tests.web.staff.crowd import fill
from tests.web.staff.place import client, settle, words

if TYPE_CHECKING:
    from hefu.people.models import Account
    from hefu.web.staff.search import Answer


@pytest.fixture
def people(site: str) -> dict[str, Account]:  # noqa: ARG001 - the database first
    found = settle()
    fill("wal", 30, people=(found["auditor"].key, "p-2"))
    return found


def answer(account: Account, query: str, language: str = "en") -> Answer:
    found: Answer = client(account, language).get("/search/", {"q": query}).context["answer"]
    return found


@pytest.mark.parametrize("by", ["title", "holder", "uscc", "unit"])
def test_a_dossier_is_found_by_number_holder_code_and_product(people: dict[str, Account], by: str) -> None:
    subject = SubjectRow.objects.select_related("dossier").order_by("pk")[3]
    asked = subject.dossier.title if by == "title" else getattr(subject, by)
    assert subject.dossier.title in {one.title.partition("　")[0] for one in answer(people["planner"], asked).dossiers}
    assert not answer(people["stranger"], asked).dossiers


def test_two_chinese_characters_are_enough(people: dict[str, Account]) -> None:
    held = SubjectRow.objects.filter(holder__contains="北京").count()
    assert len(answer(people["planner"], "北京").dossiers) == held > 0


def test_the_acts_that_wait_in_the_dossiers_found_lead_to_their_sheets(people: dict[str, Account]) -> None:
    row = next(one for one in DossierRow.objects.filter(status="none") if answer(people["reviewer"], one.title).acts)
    acts = answer(people["reviewer"], row.title).acts
    assert all(row.title in act.more and row.pk in act.href for act in acts)
    assert not answer(people["stranger"], row.title).acts


def test_an_act_is_found_by_its_own_words(people: dict[str, Account]) -> None:
    row = next(one for one in DossierRow.objects.filter(status="none") if answer(people["reviewer"], one.title).acts)
    title = answer(people["reviewer"], row.title).acts[0].title
    assert {act.title for act in answer(people["reviewer"], title).acts} == {title}


def test_only_the_pages_of_ones_own_navigation_are_found(people: dict[str, Account]) -> None:
    assert [one.href for one in answer(people["planner"], "calendar").pages] == ["/calendar/"]
    assert [one.href for one in answer(people["planner"], "日历", "zh-hans").pages] == ["/calendar/"]
    assert not answer(people["planner"], "settings").pages
    assert [one.href for one in answer(people["administrator"], "settings").pages] == ["/bodies/settings/"]


def test_the_palette_gets_the_lines_alone_and_what_they_answer(people: dict[str, Account]) -> None:
    live = client(people["planner"]).get("/search/", {"q": "<calendar"}, headers={"HX-Request": "true"})
    assert "<html" not in live.content.decode()
    assert 'data-query="&lt;calendar"' in live.content.decode()
    assert "Nothing that you may see has all of these words." in words(live)


def test_what_is_older_than_the_newest_of_another_body_is_still_found(
    people: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hefu.web.staff.search.NEAR", 5)
    mine = {one.title for one in answer(people["planner"], "北京").dossiers}
    fill("other", 60, start=1000)
    assert {one.title for one in answer(people["planner"], "北京").dossiers} == mine
    assert len(mine) > 0


def test_an_act_that_waits_says_for_whom(people: dict[str, Account]) -> None:
    row = next(one for one in DossierRow.objects.filter(status="none") if answer(people["reviewer"], one.title).acts)
    assert all(row.subject.holder in act.more for act in answer(people["reviewer"], row.title).acts)
