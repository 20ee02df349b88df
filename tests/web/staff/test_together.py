"""The same act on several dossiers: asked once, done for each by itself, and each one's outcome is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from hefu.demo.cast import settle
from hefu.demo.lives import Life, live
from hefu.dossiers.models import CaseRow, WorkRow
from hefu.web import kept
from tests.web.staff.crowd import TODAY
from tests.web.staff.place import NOW, client, words

if TYPE_CHECKING:
    from django.test import Client

STORY = "wal-qp-21/a-whole-life"


@pytest.fixture
def approver(site: str) -> Client:  # noqa: ARG001 - the database first
    """Whoever approves, with three applications that have been reviewed."""
    kept.store().forget()
    cast = settle(TODAY)
    for holder in ("anxin", "beichen", "hengtong"):
        live(kept.store(), cast, Life("wal", STORY, "initial.review-application", 1, holder, {}, {}), NOW, {})
    return client(cast.accounts["mei"])


def opened(browser: Client) -> tuple[str, dict[str, Any]]:
    """The address of the form for all that wait for approval, and what it sends."""
    waiting = WorkRow.objects.filter(role="approver", kind="case").values_list("dossier_id", "key")
    query = "&".join([f"row={dossier}/{key}" for dossier, key in waiting] + ["do=wal-qp-21@2.0/initial.approve"])
    text = browser.get(f"/work/together/?{query}").content.decode()
    sent: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text):
        sent.setdefault(name, []).append(value)
    return f"/work/together/?{query}", sent


def approved() -> int:
    return CaseRow.objects.filter(process="initial", state="approved").count()


def test_an_act_is_done_for_every_dossier_that_was_chosen(approver: Client) -> None:
    path, sent = opened(approver)
    page = words(approver.post(path, sent))
    assert "Done for 3 of 3" in page
    assert page.count("done") == 3
    assert approved() == 3


def test_a_dossier_that_somebody_has_led_on_meanwhile_is_named_and_holds_up_none_of_the_others(
    approver: Client,
) -> None:
    path, sent = opened(approver)
    dossier = CaseRow.objects.filter(process="initial").values_list("dossier_id", flat=True)[0]
    act = f"/d/{dossier}/do/initial.approve/"
    approver.post(act, dict(re.findall(r'name="(_\w+)" value="([^"]*)"', approver.get(act).content.decode())))
    assert approved() == 1
    page = words(approver.post(path, sent))
    assert "Done for 2 of 3" in page
    assert page.count("changed meanwhile") == 1
    assert approved() == 3


def test_what_was_sent_twice_is_done_once(approver: Client) -> None:
    path, sent = opened(approver)
    approver.post(path, sent)
    assert "None of the chosen dossiers waits for this act any more" in words(approver.post(path, sent))
    assert approved() == 3
