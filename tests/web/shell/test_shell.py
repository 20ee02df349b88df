from __future__ import annotations

import pytest
from django.test import Client

from hefu.people.models import Account

pytestmark = pytest.mark.usefixtures("site")


def test_a_page_is_chinese_when_nothing_is_said_whatever_the_browser_prefers() -> None:
    page = Client(headers={"accept-language": "en"}).get("/nothing")
    assert page.status_code == 404
    assert b'lang="zh-Hans"' in page.content


def test_a_language_once_chosen_stays_on_this_browser() -> None:
    visitor = Client()
    answer = visitor.post("/language/", {"language": "en", "next": "/nothing?x=1"})
    assert answer["Location"] == "/nothing?x=1"
    assert b'lang="en"' in visitor.get("/nothing").content


def test_a_language_that_we_do_not_speak_changes_nothing() -> None:
    visitor = Client()
    visitor.post("/language/", {"language": "xx"})
    assert b'lang="zh-Hans"' in visitor.get("/nothing").content


def test_a_person_is_met_in_the_language_that_they_prefer() -> None:
    person = Account.objects.create_user("a@example.org", "a long password", name="An", language="en")
    visitor = Client()
    visitor.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert b'lang="en"' in visitor.get("/nothing").content


def test_choosing_a_language_is_remembered_for_the_person() -> None:
    person = Account.objects.create_user("a@example.org", "a long password", name="An")
    visitor = Client()
    visitor.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    visitor.post("/language/", {"language": "en"})
    person.refresh_from_db()
    assert person.language == "en"


def test_nobody_is_sent_to_another_site_after_choosing() -> None:
    answer = Client().post("/theme/", {"theme": "dark", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("address", ["/language/", "/theme/"])
def test_reading_an_address_never_changes_anything(address: str) -> None:
    assert Client().get(address).status_code == 405


def test_a_theme_once_chosen_stays_and_can_be_left_to_the_system_again() -> None:
    visitor = Client()
    assert b'data-theme="auto"' in visitor.get("/nothing").content
    visitor.post("/theme/", {"theme": "dark"})
    assert b'data-theme="dark"' in visitor.get("/nothing").content
    visitor.post("/theme/", {"theme": "light"})
    page = visitor.get("/nothing").content
    assert b'data-theme="light"' in page
    assert b"dark.css" not in page
    visitor.post("/theme/", {"theme": "auto"})
    assert b'data-theme="auto"' in visitor.get("/nothing").content


def test_a_form_without_its_secret_is_refused_with_what_to_do_next() -> None:
    answer = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "<h1>" in answer.content.decode()


def test_the_process_answers_and_is_ready() -> None:
    assert Client().get("/healthz").content == b"ok\n"
    assert Client().get("/readyz").content == b"ready\n"
    assert b"User-agent" in Client().get("/robots.txt").content
