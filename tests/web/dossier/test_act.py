"""Handing in an act: refused with reasons, done once, overtaken by others, confirmed, kept as a draft."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hefu.dossiers.models import DossierRow, JournalRow
from hefu.web.forms.models import Draft
from tests.web.dossier.scene import Scene, scene
from tests.web.forms.sending import sent

pytestmark = [pytest.mark.usefixtures("site"), pytest.mark.usefixtures("today")]


def events(held: Scene) -> int:
    return JournalRow.objects.filter(dossier=held.dossier).count()


def test_a_sheet_with_something_missing_comes_back_with_the_reason_and_what_was_typed() -> None:
    held = scene("initial.submit")
    before = events(held)
    answer = held.hand_in("he", "initial.request-supplement", {"missing": "营业执照副本"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "请填写“补充截止日期”" in shown
    assert "营业执照副本" in shown
    assert events(held) == before, "a refusal writes nothing"


def test_an_act_that_the_rules_allow_is_done_and_said() -> None:
    held = scene("initial.submit")
    fields = {"missing": "营业执照副本", "supplement_by": "2026-12-10"}
    answer = held.hand_in("he", "initial.request-supplement", fields)
    assert answer.status_code == 302
    shown = held.page("he").content.decode()
    assert "补充" in shown
    assert DossierRow.objects.get(pk=held.dossier).last.isoformat() == "2026-11-20"


def test_a_sheet_that_is_sent_twice_is_done_once() -> None:
    held = scene("initial.submit")
    browser, path = held.browser("he"), f"/d/{held.dossier}/do/initial.request-supplement/"
    fields: dict[str, Any] = sent(browser.get(path).content.decode()).dict()
    fields |= {"missing": "营业执照副本", "supplement_by": "2026-12-10"}
    assert held.again(browser, path, fields).status_code == 302
    after = events(held)
    assert held.again(browser, path, fields).status_code == 302
    assert events(held) == after


def test_whoever_is_overtaken_is_told_what_has_happened_and_loses_nothing() -> None:
    held = scene("initial.submit")
    browser, path = held.browser("he"), f"/d/{held.dossier}/do/initial.request-supplement/"
    fields: dict[str, Any] = sent(browser.get(path).content.decode()).dict()
    fields |= {"missing": "审计报告", "supplement_by": "2026-12-10"}
    other = {"missing": "营业执照副本", "supplement_by": "2026-12-09"}
    assert held.hand_in("li", "initial.request-supplement", other).status_code == 302
    answer = held.again(browser, path, fields)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "其间有人办理了本案" in shown
    assert "审计报告" in shown


def test_an_act_on_a_ground_is_confirmed_with_what_follows_before_it_is_done() -> None:
    held = scene("initial.review-application")
    before = events(held)
    fields = {"grounds": "conditions-not-met", "refusal_reasons": "未设专门机构"}
    asked = held.hand_in("mei", "initial.refuse", fields)
    assert asked.status_code == 200
    assert events(held) == before
    assert "_confirmed" in asked.content.decode()
    assert held.hand_in("mei", "initial.refuse", fields, confirmed=True).status_code == 302
    assert events(held) > before


def test_an_act_that_is_not_of_the_present_state_leads_back_to_the_dossier_and_says_so() -> None:
    held = scene("initial.submit")
    answer: Any = held.browser("qian").get(f"/d/{held.dossier}/do/initial.issue/", follow=True)
    assert answer.redirect_chain == [(f"/d/{held.dossier}/", 302)]
    assert "“颁发证书”现在不在此办理" in answer.content.decode()


def test_a_page_that_is_being_left_is_told_nothing_of_the_act_that_it_has_done() -> None:
    held = scene("initial.submit")
    answer = held.browser("qian").post(f"/d/{held.dossier}/do/initial.issue/", {"_live": "1"})
    assert answer.status_code == 204


def test_an_act_that_no_scheme_has_does_not_exist() -> None:
    held = scene("initial.submit")
    browser = held.browser("qian")
    assert browser.get(f"/d/{held.dossier}/do/nothing.at-all/").status_code == 404


def test_the_sheet_of_an_act_that_is_not_ones_own_says_whose_it_is() -> None:
    held = scene("initial.submit")
    answer = held.browser("qian").get(f"/d/{held.dossier}/do/initial.request-supplement/")
    assert answer.status_code == 200
    assert "须由下列角色办理" in answer.content.decode()


def test_a_draft_is_kept_found_again_and_gone_once_the_act_is_done() -> None:
    held = scene("initial.submit")
    saved = held.hand_in("he", "initial.request-supplement", {"missing": "半份", "_press": "save"})
    assert saved.status_code == 200
    assert Draft.objects.count() == 1
    again = held.browser("he").get(f"/d/{held.dossier}/do/initial.request-supplement/")
    assert "半份" in again.content.decode()
    held.hand_in("he", "initial.request-supplement", {"missing": "整份", "supplement_by": "2026-12-10"})
    assert not Draft.objects.exists()


def test_a_file_that_may_not_come_in_is_refused_at_its_field() -> None:
    held = scene("initial.request-supplement")
    path = f"/d/{held.dossier}/do/initial.supplement/"
    browser = held.browser("wang")
    fields: dict[str, Any] = sent(browser.get(path).content.decode()).dict()
    fields["materials.management-self-assessment.file"] = SimpleUploadedFile("a.svg", b"<svg onload='x()'></svg>")
    answer = held.again(browser, path, fields)
    assert answer.status_code == 422
    assert "SVG" in answer.content.decode()


def test_evidence_named_for_a_point_stays_with_its_result_on_the_sheet_and_on_the_paper() -> None:
    held = scene("initial.check-arrangement")
    path = f"/d/{held.dossier}/do/initial.conclude-stage-1/"
    page = held.browser("zhao").get(path).content.decode()
    assert "WAL-QP-21-01 网络空间安全服务资质认证申请书" in page, "the papers of the dossier are offered by name"
    said = {
        "stage_1_points.application": "符合", "stage_1_points.documents": "符合", "stage_1_points.coverage": "不符合",
        "stage_1_points~evidence.documents": "管理自评估表，第 12 页", "stage_1_points~remark.coverage": "缺一处场所",
        "ready": "yes",
    }  # fmt: skip
    assert held.hand_in("zhao", "initial.conclude-stage-1", said).status_code == 302
    sheet = held.page("zhao", "answers/").context["page"].sheets[0]
    points = next(row for row in sheet.rows if row.id == "stage_1_points")
    assert points.columns == ("要点", "结果", "证据", "备注")
    assert [row[1:] for row in points.rows] == [
        ("符合", "", ""), ("符合", "管理自评估表，第 12 页", ""), ("不符合", "", "缺一处场所"),
    ]  # fmt: skip
    assert "管理自评估表，第 12 页" in held.page("zhao", f"forms/{sheet.number}/").content.decode()
