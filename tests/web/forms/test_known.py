"""What is known when a form opens: facts that the dossier has been told, the evidence of a point, what a duty asks for."""
# ruff: noqa: E501 - snippets of YAML stand as they would in a scheme, and Chinese signs count double

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hefu.rules.decide import Act, decide
from hefu.rules.dossier import Dossier
from hefu.rules.replay.run import moments
from hefu.rules.replay.scenario import open_scenario
from hefu.web.forms.tree import Paper, Sources
from tests.web.forms.desk import CLIENT, HEAD, PEOPLE, ROOT, TODAY, USCC, act, box, draw, page
from tests.web.forms.toys import asking

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hefu.rules.model import Scheme
    from hefu.rules.replay.run import Moment


def story(scheme: Scheme, name: str = "a-whole-life") -> Iterable[Moment]:
    """A story of a shipped scheme, step by step."""
    return moments(scheme, open_scenario(ROOT / f"schemes/{scheme.id}/{scheme.version}/scenarios/{name}.yaml"))


def lived(until: str) -> tuple[Scheme, Dossier]:
    """A dossier after the last act of that name in the life of WAL-QP-21."""
    scheme, action = act("wal-qp-21", until)
    return scheme, [moment.dossier for moment in story(scheme) if moment.step.do == action.id][-1]


def test_what_the_dossier_knows_need_not_be_typed_again_but_no_signature_is_repeated(tmp_path: Path) -> None:
    scheme, _ = asking(tmp_path, """
      - {id: name, type: text, title: {zh: 名称, en: Name}}
      - {id: signed, type: signature, title: {zh: 签字, en: Signed}}
""", """
  accept:
    fields:
      - {id: name, type: text, title: {zh: 名称, en: Name}}
      - {id: signed, type: signature, title: {zh: 签字, en: Signed}}
      - {id: other, type: text, title: {zh: 其他, en: Other}}
""")  # fmt: skip
    done = decide(scheme, Dossier(scheme.ref), Act("initial.submit", CLIENT, {"name": "甲产品", "signed": "王"}), TODAY)
    accept = scheme.action("initial.accept")
    assert accept is not None
    drawn = draw(scheme, accept, dossier=done.dossier)
    assert (box(drawn, "name").value, bool(box(drawn, "name").known)) == ("甲产品", True)
    assert (box(drawn, "signed").value, box(drawn, "signed").known) == ("", "")
    assert box(drawn, "other").known == ""


@pytest.mark.parametrize("name", ["initial.survey", "initial.declare"])
def test_a_survey_or_a_declaration_opens_empty_however_often_it_was_given(name: str) -> None:
    scheme, dossier = lived(name)
    action = scheme.action(name)
    assert action is not None
    drawn = draw(scheme, action, dossier=dossier)
    assert drawn.boxes
    assert not [item.id for item in drawn.boxes if item.known]


def test_an_act_that_appoints_people_opens_as_the_arrangement_stands() -> None:
    scheme, dossier = lived("initial.appoint-team")
    appoint = scheme.action("initial.appoint-team")
    assert appoint is not None
    drawn = draw(scheme, appoint, dossier=dossier)
    assert [item.id for item in drawn.boxes if item.known] == ["agreed_time", "team"]


def test_a_point_is_judged_beside_what_the_dossier_says_of_it_and_the_papers_that_may_be_named() -> None:
    scheme, dossier = lived("initial.submit")
    review = scheme.action("initial.review-application")
    assert review is not None
    paper = Paper("u-1", "执照.pdf", href="/papers/u-1/")
    sources = Sources(("WAL-QP-21-01 申请书", "执照.pdf"), {"materials.registration": (paper,)})
    points = box(draw(scheme, review, dossier=dossier, sources=sources), "review_points")
    assert [column.title for column in points.columns] == ["证据", "备注"]
    assert points.list == sources.titles
    name, registered, *_, other = points.points
    assert [(fact.title, fact.text, fact.papers) for fact in name.cells[0].facts] == [
        ("申请组织", "示例安全服务有限公司（91110000600037341L）", ()), ("法人登记证明", "", (paper,)),
    ]  # fmt: skip
    assert registered.cells[0].facts[0].text == "北京市示例区示例路 1 号"
    assert not other.cells[0].facts
    html = page(draw(scheme, review, dossier=dossier, sources=sources))
    assert '<a href="/papers/u-1/">执照.pdf</a>' in html
    assert 'aria-label="注册地址，证据"' in html


def test_a_material_without_a_file_and_one_that_is_missing_are_told_apart() -> None:
    scheme, dossier = lived("initial.submit")
    plan = scheme.action("initial.conclude-stage-1")
    assert plan is not None
    (case,) = dossier.cases.values()
    some = dossier.copy()
    some.cases = some.cases.set(case.id, case._replace(data={**case.data, "materials": ("ability-self-assessment",)}))
    documents = box(draw(scheme, plan, dossier=some), "stage_1_points").points[1]
    assert [fact.text for fact in documents.cells[0].facts] == ["未提交", "已提交，未附文件"]


