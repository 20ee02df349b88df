"""Numbers of certificates: given out with the act, one after another, and never twice in a body."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from hefu.dossiers.models import CertificateRow
from hefu.people.models import Assignment, Offer
from hefu.web import kept
from hefu.web.dossier import sheet
from tests.web.dossier.scene import Scene, scene
from tests.web.forms.sending import sent

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.usefixtures("today")]
DO = "initial.issue"
SINCE = date(2026, 1, 1)


def pattern() -> None:
    """The body gives numbers by a pattern."""
    Offer.objects.filter(body="wal").update(numbers={"certificate": "WA-{year}-{serial:4}"})


def handed(held: Scene, said: dict[str, Any]) -> dict[str, Any]:
    """The sheet filled in: who signs it, and what a test says."""
    return {**said, "signed_off_by": held.cast.accounts["dong"].key}


def numbers() -> list[str]:
    return sorted(CertificateRow.objects.values_list("number", flat=True))


def opened(held: Scene, who: str) -> tuple[Client, str, dict[str, Any]]:
    """The sheet of the act in a browser: its address and what it would send."""
    browser, path = held.browser(who), f"/d/{held.dossier}/do/{DO}/"
    return browser, path, handed(held, sent(browser.get(path).content.decode()).dict())


@pytest.mark.usefixtures("site")
def test_the_sheet_shows_the_next_number_and_leaves_its_field_empty() -> None:
    held = scene("initial.grant")
    assert "下一个编号" not in held.browser("yu").get(f"/d/{held.dossier}/do/{DO}/").content.decode()
    pattern()
    page = held.browser("yu").get(f"/d/{held.dossier}/do/{DO}/").content.decode()
    assert "下一个编号：WA-2026-0001" in page
    assert not sent(page)["certificate_number"]


@pytest.mark.usefixtures("site")
def test_without_a_pattern_the_number_must_be_typed() -> None:
    held = scene("initial.grant")
    answer = held.hand_in("yu", DO, handed(held, {}), confirmed=True)
    assert answer.status_code == 422
    assert "请填写“证书编号”" in answer.content.decode()


@pytest.mark.usefixtures("site")
def test_what_is_to_be_confirmed_shows_the_number_and_says_that_it_is_given_out_with_the_act(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # no shipped scheme has an act that makes a certificate and is to be confirmed
    monkeypatch.setattr(sheet, "weighty", lambda *_: True)
    held = scene("initial.grant")
    pattern()
    asked = held.hand_in("yu", DO, handed(held, {})).content.decode()
    assert "WA-2026-0001" in asked
    assert "随本次操作编定" in asked
    assert "certificate_number" not in sent(asked), "it is not handed in, but given out"


@pytest.mark.usefixtures("sites")
def test_two_people_who_are_shown_the_same_number_get_one_each() -> None:
    first = scene("initial.grant")
    second = first.another("initial.grant", "lvzhou")
    pattern()
    li = first.cast.accounts["li"]
    Assignment.objects.create(account=li, body_id="wal", role="certificate-officer", since=SINCE)
    opening = [opened(held, who) for held, who in ((first, "yu"), (second, "li"))]
    barrier, answers = Barrier(2), []

    def hand_in(browser: Client, path: str, fields: dict[str, Any]) -> None:
        barrier.wait()
        answers.append(Scene.again(browser, path, fields, confirmed=True).status_code)
        connections.close_all()

    threads = [Thread(target=hand_in, args=one) for one in opening]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302, 302]
    assert numbers() == ["WA-2026-0001", "WA-2026-0002"]


@pytest.mark.usefixtures("sites")
def test_the_second_of_two_is_told_the_number_that_it_has_got() -> None:
    first = scene("initial.grant")
    second = first.another("initial.grant", "lvzhou")
    pattern()
    browser, path, fields = opened(second, "yu")
    assert first.hand_in("yu", DO, handed(first, {}), confirmed=True).status_code == 302
    answer: Any = browser.post(path, {**fields, "_confirmed": "yes"}, follow=True)
    assert "证书编号：WA-2026-0002" in answer.content.decode()


@pytest.mark.usefixtures("site")
def test_a_sheet_sent_twice_gets_one_number() -> None:
    held = scene("initial.grant")
    pattern()
    browser, path, fields = opened(held, "yu")
    for _time in range(2):
        assert Scene.again(browser, path, fields, confirmed=True).status_code == 302
    assert numbers() == ["WA-2026-0001"]


@pytest.mark.usefixtures("sites")
def test_a_number_of_another_certificate_is_refused_and_everything_typed_stays() -> None:
    first = scene("initial.grant")
    second = first.another("initial.grant", "lvzhou")
    assert first.hand_in("yu", DO, handed(first, {"certificate_number": "甲-1"}), confirmed=True).status_code == 302
    for confirmed in (False, True):
        answer = second.hand_in("yu", DO, handed(second, {"certificate_number": "甲-1"}), confirmed=confirmed)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "编号 甲-1 已用于本机构的另一张证书" in page
        assert sent(page)["certificate_number"] == "甲-1"
    (line,) = second.page("yu").context["page"].refused
    assert [(why.code, why.field) for why in line.reasons] == [("number-taken", "certificate_number")]
    assert "甲-1" not in line.reasons[0].message.zh, "of the form nothing is kept"
    assert second.hand_in("yu", DO, handed(second, {"certificate_number": "甲-2"}), confirmed=True).status_code == 302
    assert numbers() == ["甲-1", "甲-2"]
    assert kept.store().load(second.dossier)[0].dossier.certificate is not None
