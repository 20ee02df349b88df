"""Who opens which page: signed out, signed in, an administrator, one of another body, an operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hefu.people.models import Account, Assignment, Body, Competence, Delegation, Invitation, Organisation, Standing
from tests.people import town
from tests.people.town import BODY, CODES, DAY, ONE, OTHER, SCHEME
from tests.web.account.visit import NOW, client, words

if TYPE_CHECKING:
    from typing import Any

pytestmark = pytest.mark.usefixtures("site")


class Town:
    """A body with something on every page, and an administrator of another one."""

    def __init__(self) -> None:
        self.body, self.other = town.body(), town.body(OTHER)
        self.an, self.bo = town.administrator("an", self.body), town.administrator("bo", self.other)
        self.op = town.person("op", operator=True)
        self.lin, self.wei = town.person("lin"), town.person("wei")
        self.role = town.assign(self.lin, self.body, "planner", SCHEME)
        self.away = town.away(self.lin, self.wei, self.body, DAY, DAY)
        self.competence = town.competent(self.lin, self.body, "network")
        self.firm = town.organisation("甲公司", CODES[1], proven=False)
        self.tie = town.employ(self.an, self.firm, manager=True)
        self.standing = town.stand(self.firm, self.body, "lab", SCHEME)
        self.interest = town.interest(self.an, "甲公司")
        self.invited = Invitation.objects.create(
            email="x@example.org",
            body=self.body,
            roles=[[SCHEME, "planner"]],
            by=self.an,
            digest="x",
            expires=NOW.at + ONE,
        )

    def of_the_body(self) -> list[str]:
        start = f"/bodies/{BODY}/"
        person = f"{start}people/{self.lin.key}/"
        return [
            f"{start}people/", f"{start}people/invite/", person, f"{person}roles/{self.role.pk}/",
            f"{person}absences/{self.away.pk}/", f"{start}competence/", f"{start}competence/{self.competence.pk}/",
            f"{start}standings/", f"{start}standings/{self.standing.pk}/",
        ]  # fmt: skip

    def own(self) -> list[str]:
        return [
            "/account/", "/account/organisations/", f"/account/organisations/{self.firm.uscc}/", "/account/interests/",
            f"/account/interests/{self.interest.pk}/", "/account/absences/", "/account/2fa/", "/account/email/",
            "/account/password/change/", "/account/3rdparty/", "/account/2fa/webauthn/",
        ]  # fmt: skip

    def of_operators(self) -> list[str]:
        return ["/bodies/", "/bodies/new/", "/bodies/organisations/", f"/bodies/{BODY}/administrators/"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_opens_for_the_one_whose_it_is(language: str) -> None:
    place = Town()
    for who, paths in ((place.an, [*place.of_the_body(), *place.own()]), (place.op, place.of_operators())):
        browser = client(who, language)
        for path in paths:
            response = browser.get(path)
            assert response.status_code == 200, path
            assert response.content.count(b"<h1") == 1, path


def test_whoever_has_not_signed_in_is_asked_to_on_every_page() -> None:
    place = Town()
    for path in (*place.of_the_body(), *place.own(), *place.of_operators()):
        response = client().get(path)
        assert (response.status_code, response["Location"].split("?")[0].rpartition("reauth")[1]) == (302, ""), path
        assert response["Location"].startswith("/account/login/?next="), path


@pytest.mark.parametrize("who", ["bo", "lin", "wei", "op"])
def test_the_pages_of_a_body_do_not_exist_for_anybody_but_its_administrators(who: str) -> None:
    place = Town()
    browser = client(getattr(place, who))
    posts = [f"/bodies/{BODY}/people/invitations/{place.invited.pk}/withdraw/"]
    for path in place.of_the_body():
        assert browser.get(path).status_code == 404, path
    for path in (*place.of_the_body(), *posts):
        assert browser.post(path, {"until": DAY, "roles": f"{SCHEME}/planner", "since": DAY}).status_code == 404, path
    assert _everything() == _before(place)


def _everything() -> dict[str, Any]:
    tables: tuple[Any, ...] = (Account, Assignment, Body, Competence, Delegation, Organisation, Standing)
    ended = Assignment.objects.exclude(until=None).count() + Competence.objects.exclude(until=None).count()
    void = Invitation.objects.exclude(withdrawn=None).count()
    return {table.__name__: table.objects.count() for table in tables} | {"ended": ended, "void": void}


def _before(_place: Town) -> dict[str, Any]:
    counts = {"Account": 5, "Assignment": 3, "Body": 2, "Competence": 1, "Delegation": 1, "Organisation": 1}
    return {**counts, "Standing": 1, "ended": 0, "void": 0}


def test_an_administrator_sees_nothing_of_another_bodys_rows_under_their_own_address() -> None:
    place = Town()
    browser, start = client(place.bo), f"/bodies/{OTHER}/"
    town.assign(place.lin, place.other, "planner", SCHEME, until=DAY)
    person = f"{start}people/{place.lin.key}/"
    for path in (
        f"{person}roles/{place.role.pk}/", f"{person}absences/{place.away.pk}/", f"{start}people/{place.an.key}/",
        f"{start}competence/{place.competence.pk}/", f"{start}standings/{place.standing.pk}/",
    ):  # fmt: skip
        assert browser.get(path).status_code == 404, path
    assert browser.post(f"{start}people/invitations/{place.invited.pk}/withdraw/").status_code == 404
    assert "network" not in words(browser.get(person))


@pytest.mark.parametrize("who", ["an", "lin"])
def test_the_pages_of_operators_do_not_exist_for_others(who: str) -> None:
    place = Town()
    browser = client(getattr(place, who))
    for path in place.of_operators()[1:]:
        assert browser.get(path).status_code == 404, path
        assert browser.post(path, {"slug": "x", "name": "x"}).status_code == 404, path


def test_what_is_ones_own_does_not_exist_for_another() -> None:
    place = Town()
    browser = client(place.wei)
    assert browser.get(f"/account/organisations/{place.firm.uscc}/").status_code == 404
    assert browser.get(f"/account/interests/{place.interest.pk}/").status_code == 404
    assert browser.post(f"/account/absences/{place.away.pk}/end/").status_code == 404
    assert browser.post("/account/organisations/choose/", {"organisation": place.firm.pk}).status_code == 404


def test_a_role_that_has_ended_closes_the_door_on_the_next_day() -> None:
    place = Town()
    place.an.assignments.update(until=DAY)
    assert client(place.an).get(f"/bodies/{BODY}/people/").status_code == 200
    place.an.assignments.update(until=DAY - ONE)
    assert client(place.an).get(f"/bodies/{BODY}/people/").status_code == 404


def test_the_list_of_bodies_leads_an_administrator_of_one_to_its_people() -> None:
    place = Town()
    assert client(place.an).get("/bodies/")["Location"] == f"/bodies/{BODY}/people/"
    assert client(place.lin).get("/bodies/").status_code == 404
    town.assign(place.an, place.other, "administrator")
    page = words(client(place.an).get("/bodies/"))
    assert "Beichen" in page
    assert "Nandou" in page
