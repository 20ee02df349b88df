"""What another process changes of somebody's rights holds for their very next request, whatever page they have open."""

from __future__ import annotations

from typing import Any

import pytest

from hefu.dossiers.models import JournalRow
from tests.people.elsewhere import elsewhere
from tests.web.dossier.scene import Scene, scene
from tests.web.forms.sending import sent

pytestmark = [pytest.mark.usefixtures("sites"), pytest.mark.usefixtures("today")]
DO = "initial.request-supplement"
FIELDS = {"missing": "营业执照副本", "supplement_by": "2026-12-10"}


@pytest.fixture
def held() -> Scene:
    return scene("initial.submit")


def after(held: Scene, statement: str, who: str = "he") -> Any:  # noqa: ANN401 - a response of the test client
    """A sheet is opened; then another process does something; then the sheet is handed in."""
    browser, path = held.browser(who), f"/d/{held.dossier}/do/{DO}/"
    fields = {**sent(browser.get(path).content.decode()).dict(), **FIELDS}
    before = JournalRow.objects.count()
    elsewhere(statement.format(account=held.cast.accounts[who].pk))
    answer = held.again(browser, path, fields)
    assert (JournalRow.objects.count() > before) is answer.headers.get("Location", "").startswith("/d/")
    return answer


def test_a_role_that_has_ended_can_no_longer_be_used(held: Scene) -> None:
    ended = "UPDATE hefu_assignment SET until = '2026-11-19' WHERE account_id = {account}"
    assert after(held, ended).status_code == 404


def test_a_role_that_was_exchanged_for_another_is_refused_by_the_rules(held: Scene) -> None:
    exchanged = "UPDATE hefu_assignment SET role = 'quality-manager' WHERE account_id = {account}"
    assert after(held, exchanged).status_code in {404, 422}


def test_an_account_that_was_closed_is_asked_to_sign_in(held: Scene) -> None:
    answer = after(held, "UPDATE hefu_account SET is_active = false WHERE id = {account}")
    assert answer.headers["Location"].startswith("/account/login/")


def test_a_session_that_was_ended_is_over(held: Scene) -> None:
    answer = after(held, "DELETE FROM django_session")
    assert answer.headers["Location"].startswith("/account/login/")


def test_a_session_whose_day_is_over_has_ended(held: Scene) -> None:
    answer = after(held, "UPDATE django_session SET expire_date = '2020-01-01 00:00:00'")
    assert answer.headers["Location"].startswith("/account/login/")


def test_a_new_password_ends_the_other_sessions(held: Scene) -> None:
    answer = after(held, "UPDATE hefu_account SET password = 'another' WHERE id = {account}")
    assert answer.headers["Location"].startswith("/account/login/")


def test_the_deputy_of_somebody_who_goes_away_may_act_at_once(held: Scene) -> None:
    assert held.hand_in("pan", DO, FIELDS).status_code == 422
    he, pan = (held.cast.accounts[name].pk for name in ("he", "pan"))
    elsewhere(
        "INSERT INTO hefu_delegation (absent_id, deputy_id, body_id, reason, since, until)"  # noqa: S608 - our own words
        f" VALUES ({he}, {pan}, 'wal', 'leave', '2026-11-20', '2026-11-20')"
    )
    assert held.hand_in("pan", DO, FIELDS).status_code == 302