def test_what_is_asked_again_by_another_act_is_known_but_a_judgement_is_made_anew(tmp_path: Path) -> None:
    scheme, _ = asking(tmp_path, """
      - {id: name, type: text, title: {zh: 名称, en: Name}}
      - {id: points, type: checklist, options: {one: 一}, title: {zh: 检查, en: Points}}
""", """
  accept:
    fields:
      - {id: name, type: text, title: {zh: 名称, en: Name}}
      - {id: points, type: checklist, options: {one: 一}, title: {zh: 检查, en: Points}}
""")  # fmt: skip
    accept = scheme.action("initial.accept")
    assert accept is not None
    first = decide(
        scheme, Dossier(scheme.ref), Act("initial.submit", CLIENT, {"name": "甲", "points": {"one": "符合"}}), TODAY
    )
    assert [item.id for item in draw(scheme, accept, dossier=first.dossier).boxes if item.known] == ["name"]


@pytest.fixture(scope="module")
def certified() -> tuple[Scheme, Dossier]:
    """A dossier late in its life."""
    scheme, _ = act("nfcc-ir-000-01", "certificate.withdraw")
    told = [moment.dossier for moment in story(scheme)]
    return scheme, next(dossier for dossier in reversed(told) if dossier.status == "valid")


def test_a_new_application_knows_the_facts_of_the_old_one_but_neither_days_nor_statements(
    certified: tuple[Scheme, Dossier],
) -> None:
    scheme, dossier = certified
    again = scheme.action("recertification.submit")
    assert again is not None
    drawn = draw(scheme, again, dossier=dossier, people={**PEOPLE})
    known = {item.id for item in drawn.boxes if item.known}
    assert {"applicant", "manufacturer", "product_name", "model"} <= known
    assert not {"go_live", "lawful", "complaints_stated", "outsourced", "materials"} & known


def test_a_decision_about_the_certificate_begins_without_the_reasons_of_an_earlier_one(
    certified: tuple[Scheme, Dossier],
) -> None:
    scheme, dossier = certified
    assert dossier.certificate is not None
    held = dossier.certificate._replace(data={**dossier.certificate.data, "facts": "旧事", "grounds": ("misuse",)})
    earlier = dossier.copy()
    earlier.certificate = held
    withdraw = scheme.action("certificate.withdraw")
    assert withdraw is not None
    assert not [item.id for item in draw(scheme, withdraw, dossier=earlier).boxes if item.known]


def test_an_act_that_a_duty_asks_for_opens_with_its_ground_chosen_and_another_act_does_not() -> None:
    scheme, withdraw = act("wal-qp-21", "certificate.withdraw")
    suspend = scheme.action("certificate.suspend")
    assert suspend is not None
    told = story(scheme, "suspension-six-months-raises-withdrawal-even-with-restoration-pending")
    owed = next(moment.dossier for moment in told if "certificate.withdraw" in {
        duty.act for duty in moment.dossier.duties.values()})  # fmt: skip
    grounds = box(draw(scheme, withdraw, dossier=owed), "grounds")
    assert [choice.value for choice in grounds.choices if choice.chosen] == ["suspension-not-rectified"]
    assert grounds.known
    assert not any(choice.chosen for choice in box(draw(scheme, suspend, dossier=owed), "grounds").choices)
    typed = box(draw(scheme, withdraw, {}, dossier=owed), "grounds")
    assert not any(choice.chosen for choice in typed.choices), "what somebody has typed stands as they left it"


def test_what_the_application_says_is_not_typed_again_for_the_certificate() -> None:
    scheme, confirm = act("wal-qp-21", "initial.confirm-certificate-info")
    applied = next(item.dossier for item in story(scheme) if item.dossier.open_case("initial"))
    asked = draw(scheme, confirm, dossier=applied)
    assert box(asked, "info_name").value == "示例安全服务有限公司", "the name alone of the organisation that applies"
    assert (box(asked, "info_headcount").value, box(asked, "info_scope").value) == ("40", "网络安全风险评估服务")
    assert all(box(asked, name).known for name in ("info_name", "info_level", "info_registered_address"))
    assert not box(asked, "info_agreed").known, "nobody agrees in advance"


def test_ones_own_organisation_is_filled_in_where_it_is_asked_for_first() -> None:
    scheme, action = act("wal-qp-21", "initial.submit")
    applicant = box(draw(scheme, action), "applicant")
    assert (applicant.value, applicant.uscc) == ("示例科技有限公司", USCC)
    assert applicant.known
    assert not box(draw(scheme, action, {}), "applicant").value
    assert not box(draw(scheme, action, person=HEAD), "applicant").value
