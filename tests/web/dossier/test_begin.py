"""Beginning a dossier: who may, with what number, and for whom it is there afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hefu.demo.cast import settle
from hefu.dossiers.models import DossierRow
from hefu.people.models import Offer
from tests.web.dossier.scene import BACKEND, TODAY
from tests.web.forms.sending import sent

pytestmark = [pytest.mark.usefixtures("site"), pytest.mark.usefixtures("today")]


def browser(who: str) -> Client:
    client = Client()
    client.force_login(settle(TODAY).accounts[who], backend=BACKEND)
    return client


def test_a_client_finds_what_they_may_apply_for_and_what_not() -> None:
    shown = browser("wang").get("/my/begin/").content.decode()
    assert "/begin/wal/wal-qp-21/initial.submit/" in shown
    assert "/begin/hbfma/hbfma-2023-15/campaign.open-campaign/" not in shown
    assert "初次认证：提交申请" in shown, "acts of several processes have the same title"


def test_the_office_opens_a_dossier_from_its_own_pages_and_whoever_opens_none_finds_no_way_there() -> None:
    cast = settle(TODAY)
    office, reviewer = Client(), Client()
    office.force_login(cast.accounts["ban"], backend=BACKEND)
    reviewer.force_login(cast.accounts["li"], backend=BACKEND)
    work = office.get("/home/", follow=True).content.decode()
    assert 'href="/my/begin/"' in work
    assert 'href="/my/begin/"' not in reviewer.get("/home/", follow=True).content.decode()
    shown = office.get("/my/begin/").content.decode()
    assert "/begin/hbfma/hbfma-2023-15/campaign.open-campaign/" in shown
    assert "工作台" in shown, "it stays among the pages of the body"


def test_what_a_body_does_not_offer_does_not_exist() -> None:
    client = browser("wang")
    assert client.get("/begin/wal/nfcc-ir-000-01/initial.submit/").status_code == 404
    Offer.objects.filter(scheme="wal-qp-21").update(open=False)
    assert client.get("/begin/wal/wal-qp-21/initial.submit/").status_code == 404


CAMPAIGN = "/begin/hbfma/hbfma-2023-15/campaign.open-campaign/"


def open_campaign(client: Client) -> DossierRow:
    """A campaign, opened by the office; its row."""
    fields: dict[str, Any] = sent(client.get(CAMPAIGN).content.decode()).dict()
    fields |= {
        "campaign_name": "2026年第三批",
        "opens_on": "2026-11-20",
        "closes_on": "2027-01-31",
        "next_by": "2027-11-01",
    }
    answer = client.post(CAMPAIGN, fields)
    assert answer.status_code == 302, answer.content.decode()
    (row,) = DossierRow.objects.all()
    assert answer["Location"] == f"/d/{row.pk}/"
    return row


def test_a_campaign_is_opened_by_the_office_and_gets_the_next_number() -> None:
    assert open_campaign(browser("ban")).title == "HBFMA-2023-15-2026-0001"


def test_a_dossier_gets_its_number_by_the_pattern_of_its_body() -> None:
    office = browser("ban")
    Offer.objects.filter(scheme="hbfma-2023-15").update(numbers={"dossier": "冀金协〔{year}〕{serial:3}号"})
    row = open_campaign(office)
    assert row.title == "冀金协〔2026〕001号"
    exported = office.get(f"/d/{row.pk}/export/")
    assert "filename*=utf-8''" in exported["Content-Disposition"]


def test_a_refused_beginning_takes_no_number_and_leaves_nothing() -> None:
    client = browser("ban")
    path = "/begin/hbfma/hbfma-2023-15/campaign.open-campaign/"
    assert client.post(path, {"campaign_name": "无日期"}).status_code == 422
    assert not DossierRow.objects.exists()


def test_the_sheet_of_an_application_says_under_which_rules_it_is_made() -> None:
    shown = browser("wang").get("/begin/nfcc/nfcc-ir-000-02/initial.submit/").content.decode()
    assert "绿色金融科技创新产品认证规则" in shown
    assert '<a class="nowrap" href="/rules/nfcc-ir-000-02/2.0/">NFCC-IR-000-02 V2.0</a>' in shown
