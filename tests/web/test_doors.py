"""Every address of the product, tried by everybody: open, sign in, or not there; and nobody reads what is not theirs.

What comes of it is docs/reference/doors.md; `HEFU_WRITE=1 pytest tests/web/test_doors.py` writes it anew.
"""

from __future__ import annotations

import os
import re
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.db import connections
from django.test import override_settings

from hefu.jobs import asking
from hefu.jobs.dbos_client import prepare
from hefu.web import kept
from tests import databases
from tests.conftest import ROOT
from tests.web.doors import quarter, table
from tests.web.doors.knocking import NOT_THERE, OPEN, OTHER_WAY, REFUSED, SIGN_IN, Answer, Visitor
from tests.web.doors.quarter import (
    ADMIN,
    CLIENT,
    NEIGHBOUR,
    NOBODY,
    OPERATOR,
    PARTY,
    STAFF,
    STRANGER,
    UNDER_WAY,
    Case,
    Who,
)  # fmt: skip
from tests.web.doors.samples import ANYBODYS, BODYS, CASES, SOMEBODYS, Address, Sample, addresses, samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("doors")  # what everybody finds is found once, by one process
PAGE = ROOT / "docs/reference/doors.md"
BODIES = tuple(UNDER_WAY)
OUTSIDERS = (NOBODY, STRANGER, OPERATOR, NEIGHBOUR)
"""To whom no case of the body exists."""
KNOWN_HERE = (CLIENT, PARTY, STAFF)
ALIKE = (
    "/account/2fa/", "/account/3rdparty/", "/account/social/", "/account/oidc/", "/account/password/",
    "/account/confirm-email/", "/c/", "/announcements/", "/rules/", "/complain/", "/sitemap", "/schemes/<ref>/",
    "/healthz", "/readyz", "/favicon.ico", "/robots.txt", "/language/", "/theme/",
)  # fmt: skip
"""The public's pages and the account library's own, which know nothing of roles: one of the body's people is enough."""
BY_OFFICE = {
    OPERATOR: (
        "/operator/outbox/<dossier>/<number>/", "/operator/mails/<notice>/", "/bodies/<body>/administrators/",
        "/account/organisations/<uscc>/", "/bodies/organisations/",
    ),
    ADMIN: ("/bodies/<body>/settings/",),
}  # fmt: skip
"""What operators do by their office (whether an organisation is who it says it is among it); and an administrator sees
the last number that their own body has given."""
NO_PAGES = ("/uploads/arriving/<arrival_id>/", "/uploads/new/")
"""What a script asks for: somebody who has not signed in gets an answer instead of a page to sign in at."""
SAID_NO = ("/account/reauthenticate/", "/account/2fa/", "/account/3rdparty/login/error/")
"""Where the account library says no: to whoever has nothing to confirm themselves with, and after a failed sign-in."""
QUESTIONS = {"q": "{name}", "number": "{title}", "dossier": "{dossier}", "all": "1", "next": "https://else.example/"}
"""Asked for on every list: parts of what must not be read, never the whole, because a page may repeat its question."""


