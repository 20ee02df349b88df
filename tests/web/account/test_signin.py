"""Signing in: sign-up to the first page, password, lockout, second factor, recovery codes, reset, language."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client

from hefu.people import accounts
from hefu.people.models import Account
from tests.people import town
from tests.people.town import PASSWORD
from tests.web.account.visit import client, link, words

pytestmark = pytest.mark.usefixtures("site")
SIGN_IN, SIGN_UP = "/account/login/", "/account/signup/"
NEW = {"email": "Lin@Example.org", "name": "林评审", "password1": PASSWORD, "password2": PASSWORD}


def lin() -> Account:
    return accounts.create("lin@example.org", "林评审", PASSWORD)


def sign_in(browser: Client, password: str = PASSWORD, email: str = "lin@example.org") -> Any:  # noqa: ANN401 - a response
    return browser.post(SIGN_IN, {"login": email, "password": password})


def signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_whoever_signs_up_confirms_the_address_and_then_names_their_organisation() -> None:
    browser = client()
    assert browser.post(SIGN_UP, NEW)["Location"] == "/account/confirm-email/"
    assert not signed_in(browser)
    sent = mail.outbox[-1]
    assert (sent.to, sent.subject) == (["lin@example.org"], "Confirm your address")
    assert browser.get(link()).status_code == 200
    assert not EmailAddress.objects.get().verified, "looking at the link does nothing"
    browser.post(link())
    assert EmailAddress.objects.get().verified
    assert sign_in(browser)["Location"] == "/account/organisations/"
    account = Account.objects.get()
    assert (account.name, account.language, account.operator) == ("林评审", "en", False)


def test_signing_up_needs_a_name_and_a_password_that_is_not_weak() -> None:
    page = words(client().post(SIGN_UP, {**NEW, "name": "", "password1": "short", "password2": "short"}))
    assert "There are" in page
    assert "at least 12 characters" in page
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("bad", "said"),
    [("lin@example.org", "too much like your name or address"), ("q1w2e3r4t5y6", "Many people use this password")],
)
def test_a_weak_password_is_refused_in_words_of_ours(bad: str, said: str) -> None:
    page = words(client().post(SIGN_UP, {**NEW, "password1": bad, "password2": bad}))
    assert said in page
    assert "您" in words(client(language="zh-hans").get(SIGN_UP))
    assert "你" not in words(client(language="zh-hans").get(SIGN_UP))


def test_signing_up_with_a_used_address_looks_the_same_and_tells_only_its_owner() -> None:
    lin()
    assert client().post(SIGN_UP, NEW)["Location"] == "/account/confirm-email/"
    assert mail.outbox[-1].subject == "You have an account already"
    assert Account.objects.count() == 1


def test_nobody_signs_in_before_their_address_is_confirmed() -> None:
    town.person("lin")
    browser = client()
    assert sign_in(browser)["Location"] == "/account/confirm-email/"
    assert not signed_in(browser)


def test_a_right_password_signs_in_and_leads_to_where_one_wanted_to_go() -> None:
    lin()
    browser = client()
    response = browser.post(f"{SIGN_IN}?next=/account/interests/", {"login": "LIN@example.org", "password": PASSWORD})
    assert response["Location"] == "/account/interests/"
    assert signed_in(browser)


def test_signing_in_leads_nowhere_else() -> None:
    lin()
    response = client().post(
        f"{SIGN_IN}?next=https://evil.example/", {"login": "lin@example.org", "password": PASSWORD}
    )
    assert response["Location"] == "/account/organisations/"


def test_whoever_has_a_role_goes_to_their_work() -> None:
    town.assign(lin(), town.body(), "planner")
    assert sign_in(client())["Location"] == "/home/"


def test_a_wrong_password_and_an_unknown_address_are_told_alike() -> None:
    lin()
    found = [words(sign_in(client(), "wrong")), words(sign_in(client(), "wrong", "nobody@example.org"))]
    problems = [page[page.index("There is a problem") :].split("Email")[0] for page in found]
    assert problems[0] == problems[1]


def test_the_eighth_wrong_password_locks_that_address_out_from_that_place_only() -> None:
    lin()
    accounts.create("wei@example.org", "魏", PASSWORD)
    browser = client()
    statuses = [sign_in(browser, "wrong").status_code for _ in range(8)]
    assert statuses == [200] * 7 + [429]
    refused = sign_in(browser)
    assert refused.status_code == 429
    assert "60 minutes" in words(refused)
    assert not signed_in(browser)
    assert sign_in(client(), email="wei@example.org").status_code == 302
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(elsewhere).status_code == 302


def test_the_lockout_looks_at_the_address_however_it_is_written() -> None:
    lin()
    for spelling in ("lin@example.org", "LIN@example.org", " Lin@Example.Org ", "lin@EXAMPLE.org") * 2:
        last = sign_in(client(), "wrong", spelling)
    assert last.status_code == 429
    assert sign_in(client()).status_code == 429


def test_a_right_password_forgets_the_wrong_ones() -> None:
    lin()
    for _ in range(2):
        for _ in range(7):
            assert sign_in(client(), "wrong").status_code == 200
        assert sign_in(client()).status_code == 302


def test_a_closed_account_does_not_sign_in() -> None:
    account = lin()
    account.is_active = False
    account.save()
    browser = client()
    assert sign_in(browser)["Location"] == "/account/inactive/"
    assert not signed_in(browser)


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def test_with_an_authenticator_app_the_password_alone_does_not_sign_in() -> None:
    secret = generate_totp_secret()
    TOTP.activate(lin(), secret)
    browser = client()
    assert sign_in(browser)["Location"] == "/account/2fa/authenticate/"
    assert not signed_in(browser)
    wrong = browser.post("/account/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert not signed_in(browser)
    browser.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert signed_in(browser)


def test_a_recovery_code_signs_in_once() -> None:
    account = lin()
    TOTP.activate(account, generate_totp_secret())
    code = RecoveryCodes.activate(account).get_unused_codes()[0]
    for expected in (True, False):
        browser = client()
        sign_in(browser)
        browser.post("/account/2fa/authenticate/", {"code": code})
        assert signed_in(browser) is expected


def test_codes_of_the_second_factor_cannot_be_tried_for_ever() -> None:
    TOTP.activate(lin(), generate_totp_secret())
    browser = client()
    sign_in(browser)
    pages = [words(browser.post("/account/2fa/authenticate/", {"code": "000000"})) for _ in range(12)]
    assert "Too many" in pages[-1]


def test_the_authenticator_app_is_turned_on_with_its_first_code_and_brings_recovery_codes() -> None:
    lin()
    browser = client()
    sign_in(browser)
    asked = browser.get("/account/2fa/totp/activate/")["Location"]
    assert browser.post(asked, {"password": PASSWORD})["Location"] == "/account/2fa/totp/activate/"
    page = browser.get("/account/2fa/totp/activate/")
    found = re.search(r"<code>([A-Z2-7]{16,})</code>", page.content.decode())
    assert found is not None
    done = browser.post("/account/2fa/totp/activate/", {"code": code_of(found[1])})
    assert done["Location"] == "/account/2fa/recovery-codes/"
    assert "10 of 10 left" in words(browser.get("/account/2fa/recovery-codes/"))
    assert "On" in words(browser.get("/account/2fa/"))


def test_a_forgotten_password_is_set_anew_by_mail_and_the_link_is_good_once() -> None:
    lin()
    assert client().post("/account/password/reset/", {"email": "lin@example.org"})["Location"].endswith("/done/")
    path, browser = link(), client()
    form = browser.get(path)["Location"]
    changed = {"password1": "another-tally-2026", "password2": "another-tally-2026"}
    assert browser.post(form, changed).status_code == 302
    assert sign_in(client(), "another-tally-2026").status_code == 302
    assert "no longer good" in words(client().get(path))


def test_a_reset_for_an_unknown_address_looks_the_same_on_the_page() -> None:
    assert client().post("/account/password/reset/", {"email": "no@example.org"})["Location"].endswith("/done/")
    assert mail.outbox[-1].subject == "No account with this address"


def test_changing_how_one_signs_in_asks_for_the_password_again() -> None:
    response = client(lin()).get("/account/2fa/totp/activate/")
    assert response["Location"].startswith("/account/reauthenticate/")


def test_a_wrong_password_there_counts_too() -> None:
    browser = client(lin())
    statuses = [browser.post("/account/reauthenticate/", {"password": "wrong"}).status_code for _ in range(8)]
    assert statuses == [200] * 7 + [429]


def test_the_language_of_the_account_is_spoken_where_the_browser_has_none() -> None:
    account = lin()
    account.language = "en"
    account.save()
    browser = client(account)
    del browser.cookies["language"]
    assert 'lang="en"' in browser.get("/account/").content.decode()
    browser.post("/account/", {"name": "林", "language": "zh-hans"})
    account.refresh_from_db()
    assert account.language == "zh-hans"
    assert 'lang="zh-Hans"' in browser.get("/account/").content.decode()
    assert browser.cookies["language"].value == "zh-hans"


@pytest.mark.parametrize("path", [SIGN_IN, SIGN_UP, "/account/password/reset/"])
def test_pages_before_signing_in_answer(path: str) -> None:
    assert client().get(path).status_code == 200
    assert client(language="zh-hans").get(path).status_code == 200
