"""Pages of accounts and of a body's people in a browser: no barriers, no pushing sideways, and passkeys that work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from hefu.people import accounts, invitations
from hefu.web import moment
from tests.browser.barriers import NARROW, fits, no_barriers
from tests.people import town
from tests.people.town import BODY, CODES, LIST, ONE, PASSWORD, SCHEME

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from hefu.people.models import Account
    from tests.browser.conftest import OpenPage

WIDE = 1440


@pytest.fixture
def paths(site: str) -> dict[str, Account | None]:  # noqa: ARG001 - the database first
    """Every page with something on it, and who opens it."""
    body, today, now = town.body(BODY, SCHEME, LIST), moment.today(), moment.now()
    an, lin, ke = town.administrator("an", body), town.person("lin"), town.person("ke")
    tie = town.assign(lin, body, "planner", SCHEME)
    town.assign(lin, body, "committee", LIST, until=today + ONE)
    town.away(lin, an, body, today, today + ONE)
    row = town.competent(lin, body, "网络安全", until=today + ONE)
    town.competent(an, body, "支付", until=today - ONE)
    firm, lab = (
        town.organisation("甲公司", CODES[1], proven=False),
        town.organisation("示例检测", CODES[2], proven=False),
    )
    town.employ(ke, firm, manager=True)
    town.employ(lin, firm)
    standing = town.stand(lab, body, "lab", SCHEME, until=today + ONE)
    interest = town.interest(lin, "乙公司")
    town.interest(lin, "丙公司", until=today + ONE)
    _, secret = invitations.invite_to_body("new@example.org", body, [(SCHEME, "planner")], an, now.at, now.on)
    invitations.invite_to_organisation("new@example.org", firm, ke, now.at, now.on)
    op, start = town.person("op", operator=True), f"/bodies/{BODY}"
    return {
        "/account/login/": None, "/account/signup/": None, "/account/password/reset/": None,
        f"/account/invitation/{secret}/": None,
        f"{start}/people/": an, f"{start}/people/invite/": an, f"{start}/people/{lin.key}/": an,
        f"{start}/people/{lin.key}/roles/{tie.pk}/": an, f"{start}/competence/": an,
        f"{start}/competence/{row.pk}/": an, f"{start}/standings/": an, f"{start}/standings/{standing.pk}/": an,
        "/account/": lin, "/account/interests/": lin, f"/account/interests/{interest.pk}/": lin,
        "/account/absences/": lin, "/account/2fa/": lin, "/account/password/change/": lin, "/account/email/": lin,
        "/account/sessions/": ke, "/account/sessions/others/": ke, "/account/close/": lin,
        "/account/organisations/": ke, f"/account/organisations/{firm.uscc}/": ke,
        "/bodies/": op, "/bodies/new/": op, "/bodies/organisations/": op, f"{start}/administrators/": op,
    }  # fmt: skip


@pytest.mark.parametrize(("language", "theme", "width"), [("zh-hans", "light", WIDE), ("en", "dark", NARROW)])
def test_no_page_has_barriers_or_has_to_be_pushed_sideways(
    open_page: OpenPage, paths: dict[str, Account | None], language: str, theme: str, width: int
) -> None:
    for path, who in paths.items():
        page = open_page(path, who, language=language, theme=theme, width=width)
        no_barriers(page)
        fits(page)
        page.close()


def authenticator(page: Page) -> Any:  # noqa: ANN401 - a session of the browser's own protocol
    """A passkey device that says yes to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def test_a_passkey_is_added_and_signs_in_without_a_password(open_page: OpenPage, address: str) -> None:
    accounts.create("lin@example.org", "林", PASSWORD)
    here = address.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, and an address in digits is none
    page = open_page("/account/login/", language="en")
    page.context.add_cookies([{"name": "language", "value": "en", "url": here}])
    authenticator(page)
    page.goto(f"{here}/account/login/?next=/account/2fa/webauthn/add/")
    page.get_by_label("Email").fill("lin@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Sign in with this key alone").check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/recovery-codes/**")
    page.goto(f"{here}/account/2fa/webauthn/")
    assert page.get_by_role("cell", name="Passkey", exact=True).is_visible()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto(f"{here}/account/login/?next=/account/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{here}/account/")
    assert page.get_by_role("heading", level=1).inner_text() == "Account"


def test_whoever_came_without_a_password_a_while_ago_is_led_through_the_entrance_before_closing(
    open_page: OpenPage,
) -> None:
    account = accounts.create("lin@example.org", "林", PASSWORD)
    account.set_unusable_password()
    account.save()
    page = open_page("/account/close/", account, width=360, theme="dark")
    no_barriers(page)
    page.get_by_role("button", name="退出并重新登录").click()
    page.wait_for_url(lambda url: "/account/login/" in url and url.endswith("close%2F"))


def test_a_passkey_that_does_not_answer_is_told(open_page: OpenPage) -> None:
    page = open_page("/account/login/", language="en")
    told = page.get_by_text("The passkey did not answer")
    assert not told.is_visible()
    page.evaluate("document.dispatchEvent(new CustomEvent('allauth.error', {cancelable: true}))")
    assert told.is_visible()


def test_the_first_problem_of_a_form_leads_to_its_field(open_page: OpenPage) -> None:
    page = open_page("/account/signup/", language="en")
    page.get_by_role("button", name="Create the account").click()
    alert = page.get_by_role("alert")
    assert "There are" in alert.inner_text()
    alert.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.name") == "email"


def entered(open_page: OpenPage, language: str) -> Page:
    """A browser in which somebody has signed in with their password."""
    page = open_page("/account/login/", language=language)
    page.locator("input[name=login]").fill("lin@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/account/organisations/")
    return page


@pytest.mark.parametrize(("language", "here"), [("zh-hans", "当前浏览器"), ("en", "This browser")])
def test_somebody_signs_out_elsewhere_and_then_closes_their_account(
    open_page: OpenPage, address: str, language: str, here: str
) -> None:
    accounts.create("lin@example.org", "林", PASSWORD)
    page, other = entered(open_page, language), entered(open_page, language)
    page.goto(f"{address}/account/sessions/")
    assert page.locator("tbody tr").count() == 2
    assert here in page.locator("tbody tr").first.inner_text()
    page.locator("tbody a.btn").click()
    page.locator("main form button.btn--primary").click()
    page.wait_for_url("**/account/sessions/")
    assert page.locator("tbody tr").count() == 1
    other.goto(f"{address}/account/")
    assert "/account/login/" in other.url
    page.goto(f"{address}/account/close/")
    no_barriers(page)
    page.locator("main input[type=password]").fill(PASSWORD)
    page.locator("main form button.btn--primary").click()
    page.wait_for_url("**/account/inactive/")
    page.goto(f"{address}/account/")
    assert "/account/login/" in page.url
