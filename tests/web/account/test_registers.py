"""The pages of a body: its people, their roles, competence, and the organisations that it knows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefu.people.actor import actor
from hefu.people.around import around
from hefu.people.models import Assignment, Competence, Offer, Organisation, Standing
from hefu.people.seeing import reach
from tests.people import town
from tests.people.town import BODY, CODES, DAY, ONE, SCHEME
from tests.web.account.visit import client, link, words

pytestmark = pytest.mark.usefixtures("site")
PEOPLE, COMPETENCE, STANDINGS = (f"/bodies/{BODY}/{page}/" for page in ("people", "competence", "standings"))


def test_roles_are_given_and_ended_on_the_page_of_a_person() -> None:
    body, lin = town.body(), town.person("lin")
    an = town.administrator("an", body)
    town.assign(lin, body, "planner", SCHEME)
    browser, page = client(an), f"{PEOPLE}{lin.key}/"
    browser.post(page, {"roles": [f"{SCHEME}/director"], "since": DAY, "until": ""})
    assert actor(lin, BODY, SCHEME, DAY).roles == {"planner", "director"}
    tie = Assignment.objects.get(role="director")
    browser.post(f"{page}roles/{tie.pk}/", {"until": DAY - ONE})
    assert actor(lin, BODY, SCHEME, DAY).roles == {"planner"}
    assert "ended by an" in words(browser.get(page))
    assert browser.get(f"{page}roles/{tie.pk}/").status_code == 404, "it has ended"


def test_a_role_for_all_schemes_has_the_title_that_the_bodys_own_scheme_gives_it() -> None:
    body, lin = town.body(BODY, "wal-qp-21"), town.person("lin")
    town.assign(lin, body, "lead-auditor", "")
    page = words(client(town.administrator("an", body)).get(PEOPLE))
    assert "Team leader" in page
    assert "Lead inspector" not in page, "that is what another body's scheme calls it"


def test_a_role_that_the_body_does_not_give_is_no_choice() -> None:
    body = town.body()
    an = town.administrator("an", body)
    for role in (f"{SCHEME}/client", f"{SCHEME}/no-such-role", "other/planner", "/planner"):
        page = client(an).post(f"{PEOPLE}{an.key}/", {"roles": [role], "since": DAY})
        assert "Select a valid choice" in words(page), role
    assert Assignment.objects.count() == 1


def test_the_last_administrator_is_told_to_appoint_another_one_first() -> None:
    body = town.body()
    an = town.administrator("an", body)
    page = f"{PEOPLE}{an.key}/roles/{an.assignments.get().pk}/"
    assert "Appoint another one first" in words(client(an).post(page, {"until": DAY}))


def test_the_list_shows_who_is_away_and_who_has_interests() -> None:
    body, lin, wei = town.body(), town.person("lin"), town.person("wei")
    an = town.administrator("an", body)
    town.assign(lin, body, "planner", SCHEME)
    town.assign(wei, body, "director", SCHEME, until=DAY - ONE)
    town.away(lin, an, body, DAY, DAY)
    town.interest(lin, "甲公司")
    page = words(client(an).get(PEOPLE))
    assert "Deputy: an" in page
    assert "lin@example.org" in page
    assert "wei@example.org" not in page, "their role has ended"
    assert "甲公司" in words(client(an).get(f"{PEOPLE}{lin.key}/"))
    town.interest(wei, "乙公司")
    assert "乙公司" not in words(client(an).get(f"{PEOPLE}{wei.key}/")), "they no longer work here"


def test_an_absence_that_is_over_cannot_be_ended_any_more() -> None:
    body, lin = town.body(), town.person("lin")
    an = town.administrator("an", body)
    town.assign(lin, body, "planner", SCHEME)
    over, now = town.away(lin, an, body, DAY - 9 * ONE, DAY - ONE), town.away(lin, an, body, DAY, DAY)
    page, browser = f"{PEOPLE}{lin.key}/", client(an)
    text = browser.get(page).content.decode()
    assert f"absences/{now.pk}/" in text
    assert f"absences/{over.pk}/" not in text
    assert browser.get(f"{page}absences/{now.pk}/").status_code == 200
    assert browser.get(f"{page}absences/{over.pk}/").status_code == 404


def test_the_list_needs_as_many_queries_for_many_people_as_for_few() -> None:
    body = town.body()
    browser, counts = client(town.administrator("an", body)), []
    for first, last in ((0, 2), (2, 30)):
        for number in range(first, last):
            one = town.person(f"person{number}")
            town.assign(one, body, "planner", SCHEME)
            town.competent(one, body, "network")
        found = 0
        for page in (PEOPLE, COMPETENCE):
            with CaptureQueriesContext(connection) as seen:
                browser.get(page)
            found += len(seen)
        counts.append(found)
    assert counts[0] == counts[1]


def test_competence_is_entered_for_people_of_the_body_and_ended() -> None:
    body, lin, wu = town.body(), town.person("lin"), town.person("wu")
    an = town.administrator("an", body)
    town.assign(lin, body, "auditor", SCHEME)
    browser = client(an)
    form = {"account": lin.key, "field": "network", "level": "lead", "registration": "R-1", "since": DAY, "until": ""}
    browser.post(COMPETENCE, form)
    assert actor(lin, BODY, SCHEME, DAY).competence == ({"field": "network", "level": "lead", "registration": "R-1"},)
    assert "Select a valid choice" in words(browser.post(COMPETENCE, {**form, "account": wu.key}))
    browser.post(f"{COMPETENCE}{Competence.objects.get().pk}/", {"until": DAY - ONE})
    assert actor(lin, BODY, SCHEME, DAY).competence == ()
    assert "Over" in words(browser.get(COMPETENCE))


def test_a_competence_in_every_field_is_told_in_words() -> None:
    body, lin = town.body(), town.person("lin")
    browser = client(town.administrator("an", body))
    town.assign(lin, body, "auditor", SCHEME)
    browser.post(COMPETENCE, {"account": lin.key, "field": "*", "since": DAY})
    assert Competence.objects.get().field == "*"
    assert f"every field since {DAY}" in words(browser.get(f"{PEOPLE}{lin.key}/"))


def test_a_laboratory_under_contract_is_entered_its_first_person_invited_and_the_fact_follows() -> None:
    body = town.body()
    Offer.objects.update(facts={"contracted_labs": {"$standing": "lab"}})
    browser = client(town.administrator("an", body))
    form = {"uscc": CODES[2], "name": "示例检测", "role": f"{SCHEME}/lab", "since": DAY, "until": DAY + ONE}
    browser.post(STANDINGS, form)
    assert around(BODY, SCHEME, DAY).facts == {"contracted_labs": ["示例检测"]}
    assert around(BODY, SCHEME, DAY + 2 * ONE).facts == {"contracted_labs": []}
    page = f"/account/organisations/{CODES[2]}/"
    assert "Nobody acts for it yet" in words(browser.get(page))
    browser.post(page, {"form": "invite", "email": "lab@example.org", "manager": "on"})
    lab = town.person("lab")
    client(lab).post(link())
    assert actor(lab, BODY, SCHEME, DAY).roles == {"client", "lab"}
    assert reach(lab, DAY).sees(BODY, SCHEME, ["示例检测"])
    assert browser.get(page).status_code == 404, "it has its own manager now"


def test_a_body_confirms_a_client_for_its_own_dossiers() -> None:
    body, ke = town.body(), town.person("ke")
    an, firm = town.administrator("an", body), town.organisation("甲公司", CODES[1], proven=False)
    town.employ(ke, firm)
    form = {"uscc": CODES[1], "name": "甲公司", "role": "/", "since": DAY, "until": ""}
    assert client(an).post(STANDINGS, form).status_code == 302
    assert reach(ke, DAY).sees(BODY, SCHEME, [CODES[1]])
    assert "ke" in words(client(an).get(STANDINGS))
    firm.refresh_from_db()
    assert not firm.proven


def test_a_standing_ends_on_its_day() -> None:
    body = town.body()
    an, firm = town.administrator("an", body), town.organisation("示例检测", CODES[2])
    tie = town.stand(firm, body, "lab", SCHEME)
    client(an).post(f"{STANDINGS}{tie.pk}/", {"until": DAY - ONE})
    tie.refresh_from_db()
    assert (tie.until, tie.ended_by) == (DAY - ONE, an)
    assert (Standing.objects.count(), Organisation.objects.count()) == (1, 1), "nothing is deleted"
