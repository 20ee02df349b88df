"""One's sessions: shown in plain words with nothing that is not needed, ended one by one, and by a new password."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from hefu.people import accounts
from hefu.web.account.devices import told
from hefu.web.account.presence import NOWHERE, network
from tests.people.town import PASSWORD
from tests.web.account.visit import client, words
from tests.web.forgetting import forget

if TYPE_CHECKING:
    from hefu.people.models import Account

pytestmark = pytest.mark.usefixtures("site")
PAGE, OTHERS = "/account/sessions/", "/account/sessions/others/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"
WECHAT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.50"
)


@pytest.fixture(autouse=True)
def nobody_has_signed_in_yet() -> None:
    forget()  # how often somebody may sign in a minute is not the question here


def browser(account: Account, agent: str, address: str = "203.0.113.77") -> Client:
    """A browser in which somebody has signed in with their password."""
    found = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    found.cookies["language"] = "en"
    assert (
        found.post("/account/login/", {"login": account.email, "password": PASSWORD})["Location"] != "/account/login/"
    )
    return found


def somebody(name: str) -> Account:
    return accounts.create(f"{name}@example.org", name, PASSWORD)


def is_in(found: Client) -> bool:
    return bool(found.get(PAGE).status_code == 200)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (EDGE, "Edge on Windows"),
        (WECHAT, "WeChat on iPhone"),
        ("curl/8", "Unknown browser"),
    ],
)
def test_a_browser_is_told_in_plain_words(agent: str, words: str) -> None:
    with translation.override("en"):
        assert told(agent) == words


@pytest.mark.parametrize(
    ("address", "kept"),
    [("203.0.113.77", "203.0.113.0"), ("2001:db8:1:2:3::9", "2001:db8:1::"), ("", NOWHERE), ("unix:", NOWHERE)],
)
def test_only_the_network_of_an_address_is_kept(address: str, kept: str) -> None:
    assert network(address) == kept


def test_the_page_says_where_one_is_signed_in_and_marks_this_browser() -> None:
    lin = somebody("lin")
    here, there = browser(lin, FIREFOX), browser(lin, EDGE, "198.51.100.9")
    page = words(here.get(PAGE))
    assert page.index("Firefox on Linux") < page.index("This browser") < page.index("Edge on Windows")
    assert "198.51.100.x" in page
    assert "198.51.100.9" not in here.get(PAGE).content.decode()
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"203.0.113.0", "198.51.100.0"}
    assert "203.0.113.x" in words(there.get(PAGE))


def test_the_page_asks_the_database_as_often_for_many_sessions_as_for_two() -> None:
    lin, counted = somebody("lin"), []
    here = browser(lin, FIREFOX)
    here.get(PAGE)  # what is remembered from then on is not the question
    for more in (1, 5):
        for _ in range(more):
            browser(lin, EDGE)
        with CaptureQueriesContext(connection) as queries:
            here.get(PAGE)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_a_session_is_touched_seldom_and_then_says_when() -> None:
    lin = somebody("lin")
    here = browser(lin, FIREFOX)
    long_ago = timezone.now() - timedelta(hours=5)
    UserSession.objects.update(last_seen_at=long_ago)
    here.get("/account/")
    assert UserSession.objects.get().last_seen_at == long_ago
    forget()
    here.get("/account/")
    assert UserSession.objects.get().last_seen_at > long_ago


def test_one_session_is_ended_after_one_has_said_so_twice() -> None:
    lin = somebody("lin")
    here, there, third = (browser(lin, agent) for agent in (FIREFOX, EDGE, WECHAT))
    path = f"{PAGE}{UserSession.objects.get(user_agent=EDGE).pk}/"
    assert "Edge on Windows" in words(here.get(path))
    assert is_in(there), "looking at the question ends nothing"
    assert here.post(path)["Location"] == PAGE
    assert (is_in(here), is_in(there), is_in(third)) == (True, False, True)
    assert "Edge" not in words(here.get(PAGE))


def test_all_others_are_ended_and_this_one_stays() -> None:
    lin, wei = somebody("lin"), somebody("wei")
    here, there, third, of_wei = (*(browser(lin, agent) for agent in (FIREFOX, EDGE, WECHAT)), browser(wei, EDGE))
    assert "WeChat on iPhone" in words(here.get(OTHERS))
    here.post(OTHERS)
    assert [is_in(one) for one in (here, there, third, of_wei)] == [True, False, False, True]


def test_neither_ones_own_session_nor_that_of_somebody_else_is_ended_this_way() -> None:
    lin, wei = somebody("lin"), somebody("wei")
    here, of_wei = browser(lin, FIREFOX), browser(wei, EDGE)
    for row in UserSession.objects.all():
        assert here.post(f"{PAGE}{row.pk}/").status_code == 404
    assert is_in(here)
    assert is_in(of_wei)


def test_a_session_that_is_over_is_forgotten() -> None:
    lin = somebody("lin")
    here = browser(lin, FIREFOX)
    browser(lin, EDGE)
    row = UserSession.objects.get(user_agent=EDGE)
    Session.objects.filter(pk=row.session_key).update(expire_date=timezone.now() - timedelta(minutes=1))
    assert "Edge" not in words(here.get(PAGE))
    assert UserSession.objects.count() == 1


def test_a_new_password_signs_out_everywhere_else() -> None:
    accounts.create("lin@example.org", "林", PASSWORD)
    here = client()
    here.post("/account/login/", {"login": "lin@example.org", "password": PASSWORD})
    there = client()
    there.post("/account/login/", {"login": "lin@example.org", "password": PASSWORD})
    new = {"oldpassword": PASSWORD, "password1": "another-tally-2026", "password2": "another-tally-2026"}
    assert here.post("/account/password/change/", new).status_code == 302
    assert UserSession.objects.count() == 1
    assert (is_in(here), is_in(there)) == (True, False)
