"""Drafts: saved, found and gone; two windows; nobody reads another's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hefu.people.models import Account, Body, Offer
from hefu.web.forms import drafts
from hefu.web.forms.drafts import Place
from hefu.web.forms.models import Draft
from hefu.web.forms.seen import Seen, page_of, seen

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
PLACE = Place("initial.submit", dossier="D-1")
NEW = Seen()
TYPED = {"name": ["甲"], "members.rows": ["0", "1"]}


@pytest.fixture
def wang(sites: str) -> Account:  # noqa: ARG001 - the database first
    return Account.objects.create_user("wang@example.org", "a long password", name="王")


@pytest.fixture
def li(wang: Account) -> Account:  # noqa: ARG001 - beside
    return Account.objects.create_user("li@example.org", "a long password", name="李")


def test_what_was_typed_is_found_again(wang: Account) -> None:
    saved = drafts.save(wang, PLACE, TYPED, NEW, AT)
    assert (saved.version, saved.seen, saved.updated, saved.overtaken) == (1, Seen(1), AT, False)
    found = drafts.find(wang, PLACE)
    assert found is not None
    assert found.typed == TYPED
    shown = drafts.state(found)
    assert (shown.version, shown.seen.version, shown.updated) == (1, 1, AT)


def test_the_newer_saving_wins_if_it_has_seen_the_older(wang: Account) -> None:
    drafts.save(wang, PLACE, TYPED, NEW, AT)
    saved = drafts.save(wang, PLACE, {"name": ["乙"]}, Seen(1), AT + timedelta(minutes=1))
    assert (saved.version, saved.overtaken) == (2, False)
    found = drafts.find(wang, PLACE)
    assert found is not None
    assert found.typed == {"name": ["乙"]}


def test_a_window_that_has_not_seen_the_newest_is_told_and_writes_nothing(wang: Account) -> None:
    drafts.save(wang, PLACE, TYPED, NEW, AT)
    late = AT + timedelta(minutes=1)
    drafts.save(wang, PLACE, {"name": ["乙"]}, Seen(1), late)
    for old in (NEW, Seen(1), Seen(1, "abcd")):
        told = drafts.save(wang, PLACE, {"name": ["丙"]}, old, AT + timedelta(minutes=2))
        assert (told.version, told.overtaken, told.updated) == (2, True, late)
    assert Draft.objects.get().typed == {"name": ["乙"]}
    assert not drafts.save(wang, PLACE, {"name": ["丙"]}, told.seen, AT).overtaken


def test_a_page_that_has_not_heard_of_its_own_saving_is_not_another_window(wang: Account) -> None:
    page = page_of(0)
    drafts.save(wang, PLACE, TYPED, page, AT)
    again = drafts.save(wang, PLACE, {"name": ["乙"]}, page, AT)
    assert (again.version, again.overtaken) == (2, False)
    assert drafts.save(wang, PLACE, {"name": ["丙"]}, page_of(0), AT).overtaken


def test_what_a_page_has_seen_goes_through_its_form() -> None:
    page = page_of(3)
    assert seen(str(page)) == page
    for nonsense in ("", "3", "x.y", "-1.ab", "３.ab", "9" * 99):
        assert seen(nonsense) == NEW


def test_a_draft_that_is_done_does_not_come_back_from_another_window(wang: Account) -> None:
    drafts.save(wang, PLACE, TYPED, NEW, AT)
    drafts.drop(wang, PLACE)
    told = drafts.save(wang, PLACE, TYPED, Seen(1), AT)
    assert (told.version, told.overtaken) == (0, True)
    assert not Draft.objects.exists()


def test_nobody_finds_or_overwrites_anothers_draft(wang: Account, li: Account) -> None:
    drafts.save(wang, PLACE, TYPED, NEW, AT)
    assert drafts.find(li, PLACE) is None
    assert list(drafts.drafts_of(li)) == []
    drafts.drop(li, PLACE)
    assert drafts.save(li, PLACE, {}, Seen(1), AT).overtaken
    assert not drafts.save(li, PLACE, {"name": ["李"]}, NEW, AT).overtaken
    found = drafts.find(wang, PLACE)
    assert found is not None
    assert found.typed == TYPED


def test_acts_items_dossiers_and_offers_have_drafts_of_their_own(wang: Account) -> None:
    offer = Offer.objects.create(body=Body.objects.create(slug="b", name="机构"), scheme="wal-qp-21")
    places = [
        PLACE, PLACE._replace(dossier="D-2"), PLACE._replace(action="initial.supplement"), PLACE._replace(item="NC-1"),
        Place("initial.submit", offer=offer.pk), Place("initial.submit", offer=offer.pk, item="second"),
    ]  # fmt: skip
    for number, place in enumerate(places):
        assert not drafts.save(wang, place, {"name": [str(number)]}, NEW, AT + timedelta(minutes=number)).overtaken
    for number, place in enumerate(places):
        found = drafts.find(wang, place)
        assert found is not None
        assert found.typed == {"name": [str(number)]}
    assert [draft.typed["name"] for draft in drafts.drafts_of(wang)] == [[str(number)] for number in range(5, -1, -1)]


def test_uploads_that_a_draft_names_are_known(wang: Account) -> None:
    upload = "0123456789abcdef" * 2
    drafts.save(wang, PLACE, {"papers.licence.upload": [upload], "name": ["甲"]}, NEW, AT)
    assert drafts.named_uploads() == {upload}
