"""Closing an account: what stands in the way is named; what reaches a person goes; what explains an act stays."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from hefu.dossiers.models import CaseRow, DossierRow, PartyRow, WorkRow
from hefu.people import accounts, closing
from hefu.people.models import Account, Competence, Delegation, Employment, Interest, Invitation, Joining
from hefu.web.forms.models import Draft
from tests.people import town
from tests.people.town import BEFORE, BODY, CODES, DAY, ONE, PASSWORD, SCHEME
from tests.web.account.visit import NOW, client, words

pytestmark = pytest.mark.usefixtures("site")
PAGE = "/account/close/"
SURE = {"password": PASSWORD}


def lin() -> Account:
    return accounts.create("lin@example.org", "林评审", PASSWORD)


def dossier(key: str, outcome: str = "") -> str:
    """An open dossier with somebody or an organisation as its party."""
    number = f"d{DossierRow.objects.count()}"
    DossierRow.objects.create(
        id=number, body=BODY, scheme=SCHEME, title=f"案卷 {number}", opened=BEFORE, version=1, head=b"", last=BEFORE
    )  # fmt: skip
    CaseRow.objects.create(
        dossier_id=number, case="c1", process="initial", state="submitted", opened=BEFORE, outcome=outcome, last=BEFORE
    )  # fmt: skip
    PartyRow.objects.create(dossier_id=number, case="c1", key=key, role="")
    return number


def test_what_reaches_or_proves_the_person_goes_and_the_name_stays() -> None:
    account = lin()
    TOTP.activate(account, generate_totp_secret())
    SocialAccount.objects.create(user=account, provider="sso", uid="7")
    Draft.objects.create(account=account, action="initial.submit", updated=NOW.at)
    here, there = client(account), client(account)
    there.get("/account/")
    assert "林评审" in words(here.get(PAGE))
    assert here.post(PAGE, SURE)["Location"] == "/account/inactive/"
    account.refresh_from_db()
    assert (account.name, account.email, account.is_active) == ("林评审", f"{account.key}@closed.invalid", False)
    assert not account.has_usable_password()
    for table in (EmailAddress, Authenticator, SocialAccount, Draft, UserSession):
        assert not table.objects.exists(), table
    for browser in (here, there):
        assert browser.get("/account/")["Location"].startswith("/account/login/")
    assert "_auth_user_id" not in here.session


def test_nobody_signs_in_with_it_again_and_the_address_is_free() -> None:
    client(lin()).post(PAGE, SURE)
    browser = client()
    browser.post("/account/login/", {"login": "lin@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in browser.session
    assert lin().key != Account.objects.get(email__endswith=closing.CLOSED).key


def test_a_wrong_password_closes_nothing_and_counts() -> None:
    account = lin()
    browser = client(account)
    statuses = [browser.post(PAGE, {"password": "wrong"}).status_code for _ in range(8)]
    assert statuses == [200] * 7 + [429]
    account.refresh_from_db()
    assert account.is_active


def test_whoever_has_no_password_shows_themself_by_other_means() -> None:
    account = lin()
    account.set_unusable_password()
    account.save()
    TOTP.activate(account, generate_totp_secret())
    answer = client(account).post(PAGE)
    assert "authenticate" in answer["Location"]
    account.refresh_from_db()
    assert account.is_active


def test_a_role_stands_in_the_way_and_the_page_names_who_ends_it() -> None:
    account, body = lin(), town.body()
    town.administrator("an", body)
    town.assign(account, body, "planner", SCHEME)
    browser = client(account)
    page = words(browser.get(PAGE))
    assert "Planner" in page
    assert "Ask an to end it" in page
    browser.post(PAGE, SURE)
    account.refresh_from_db()
    assert account.is_active


def test_the_only_administrator_is_told_that_another_one_comes_first() -> None:
    account, body = lin(), town.body()
    town.assign(account, body, "administrator")
    assert "Nobody else administers the body" in words(client(account).get(PAGE))


def test_what_waits_for_a_role_in_a_dossier_that_names_them_is_listed() -> None:
    account, body = lin(), town.body()
    town.assign(account, body, "planner", SCHEME)
    number = dossier(account.key)
    WorkRow.objects.create(
        dossier_id=number, key="case:c1", role="planner", kind="case", process="initial", machine="initial",
        state="submitted", case="c1", since=BEFORE, body=BODY, scheme=SCHEME,
    )  # fmt: skip
    page = client(account).get(PAGE)
    assert f"Something waits for you in 案卷 {number}" in words(page)
    assert f"/d/{number}/" in page.content.decode()


def test_an_open_case_stands_in_the_way_of_the_only_one_who_acts_for_its_organisation() -> None:
    account, firm = lin(), town.organisation("甲公司", CODES[1])
    town.employ(account, firm, manager=True)
    dossier(firm.uscc, outcome="withdrawn")
    browser = client(account)
    assert "only you act" not in words(browser.get(PAGE)), "the case is over"
    dossier(firm.uscc)
    assert "only you act for 甲公司" in words(browser.get(PAGE))
    town.employ(town.person("wu"), firm, manager=True)
    assert "stands in the way" not in words(browser.get(PAGE)), "somebody carries on"
    browser.post(PAGE, SURE)
    assert Employment.objects.get(account=account).until == DAY


def test_the_last_manager_makes_another_one_first() -> None:
    account, firm = lin(), town.organisation("甲公司", CODES[1])
    town.employ(account, firm, manager=True)
    town.employ(town.person("wu"), firm)
    assert "last manager of 甲公司" in words(client(account).get(PAGE))


def test_the_only_operator_stays_until_there_is_another() -> None:
    account = lin()
    Account.objects.filter(pk=account.pk).update(operator=True)
    assert "only operator" in words(client(account).get(PAGE))
    town.person("op", operator=True)
    assert "only operator" not in words(client(account).get(PAGE))


def test_ties_end_on_that_day_and_what_explains_an_old_act_stays() -> None:
    account, wei, body, firm = lin(), town.person("wei"), town.body(), town.organisation("甲公司", CODES[1])
    town.assign(account, body, "planner", SCHEME, until=DAY - ONE)
    town.employ(account, firm)
    town.competent(account, body, "支付")
    town.interest(account, "乙公司")
    town.away(wei, account, body, DAY, DAY + 5 * ONE)
    Joining.objects.create(account=account, organisation=town.organisation("乙公司", CODES[2]))
    Invitation.objects.create(email=account.email, organisation=firm, by=wei, digest="x", expires=NOW.at)
    client(account).post(PAGE, SURE)
    for table in (Employment, Competence, Delegation):
        assert table.objects.get().until == DAY, table
        assert table.objects.get().ended_by == account, table
    assert Interest.objects.get().until is None
    assert Joining.objects.get().answered == NOW.at
    assert (Invitation.objects.get().withdrawn, Invitation.objects.filter(email="lin@example.org").count()) == (
        NOW.at,
        0,
    )
