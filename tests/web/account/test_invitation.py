"""Invitations from the form to the role: mail, link, new account or known one, once, and only for the address."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail

from hefu.people import accounts
from hefu.people.actor import actor
from hefu.people.models import Account, Invitation
from tests.people import town
from tests.people.town import BODY, DAY, ONE, PASSWORD, SCHEME
from tests.web.account.visit import client, link, words

if TYPE_CHECKING:
    from hefu.people.models import Body

pytestmark = pytest.mark.usefixtures("site")
INVITE = f"/bodies/{BODY}/people/invite/"
PLANNER = {"email": "Lin@Example.org", "roles": [f"{SCHEME}/planner"], "since": DAY.isoformat()}


def invite(body: Body, **more: object) -> str:
    """Invite somebody; gives the path of the link in the mail."""
    response = client(town.administrator("an", body)).post(INVITE, {**PLANNER, **more})
    assert response.status_code == 302, words(response)
    return link()


def test_each_problem_of_the_form_names_its_field() -> None:
    page = words(client(town.administrator("an", town.body())).post(INVITE, {}))
    assert "Email: This field is required." in page
    assert "Roles: This field is required." in page


def test_the_mail_says_who_invites_to_what_and_how_long_and_the_page_lists_it() -> None:
    invite(town.body())
    sent = mail.outbox[-1]
    assert sent.to == ["lin@example.org"]
    assert sent.subject == "Invitation to Beichen"
    assert "an invites you to Beichen" in str(sent.body)
    assert "2026-12-04" in str(sent.body)
    page = words(client(Account.objects.get(name="an")).get(f"/bodies/{BODY}/people/"))
    assert "lin@example.org" in page


def test_somebody_without_account_makes_one_and_has_the_role_and_is_signed_in() -> None:
    path, browser = invite(town.body()), client()
    assert "Make the account" in words(browser.get(path))
    assert browser.post(path, {"name": "林策划", "password": PASSWORD}).status_code == 302
    account = Account.objects.get(email="lin@example.org")
    assert account.name == "林策划"
    assert actor(account, BODY, SCHEME, DAY).roles == {"planner"}
    assert browser.get("/account/").status_code == 200
    again = client().post("/account/login/", {"login": "lin@example.org", "password": PASSWORD})
    assert again["Location"] == "/home/"


def test_a_weak_password_makes_no_account_and_leaves_the_invitation_good() -> None:
    path = invite(town.body())
    page = words(client().post(path, {"name": "林策划", "password": "short"}))
    assert "at least 12 characters" in page
    assert not Account.objects.filter(email="lin@example.org").exists()
    assert client().post(path, {"name": "林策划", "password": PASSWORD}).status_code == 302


def test_looking_at_the_link_takes_nothing_up() -> None:
    path = invite(town.body())
    for _ in range(2):
        assert client().get(path).status_code == 200
    assert Invitation.objects.get().accepted is None


def test_somebody_with_an_account_signs_in_first_and_takes_it_up_with_a_button() -> None:
    account = accounts.create("lin@example.org", "林", PASSWORD)
    path = invite(town.body())
    page = client().get(path)
    assert f"/account/login/?next={path}" in page.content.decode()
    assert client().post(path, {"name": "x", "password": PASSWORD}).status_code == 200
    assert Invitation.objects.get().accepted is None
    assert client(account).post(path)["Location"] == "/account/"
    assert actor(account, BODY, SCHEME, DAY).roles == {"planner"}


def test_the_link_is_good_once() -> None:
    account = accounts.create("lin@example.org", "林", PASSWORD)
    path = invite(town.body())
    client(account).post(path)
    for response in (client(account).get(path), client(account).post(path), client().get(path)):
        assert response.status_code == 404
        assert "no longer good" in words(response)


def test_the_link_is_good_for_its_address_only() -> None:
    path = invite(town.body())
    other = client(town.person("wei"))
    assert "was sent to lin@example.org; you have signed in as wei@example.org" in words(other.get(path))
    assert "was sent to lin@example.org" in words(other.post(path))
    assert Invitation.objects.get().accepted is None


def test_an_old_a_withdrawn_and_a_wrong_link_say_the_same() -> None:
    body = town.body()
    path = invite(body)
    held = Invitation.objects.get()
    pages = [words(client().get("/account/invitation/wrong/"))]
    Invitation.objects.update(expires=held.sent)
    pages.append(words(client().get(path)))
    Invitation.objects.update(expires=held.expires)
    an = client(Account.objects.get(name="an"))
    assert an.post(f"/bodies/{BODY}/people/invitations/{held.pk}/withdraw/").status_code == 302
    pages.append(words(client().get(path)))
    assert len(set(pages)) == 1


def test_roles_may_begin_later_and_end() -> None:
    account = accounts.create("lin@example.org", "林", PASSWORD)
    path = invite(town.body(), since=(DAY + ONE).isoformat(), until=(DAY + ONE).isoformat())
    client(account).post(path)
    days = [actor(account, BODY, SCHEME, DAY + n * timedelta(days=1)).roles for n in (0, 1, 2)]
    assert days == [frozenset(), {"planner"}, frozenset()]


def test_a_form_without_role_address_or_day_says_what_is_missing() -> None:
    browser = client(town.administrator("an", town.body()))
    page = browser.post(INVITE, {"email": "x", "since": ""})
    text = page.content.decode()
    assert 'href="#id_email"' in text
    assert "There are 3 problems" in words(page)
    assert not mail.outbox


def test_an_operator_makes_a_body_and_its_first_administrator_is_invited() -> None:
    browser = client(town.person("op", operator=True))
    form = {
        "slug": "beichen", "name": "北辰认证中心", "name_en": "Beichen", "schemes": [SCHEME], "email": "an@example.org",
    }  # fmt: skip
    assert browser.post("/bodies/new/", form)["Location"] == "/bodies/"
    newcomer = client()
    newcomer.post(link(), {"name": "安管理", "password": PASSWORD})
    assert newcomer.get("/bodies/")["Location"] == "/bodies/beichen/people/"
    assert "taken" in words(browser.post("/bodies/new/", form))
    assert client(town.person("op2", operator=True)).get("/bodies/beichen/people/").status_code == 404


def test_the_name_of_the_sender_cannot_break_the_mail() -> None:
    body = town.body()
    an = town.administrator("an", body)
    body.name_en = "Bei\nBcc: x@example.org"
    body.save()
    client(an).post(INVITE, PLANNER)
    assert mail.outbox[-1].subject == "Invitation to Bei"
    assert mail.outbox[-1].recipients() == ["lin@example.org"]


def test_an_operator_of_no_body_begins_at_the_operation() -> None:
    assert client(town.person("op", operator=True)).get("/home/").headers["Location"] == "/operator/"