def _plain(text: str) -> str:
    """A page without what is new each time it is drawn."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=|nonce=|name="next" value=)"[^"]*"', "", text)


class Door(NamedTuple):
    """An address with its sample: where somebody knocks."""

    address: Address
    sample: Sample

    @property
    def path(self) -> str:
        return self.address.path.format(**self.sample.arguments)


class Place(NamedTuple):
    """A case, its doors, and what has been found there already."""

    case: Case
    doors: tuple[Door, ...]


@pytest.fixture(scope="module")
def places(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Place]]:
    folder = tmp_path_factory.mktemp("quarter")
    databases.point("sqlite", databases.new_file(template, folder))
    databases.stand_in("default", "sqlite")
    jobs = f"sqlite:///{folder}/jobs.sqlite3"
    prepare(jobs)
    here = {"HEFU_NOW": "tests.web.doors.quarter.now", "MEDIA_ROOT": str(folder / "files"), "HEFU_JOBS_URL": jobs}
    asking.jobs.cache_clear()
    with override_settings(**here):
        found = {}
        for case in quarter.quarter():
            known = samples(kept.store(), case)
            doors = tuple(Door(one, known.get(one.route, Sample(ANYBODYS, {}))) for one in addresses())
            found[case.body] = Place(case, doors)
        yield found
    asking.jobs.cache_clear()
    connections["default"].close()
    connections["sqlite"].close()


class Knocked(NamedTuple):
    """Who knocked at which door of which case, how, and what they were told."""

    case: Case
    door: Door
    who: Who
    method: str
    answer: Answer

    def __str__(self) -> str:
        by = " ".join(filter(None, (self.who.group, self.who.role)))
        return f"{self.method} {self.door.address.route} ({self.case.body}) by {by}: {self.answer.status}"


@pytest.fixture(scope="module")
def visitors(places: dict[str, Place]) -> dict[tuple[str, Who], Visitor]:
    return {(body, who): Visitor(who.account) for body, place in places.items() for who in place.case.people}


@pytest.fixture(scope="module")
def knocked(places: dict[str, Place], visitors: dict[tuple[str, Who], Visitor]) -> list[Knocked]:
    """Everybody at every door, with GET, and where that is not the way in with an empty form."""
    found = []
    for body, place in places.items():
        for door, who in product(place.doors, place.case.people):
            if not _differs(place.case, door, who):
                continue
            visitor, method = visitors[body, who], "GET"
            answer = visitor.knock(method, door.path)
            if answer.word == OTHER_WAY:
                method = "POST"
                answer = visitor.knock(method, door.path)
            found.append(Knocked(place.case, door, who, method, answer))
    return found


def _differs(case: Case, door: Door, who: Who) -> bool:
    """Whether what somebody finds at a door may depend on who they are.

    Of the first body's people the first at every door, those with another role where pages know of roles; beside the
    first body only where something of the case or the body is asked for.
    """
    first = who == next(one for one in case.people if one.group == who.group)
    if case.body == BODIES[0]:
        return first or not door.address.route.startswith(ALIKE)
    return door.sample.whose != ANYBODYS


@pytest.fixture(scope="module")
def handed_in(places: dict[str, Place], visitors: dict[tuple[str, Who], Visitor]) -> list[Knocked]:
    """An empty form at every door that may differ, from one of each group that could do harm with it."""
    found = []
    for body, place in places.items():
        first = {who.group: who for who in reversed(place.case.people)}
        found += [
            Knocked(place.case, door, first[group], "POST", visitors[body, first[group]].knock("POST", door.path))
            for door in place.doors if body == BODIES[0] or door.sample.whose != ANYBODYS
            for group in ((*OUTSIDERS, ADMIN, CLIENT, STAFF) if body == BODIES[0] else (STRANGER, NEIGHBOUR))
        ]  # fmt: skip
    return found


def test_every_address_with_arguments_has_some_to_be_tried_with(places: dict[str, Place]) -> None:
    for place in places.values():
        for door in place.doors:
            names, given = set(door.address.arguments), set(door.sample.arguments)
            assert names == given, f"give {door.address.route} sample arguments (tests/web/doors/samples.py)"


def test_no_door_breaks(knocked: list[Knocked], handed_in: list[Knocked]) -> None:
    known = {OPEN, SIGN_IN, NOT_THERE, REFUSED, OTHER_WAY}
    assert [str(one) for one in (*knocked, *handed_in) if one.answer.word not in known] == []


def test_nobody_is_refused_where_something_is_not_theirs(knocked: list[Knocked], handed_in: list[Knocked]) -> None:
    refused = [one for one in (*knocked, *handed_in) if one.answer.word == REFUSED]
    ours = [one for one in refused if not one.door.address.route.startswith(SAID_NO)]
    assert [str(one) for one in ours if one.door.address.route not in NO_PAGES or one.who.group != NOBODY] == []


@pytest.mark.parametrize("whose", [CASES, BODYS, SOMEBODYS])
def test_what_is_somebodys_is_not_there_for_others(
    knocked: list[Knocked], handed_in: list[Knocked], whose: str
) -> None:
    others = {CASES: (*OUTSIDERS, ADMIN), BODYS: (NOBODY, CLIENT, PARTY, STRANGER, NEIGHBOUR), SOMEBODYS: OUTSIDERS}
    allowed = {NOT_THERE, OTHER_WAY}
    met = [one for one in (*knocked, *handed_in) if one.door.sample.whose == whose and one.who.group in others[whose]]
    assert met
    for one in met:
        if _by_office(one):
            continue
        nobody = {SIGN_IN, REFUSED} if one.who.group == NOBODY else set()
        assert one.answer.word in allowed | nobody, str(one)


def test_a_case_opens_for_those_whose_it_is(knocked: list[Knocked]) -> None:
    opened = {(one.case.body, one.who.group) for one in knocked
              if one.door.address.route == "/d/<dossier>/" and one.answer.word == OPEN}  # fmt: skip
    assert opened == {(body, group) for body in BODIES for group in KNOWN_HERE} - {("wal", PARTY)}


def test_what_is_not_there_for_somebody_looks_like_what_never_was(
    places: dict[str, Place], visitors: dict[tuple[str, Who], Visitor], knocked: list[Knocked]
) -> None:
    for body, place in places.items():
        for who in place.case.people:
            visitor = visitors[body, who]
            never = visitor.knock("GET", "/d/no-such-dossier/")
            assert never.word == (SIGN_IN if who.group == NOBODY else NOT_THERE)
            for one in knocked:
                same = (one.case.body, one.who) == (body, who) and one.method == "GET"
                if same and one.door.sample.whose == CASES and one.answer.word == never.word == NOT_THERE:
                    assert _plain(one.answer.text) == _plain(never.text), str(one)


def test_no_page_of_an_outsider_holds_a_word_of_the_case(
    knocked: list[Knocked], places: dict[str, Place], visitors: dict[tuple[str, Who], Visitor]
) -> None:
    asked = []
    for body, place in places.items():
        case = place.case
        part = {"name": case.row.subject.holder[:4], "title": case.row.title[-4:], "dossier": case.held.id}
        asked += [
            Knocked(case, door, who, "GET", visitors[body, who].knock(
                "GET", door.path, query_params={name: value.format(**part) for name, value in QUESTIONS.items()}))
            for who in case.people if who.group in (*OUTSIDERS, ADMIN)
            for door in place.doors if not door.address.arguments and not door.address.route.startswith("/account/")
        ]  # fmt: skip
    said = [(one, one.case.secrets) for one in knocked]
    said += [
        (one, one.case.secrets[:-1]) for one in asked
    ]  # a page repeats its question, and the dossier was asked for
    for one, secrets in said:
        if one.who.group in (*OUTSIDERS, ADMIN) and not _by_office(one):
            for secret in secrets:
                assert secret not in one.answer.text, f"{secret} in {one}"


def _by_office(one: Knocked) -> bool:
    return one.door.address.route in BY_OFFICE.get(one.who.group, ())


@pytest.mark.parametrize("group", [NOBODY, CLIENT, OPERATOR])
def test_no_form_is_taken_without_its_secret(
    places: dict[str, Place], visitors: dict[tuple[str, Who], Visitor], group: str
) -> None:
    place = places[BODIES[0]]
    visitor = visitors[BODIES[0], next(who for who in place.case.people if who.group == group)]
    for door in place.doors:
        for method in ("POST", "DELETE"):
            answer = visitor.knock(method, door.path, strict=True)
            assert answer.status == 403, f"{method} {door.address.route} by {group}: {answer.status}"


def test_head_says_what_get_would_and_other_methods_are_answered(
    visitors: dict[tuple[str, Who], Visitor], knocked: list[Knocked]
) -> None:
    for one in knocked:
        if one.case.body != BODIES[0] or one.who.group != CLIENT:
            continue
        visitor = visitors[one.case.body, one.who]
        head = visitor.knock("HEAD", one.door.path)
        assert not head.text, str(one)
        if one.method == "GET":
            assert head.status == one.answer.status, str(one)
        for method in ("OPTIONS", "PUT", "PATCH", "DELETE", "X-UNHEARD-OF"):
            assert visitor.knock(method, one.door.path).status < 500, f"{method} {one}"


def test_the_page_of_doors_says_what_was_found(knocked: list[Knocked]) -> None:
    found: dict[str, dict[str, dict[str, set[str]]]] = {}
    for one in knocked:
        words = found.setdefault(one.door.address.route, {}).setdefault(one.who.group, {})
        words.setdefault(one.answer.word, set()).add(one.who.role or one.case.body)
    forms = {one.door.address.route for one in knocked if one.method == "POST"}
    text = table.page(found, forms)
    if os.environ.get("HEFU_WRITE"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text, "HEFU_WRITE=1 pytest tests/web/test_doors.py writes it anew"
