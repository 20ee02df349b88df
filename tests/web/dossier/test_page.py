"""The dossier page: what somebody can do, what not and why, who may see it at all."""

from __future__ import annotations

import pytest

from tests.web.dossier.scene import scene

pytestmark = [pytest.mark.usefixtures("site"), pytest.mark.usefixtures("today")]


def test_what_can_be_done_now_stands_with_its_clause_and_leads_to_its_sheet() -> None:
    shown = scene("initial.close-audit").page("zhao").content.decode()
    assert "/do/initial.report/" in shown
    assert "现在可以做" in shown
    assert "§6.4.3" in shown


def test_what_cannot_be_done_stands_with_every_reason() -> None:
    shown = scene("initial.close-audit").page("zhao")
    (act,) = (act for act in shown.context["page"].acts.cannot if act.action.id == "observation.verify")
    assert all(refusal.clauses for refusal in act.refusals)
    assert "观察项的改善效果在下次现场审核时验证" in shown.content.decode()


def test_acts_of_others_are_told_with_who_does_them() -> None:
    shown = scene("initial.close-audit").page("wang")
    others = {act.action.id: [role.zh for role in act.roles] for act in shown.context["page"].acts.others}
    assert others["initial.report"] == ["审核组长"]


def test_the_client_sees_their_dossier_and_another_client_does_not() -> None:
    held = scene("initial.submit")
    assert held.page("wang").status_code == 200
    assert held.page("gao").status_code == 404


def test_people_of_another_body_do_not_know_of_it() -> None:
    held = scene("initial.submit")
    assert [held.page(who).status_code for who in ("ping", "guo", "ban")] == [404, 404, 404]
    assert held.page("li").status_code == 200


def test_an_auditor_sees_only_dossiers_in_which_they_are_named() -> None:
    before = scene("initial.sign-contract")
    assert before.page("zhao").status_code == 404


def test_an_auditor_sees_the_dossier_from_the_day_of_being_named() -> None:
    named = scene("initial.appoint-team")
    assert named.page("zhao").status_code == 200
    assert named.page("zheng").status_code == 404, "the other team leader is not in this team"


def test_nobody_who_has_not_signed_in_gets_further_than_the_sign_in() -> None:
    held = scene("initial.submit")
    answer = held.browser("wang").__class__().get(f"/d/{held.dossier}/")
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


@pytest.mark.parametrize("tab", ["answers/", "items/", "people/", "papers/", "journal/"])
def test_every_part_of_a_dossier_opens_in_both_languages(tab: str) -> None:
    held = scene("finding.verify")
    assert held.page("zhao", tab).status_code == 200
    browser = held.browser("zhao")
    browser.cookies["language"] = "en"
    assert "What you can do now" in browser.get(f"/d/{held.dossier}/{tab}").content.decode()


def test_only_the_bodys_people_export_a_dossier() -> None:
    held = scene("initial.submit")
    assert held.page("li", "export/").status_code == 200
    assert held.page("wang", "export/").status_code == 404


def test_what_the_body_notes_for_itself_is_not_shown_to_the_client() -> None:
    held = scene("initial.review-report")
    mine, theirs = (held.page(who, "answers/").context["page"] for who in ("zhao", "wang"))
    assert "initial.plan" in {line.event.name for line in mine.journal}
    assert "initial.check-arrangement" in {line.event.name for line in mine.journal}
    shown = {line.event.name for line in theirs.journal if line.event.type == "acted"}
    assert "initial.submit" in shown
    assert "initial.check-arrangement" not in shown
    assert len(theirs.sheets) < len(mine.sheets)


def test_a_refused_act_stands_in_the_journal_with_its_person_reasons_and_clauses() -> None:
    held = scene("initial.submit")
    held.hand_in("he", "initial.request-supplement", {"missing": "营业执照副本"})
    shown = held.page("li", "journal/")
    (line,) = shown.context["page"].refused
    assert (line.who, line.on.isoformat()) == (held.cast.accounts["he"].name, "2026-11-20")
    text = shown.content.decode()
    row = text[text.index('<tr class="is-refused">') :].partition("</tr>")[0]
    assert "被拒绝：通知补充材料" in row
    assert "请填写“补充截止日期”" in row
    assert "popovertarget" in row, "the clause stands beside the reason"
    assert "营业执照副本" not in row
    assert "被拒绝：通知补充材料" in held.page("li").content.decode(), "on the first page too"


def test_of_refused_acts_of_the_bodys_people_somebody_from_outside_sees_none() -> None:
    held = scene("initial.submit")
    held.hand_in("he", "initial.request-supplement", {})
    assert len(held.page("li").context["page"].refused) == 1
    assert not held.page("wang").context["page"].refused


def test_somebody_from_outside_sees_their_own_refused_acts() -> None:
    held = scene("initial.issue")
    held.hand_in("wang", "certificate.request-cancellation", {})
    name = held.cast.accounts["wang"].name
    for who in ("wang", "li"):
        assert [line.who for line in held.page(who, "journal/").context["page"].refused] == [name]


def test_a_grave_act_that_is_refused_before_anybody_confirms_it_is_kept_once() -> None:
    held = scene("initial.review-application")
    for confirmed in (False, False, True):
        answer = held.hand_in("mei", "initial.refuse", {"grounds": "conditions-not-met"}, confirmed=confirmed)
        assert answer.status_code == 422
    (line,) = held.page("mei").context["page"].refused
    assert (line.who, line.title.zh) == (held.cast.accounts["mei"].name, "不予受理")
    assert all(reason.clauses for reason in line.reasons)


def test_looking_at_a_sheet_and_what_would_have_to_be_confirmed_keep_no_refusal() -> None:
    held = scene("initial.review-application")
    held.browser("mei").get(f"/d/{held.dossier}/do/initial.refuse/")
    held.hand_in("mei", "initial.refuse", {"_press": "save"})
    reasons = {"grounds": "conditions-not-met", "refusal_reasons": "不具备法人资格"}
    asked = held.hand_in("mei", "initial.refuse", reasons)
    assert (asked.status_code, b"_confirmed" in asked.content) == (200, True)
    assert not held.page("mei").context["page"].refused
