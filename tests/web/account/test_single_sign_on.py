"""Signing in by an identity provider of the operator's: new people, known ones, and addresses that nobody checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client, override_settings

from hefu.people import accounts
from hefu.people.models import Account
from hefu.site.parts import single_sign_on
from tests.people.town import PASSWORD
from tests.web.account.provider import Provider, answering
from tests.web.account.visit import client, words

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("site")
CLOSE = "/account/close/"
LIN = {"sub": "1", "email": "Lin@example.org", "email_verified": True, "name": "林评审"}


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    for name, value in (("ID", "hefu"), ("SECRET", "s"), ("NAME", "北辰统一认证")):
        monkeypatch.setenv(f"HEFU_OIDC_{name}", value)
    with answering() as found, override_settings(HEFU_OIDC_URL=found.url, **single_sign_on(found.url)):
        found.claims = dict(LIN)
        yield found


def sign_in(browser: Client) -> Any:  # noqa: ANN401 - a response of the test client
    """What follows when the provider sends the browser back."""
    sent = urlsplit(browser.post("/account/oidc/sso/login/")["Location"])
    asked = parse_qs(sent.query)
    assert sent.path == "/authorize"
    assert asked["code_challenge_method"] == ["S256"]
    return browser.get("/account/oidc/sso/login/callback/", {"code": "c", "state": asked["state"][0]})


def test_without_a_provider_nothing_is_offered() -> None:
    page = client().get("/account/login/")
    assert "Continue with" not in words(page)
    assert "form-action 'self';" in f"{page['Content-Security-Policy']};"


def test_the_page_offers_it_and_lets_the_browser_go_there_and_nowhere_else(provider: Provider) -> None:
    page = client().get("/account/login/")
    assert "Continue with 北辰统一认证" in words(page)
    assert f"form-action 'self' {provider.url};" in f"{page['Content-Security-Policy']};"
    assert provider.url not in client().get("/account/password/reset/")["Content-Security-Policy"]


def test_somebody_new_gets_an_account_with_the_name_that_the_provider_knows(provider: Provider) -> None:
    browser = client()
    assert sign_in(browser)["Location"] == "/account/organisations/"
    account = Account.objects.get()
    assert (account.email, account.name, account.operator) == ("lin@example.org", "林评审", False)
    assert not account.has_usable_password()
    assert browser.get("/account/").status_code == 200
    assert "code_verifier=" in provider.tokens_asked[0]


def test_a_known_address_is_the_same_account(provider: Provider) -> None:  # noqa: ARG001 - it answers
    account = accounts.create("lin@example.org", "林", PASSWORD)
    browser = client()
    sign_in(browser)
    assert browser.session["_auth_user_id"] == str(account.pk)
    assert Account.objects.count() == 1


def test_an_address_that_the_provider_has_not_checked_opens_no_account_that_is_there(provider: Provider) -> None:
    accounts.create("lin@example.org", "林", PASSWORD)
    provider.claims["email_verified"] = False
    browser = client()
    sign_in(browser)
    assert "_auth_user_id" not in browser.session


def test_a_state_that_we_have_not_given_is_refused(provider: Provider) -> None:  # noqa: ARG001 - it answers
    browser = client()
    response = browser.get("/account/oidc/sso/login/callback/", {"code": "c", "state": "forged"})
    assert "failed" in words(response)
    assert "_auth_user_id" not in browser.session


def test_an_account_without_a_password_is_closed_by_typing_its_own_address(provider: Provider) -> None:  # noqa: ARG001 - it answers
    browser = client()
    sign_in(browser)
    for sent in ({}, {"address": "somebody@example.org"}):
        assert browser.post(CLOSE, sent).status_code == 200
        assert Account.objects.get().is_active
    assert browser.post(CLOSE, {"address": " LIN@example.org "})["Location"] == "/account/inactive/"
    assert not Account.objects.get().is_active


def test_whoever_came_by_a_provider_a_while_ago_signs_in_again_before_closing(provider: Provider) -> None:  # noqa: ARG001 - it answers
    browser = client()
    sign_in(browser)
    session = browser.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= 301
    session.save()
    assert "Sign in again first" in words(browser.get(CLOSE))
    browser.post(CLOSE, {"address": "lin@example.org"})
    assert Account.objects.get().is_active
    out = browser.post("/account/logout/", {"next": f"/account/login/?next={CLOSE}"})
    assert out["Location"] == f"/account/login/?next={CLOSE}"
    sign_in(browser)
    assert "Sign in again first" not in words(browser.get(CLOSE))
