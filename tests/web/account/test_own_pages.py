"""One's own pages: name and language, organisations, interests, absences."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from hefu.people.actor import actor
from hefu.people.models import Account, Delegation, Employment, Interest, Joining, Organisation
from hefu.web.door import CHOSEN
from tests.people import town
from tests.people.town import BODY, CODES, DAY, ONE, SCHEME
from tests.web.account.visit import client, link, words

pytestmark = pytest.mark.usefixtures("site")
ORGANISATIONS = "/account/organisations/"
FIRM = {"form": "register", "register-uscc": CODES[1].lower(), "register-name": "甲公司"}


def test_the_page_of_the_account_tells_ones_roles_and_changes_the_name() -> None:
    lin, wei, body = town.person("lin"), town.person("wei"), town.body()
    town.assign(lin, body, "planner", SCHEME)
    town.assign(wei, body, "director", SCHEME)
    town.away(wei, lin, body, DAY, DAY)
    page = words(client(lin).get("/account/"))
    assert "Planner" in page
    assert "Deputy of wei" in page
    client(lin).post("/account/", {"name": "林二", "language": "en"})
    lin.refresh_from_db()
    assert lin.name == "林二"


def test_whoever_registers_an_organisation_acts_for_it_at_once() -> None:
    town.body()
    ke = town.person("ke")
    browser = client(ke)
    assert browser.post(ORGANISATIONS, FIRM)["Location"] == f"{ORGANISATIONS}{CODES[1]}/"
    firm = Organisation.objects.get()
    assert browser.session[CHOSEN] == firm.pk
    assert actor(ke, BODY, SCHEME, DAY).organisation["uscc"] == CODES[1]
    assert "Not yet" in words(browser.get(ORGANISATIONS))


def test_a_bad_code_and_a_registered_one_are_told_in_the_form() -> None:
    town.organisation("甲公司", CODES[1])
    browser = client(town.person("ke"))
    assert "Ask to join it" in words(browser.post(ORGANISATIONS, FIRM))
    page = words(browser.post(ORGANISATIONS, {**FIRM, "register-uscc": "91130100MA0BANK01X"}))
    assert "no unified social credit code" in page
    assert Organisation.objects.count() == 1


def test_a_manager_is_asked_by_mail_and_lets_somebody_join() -> None:
    ke, lin, firm = town.person("ke"), town.person("lin", language="en"), town.organisation("甲公司", CODES[1])
    town.employ(ke, firm, manager=True)
    client(lin).post(ORGANISATIONS, {"form": "join", "join-uscc": CODES[1]})
    assert mail.outbox[-1].to == ["ke@example.org"]
    asked = Joining.objects.get()
    assert "lin@example.org" in words(client(ke).get(link()))
    client(ke).post(link(), {"form": "agree", "row": asked.pk})
    assert Employment.objects.filter(account=lin, organisation=firm, manager=False).exists()
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (["lin@example.org"], "You act for 甲公司")


def test_only_a_manager_answers_and_a_member_sees_no_requests() -> None:
    ke, lin, wu, firm = (*(town.person(name) for name in ("ke", "lin", "wu")), town.organisation("甲公司", CODES[1]))
    town.employ(ke, firm, manager=True)
    town.employ(wu, firm)
    client(lin).post(ORGANISATIONS, {"form": "join", "join-uscc": CODES[1]})
    page = f"{ORGANISATIONS}{CODES[1]}/"
    assert "ask to join" not in words(client(wu).get(page))
    for who in (wu, lin):
        client(who).post(page, {"form": "agree", "row": Joining.objects.get().pk})
    assert not Employment.objects.filter(account=lin).exists()


def test_a_row_of_another_organisation_does_not_exist_on_this_page() -> None:
    ke, wu = town.person("ke"), town.person("wu")
    town.employ(ke, town.organisation("甲公司", CODES[1]), manager=True)
    tie = town.employ(wu, town.organisation("乙公司", CODES[2]), manager=True)
    page = f"{ORGANISATIONS}{CODES[1]}/"
    for kind in ("end", "manager", "agree", "refuse", "withdraw", "no-such-kind"):
        assert client(ke).post(page, {"form": kind, "row": tie.pk}).status_code == 404, kind
    assert client(ke).post(page, {"form": "end", "row": "1 or 1"}).status_code == 404
    tie.refresh_from_db()
    assert tie.until is None


def test_a_manager_invites_makes_managers_and_ends() -> None:
    ke, wu, firm = town.person("ke"), town.person("wu"), town.organisation("甲公司", CODES[1])
    town.employ(ke, firm, manager=True)
    tie = town.employ(wu, firm)
    page = f"{ORGANISATIONS}{CODES[1]}/"
    client(ke).post(page, {"form": "invite", "email": "lin@example.org"})
    lin = town.person("lin")
    client(lin).post(link())
    assert Employment.objects.filter(account=lin, organisation=firm).exists()
    client(ke).post(page, {"form": "manager", "row": tie.pk})
    assert Employment.objects.filter(account=wu, manager=True, until=None).exists()
    client(wu).post(page, {"form": "end", "row": Employment.objects.get(account=ke).pk})
    assert client(ke).get(page).status_code == 404


def test_an_operator_confirms_an_organisation_and_others_cannot() -> None:
    ke, op, firm = town.person("ke"), town.person("op", operator=True), town.organisation("甲", CODES[1], proven=False)
    town.employ(ke, firm, manager=True)
    page = f"{ORGANISATIONS}{CODES[1]}/"
    client(ke).post(page, {"form": "prove"})
    firm.refresh_from_db()
    assert not firm.proven
    client(op).post(page, {"form": "prove"})
    firm.refresh_from_db()
    assert (firm.proven, firm.proven_by, firm.proven_on) == (True, op, DAY)
    assert "甲" in words(client(op).get("/bodies/organisations/?q=甲"))


def test_of_several_organisations_one_chooses_for_whom_to_act() -> None:
    ke = town.person("ke")
    first, second = town.organisation("甲公司", CODES[1]), town.organisation("乙公司", CODES[2])
    town.employ(ke, first)
    town.employ(ke, second)
    browser = client(ke)
    browser.post(f"{ORGANISATIONS}choose/", {"organisation": second.pk})
    assert browser.session[CHOSEN] == second.pk
    assert browser.post(f"{ORGANISATIONS}choose/", {"organisation": "x"}).status_code == 404


def test_an_interest_is_declared_and_ends_with_its_cooling_off() -> None:
    body, lin = town.body(), town.person("lin")
    town.assign(lin, body, "planner", SCHEME)
    browser = client(lin)
    browser.post("/account/interests/", {"subject": "甲公司", "nature": "shares", "since": "2026-01-01"})
    held = Interest.objects.get()
    assert "甲公司" in actor(lin, BODY, SCHEME, DAY).interests
    page = f"/account/interests/{held.pk}/"
    assert 'value="2028-11-20"' in browser.get(page).content.decode(), "two years are proposed"
    browser.post(page, {"ended": DAY.isoformat(), "until": (DAY + ONE).isoformat()})
    assert "甲公司" in actor(lin, BODY, SCHEME, DAY + ONE).interests
    assert "甲公司" not in actor(lin, BODY, SCHEME, DAY + 2 * ONE).interests
    assert browser.get(page).status_code == 404, "it has ended"
    assert "Cooling-off" in words(browser.get("/account/interests/"))


def test_an_absence_gives_the_deputy_the_roles_for_its_days_and_ends_when_one_is_back() -> None:
    lin, wei, body = town.person("lin"), town.person("wei"), town.body()
    town.assign(lin, body, "report-reviewer", SCHEME)
    town.assign(wei, body, "planner", SCHEME)
    browser = client(lin)
    form = {"deputy": f"{BODY}/{wei.key}", "since": DAY, "until": DAY + timedelta(days=9), "reason": "leave"}
    browser.post("/account/absences/", form)
    assert actor(wei, BODY, SCHEME, DAY).roles == {"planner", "report-reviewer"}
    assert "lin" in words(client(wei).get("/account/absences/"))
    browser.post(f"/account/absences/{Delegation.objects.get().pk}/end/")
    assert actor(wei, BODY, SCHEME, DAY).roles == {"planner"}


def test_only_people_of_ones_own_body_can_be_chosen_as_deputy() -> None:
    lin, wu = town.person("lin"), town.person("wu")
    town.assign(lin, town.body(), "planner", SCHEME)
    town.assign(wu, town.body("nandou"), "planner", SCHEME)
    browser = client(lin)
    for deputy in (f"{BODY}/{wu.key}", f"nandou/{wu.key}", f"{BODY}/{lin.key}", "x"):
        page = browser.post("/account/absences/", {"deputy": deputy, "since": DAY, "until": DAY, "reason": "leave"})
        assert "Select a valid choice" in words(page), deputy
    assert not Delegation.objects.exists()


def test_signing_out_forgets_whom_one_acted_for() -> None:
    ke = town.person("ke")
    town.employ(ke, town.organisation("甲公司", CODES[1]))
    browser = client(ke)
    browser.post(f"{ORGANISATIONS}choose/", {"organisation": Organisation.objects.get().pk})
    browser.post("/account/logout/")
    assert CHOSEN not in browser.session
    assert Account.objects.count() == 1


def test_a_passkey_is_added_and_renamed_in_the_language_of_the_page() -> None:
    account = town.person("lin")
    account.set_unusable_password()
    account.save()
    said = words(client(account, "zh-hans").get("/account/2fa/webauthn/add/"))
    assert "密钥名称" in said
    assert "仅用此密钥登录" in said
    assert "Name" not in said
