"""The first page of those outside a body: what waits for them stands first, with the acts that the moment asks for."""

from __future__ import annotations

from typing import Any

import pytest

from hefu.people.models import Employment
from tests.web.dossier.scene import scene

pytestmark = [pytest.mark.usefixtures("site"), pytest.mark.usefixtures("today")]

NFCC = ("nfcc", "nfcc-ir-000-01/a-whole-life")


def mine(until: str, who: str) -> Any:  # noqa: ANN401 - the line that a template is given
    """The line of the one dossier on somebody's first page."""
    (line,) = scene(until, *NFCC).browser(who).get("/my/").context["lines"]
    return line


def test_a_laboratory_finds_its_order_on_its_first_page() -> None:
    line = mine("initial.order-test", "jian")
    assert line.waits
    assert "initial.receive-sample" in [act.action.id for act in line.can]


def test_a_client_who_need_not_do_anything_sees_who_has_it_and_no_act_that_is_always_possible() -> None:
    line = mine("initial.submit", "wang")
    assert not line.waits
    assert [role.zh for role in line.others] == ["认证评审人员"]
    assert line.can == []


def test_what_a_client_has_to_rectify_waits_for_them_with_its_time_limit() -> None:
    line = mine("initial.request-rectification", "wang")
    assert line.waits
    assert line.can[0].action.id in {"initial.submit-rectification", "finding.respond"}
    assert line.clock is not None


def test_the_act_that_is_somebodys_turn_comes_before_those_that_are_always_possible() -> None:
    shown = scene("initial.request-rectification", *NFCC).page("wang").context["page"].acts.can
    assert shown[0].waits
    assert not shown[-1].waits


def test_beginnings_are_told_with_their_process_and_those_that_lead_to_a_certificate_come_first() -> None:
    beginnings = scene("initial.submit", *NFCC).browser("gao").get("/my/begin/").context["beginnings"]
    (rules,) = (item for item in beginnings if item.scheme.id == "nfcc-ir-000-01")
    assert rules.can[0].title.zh == "初次认证：提交申请"
    told = [refusal.message.zh for start in rules.cannot for refusal in start.possible.refusals]
    assert any("尚无证书" in text for text in told)
    assert not any("none" in text for text in told)


def test_whoever_acts_for_no_organisation_is_led_to_where_they_say_so() -> None:
    known = scene("initial.submit", *NFCC)
    Employment.objects.all().delete()
    for page in ("/my/", "/my/begin/"):
        assert 'class="btn" href="/account/organisations/"' in known.browser("gao").get(page).content.decode()


def test_a_suspension_waits_for_the_application_to_end_it() -> None:
    line = mine("certificate.suspend", "wang")
    assert line.waits
    assert "restoration.submit" in [act.action.id for act in line.can]


def test_a_refusal_tells_the_role_that_a_body_has_set_by_its_title() -> None:
    held = scene("initial.declare", "nfcc", "nfcc-ir-000-02/a-whole-life").page("ji").context["page"]
    told = {act.action.id: [refusal.message.zh for refusal in act.refusals] for act in held.acts.cannot}
    (said,) = told["initial.approve-remote"]
    assert "认证机构负责人" in said
    assert "director" not in said


def test_using_a_certificate_waits_for_nobody_to_end_it() -> None:
    line = mine("use.file-rules", "wang")
    assert "use.close" not in [act.action.id for act in line.can]


def test_an_act_on_one_of_several_cases_names_its_process_and_no_code() -> None:
    told = scene("complaint.receive", "hbfma", "hbfma-2023-15/a-whole-life")
    acts = told.page("ban").context["page"].acts
    (investigate,) = [act for act in acts.can if act.action.id == "complaint.investigate"]
    assert investigate.title.zh == "投诉与反映 1：调查"


def test_a_process_and_its_act_of_the_same_name_are_told_once() -> None:
    beginnings = scene("initial.submit", *NFCC).browser("gao").get("/my/begin/").context["beginnings"]
    (measures,) = (item for item in beginnings if item.scheme.id == "hbfma-2023-15")
    assert "申报" in [start.title.zh for start in (*measures.can, *measures.cannot)]
