"""Drawing a form: what applies, what is wrong and where, who may be chosen; hostile text stays text."""
# ruff: noqa: E501 - snippets of YAML stand as they would in a scheme, and Chinese signs count double

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation

from hefu.rules.decide import Act, decide
from hefu.rules.dossier import Dossier
from hefu.web import forms
from tests.web.forms.desk import CLIENT, EXPERT, HEAD, LEAD, PEOPLE, TODAY, act, acts, box, draw, page
from tests.web.forms.sending import pairs
from tests.web.forms.toys import asking

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.rules.model import Action, Scheme
    from hefu.rules.refusal import Refusal

HOSTILE = """"><script>alert(1)</script><b x='</textarea>{{ drawn }}&amp;"""


def refusals(scheme: Scheme, action: Action, answers: dict[str, Any]) -> tuple[Refusal, ...]:
    return decide(scheme, Dossier(scheme.ref), Act(action.id, CLIENT, answers, people=PEOPLE), TODAY).refusals


def test_a_condition_is_open_until_its_question_is_answered_and_says_on_what_it_depends(tmp_path: Path) -> None:
    asked = asking(tmp_path)
    with translation.override("en"):
        fresh = box(draw(*asked, {}, language="en"), "partner")
    assert (fresh.state, fresh.why) == ("open", "where “Outsourced” is answered “yes”")
    assert box(draw(*asked, {"outsourced": True}), "partner").state == "on"
    assert box(draw(*asked, {"outsourced": False}), "partner").state == "off"


def test_a_condition_that_holds_while_nothing_is_answered_is_open_too(tmp_path: Path) -> None:
    asked = asking(
        tmp_path,
        """
      - {id: a, type: boolean, title: {zh: 甲, en: A}}
      - {id: b, type: text, when: "!form.a", title: {zh: 乙, en: B}}
      - {id: c, type: text, when: "form.a || !form.a", title: {zh: 丙, en: C}}
      - {id: d, type: text, when: "form.a && !form.a", title: {zh: 丁, en: D}}
""",
    )
    assert [item.state for item in draw(*asked, {}).boxes] == ["on", "open", "on", "off"]
    assert [item.state for item in draw(*asked, {"a": False}).boxes] == ["on", "on", "on", "off"]


def test_a_chain_of_conditions_follows_what_applies_and_not_what_is_kept(tmp_path: Path) -> None:
    asked = asking(tmp_path, """
      - {id: a, type: boolean, title: {zh: 甲, en: A}}
      - {id: b, type: choice, options: {x: X, y: Y}, when: form.a, title: {zh: 乙, en: B}}
      - {id: c, type: text, when: form.b == 'y', title: {zh: 丙, en: C}}
""")  # fmt: skip
    held = {"b": "y", "c": "text"}
    assert [item.state for item in draw(*asked, {"a": True, **held}).boxes] == ["on", "on", "on"]
    assert [item.state for item in draw(*asked, {"a": False, **held}).boxes] == ["on", "off", "off"]
    assert [item.state for item in draw(*asked, {}).boxes] == ["on", "open", "open"]


def test_a_condition_on_two_answers_names_each_combination(tmp_path: Path) -> None:
    asked = asking(tmp_path, """
      - {id: a, type: boolean, title: {zh: 甲, en: A}}
      - {id: b, type: boolean, title: {zh: 乙, en: B}}
      - {id: n, type: integer, title: {zh: 数, en: N}}
      - {id: c, type: text, when: form.a && !form.b, title: {zh: 丙, en: C}}
      - {id: d, type: text, when: form.n > 3, title: {zh: 丁, en: D}}
""")  # fmt: skip
    with translation.override("en"):
        drawn = draw(*asked, {}, language="en")
        assert box(drawn, "c").why == "where “A” is “yes” and “B” is “no”"
        assert box(drawn, "d").why == "where the answers to “N” ask for it"


def test_a_field_that_depends_on_the_grounds_is_open_until_one_is_named() -> None:
    scheme, action = act("nfcc-ir-000-01", "certificate.suspend")
    waiting = [item for item in draw(scheme, action, {}).boxes if "依据的情形" in item.why]
    assert {item.state for item in waiting} == {"open"}
    ground = next(iter(action.grounds))
    settled = [item.state for item in draw(scheme, action, {"grounds": [ground]}).boxes if "依据的情形" in item.why]
    assert "off" in settled


def test_beside_a_ground_stands_why_it_does_not_hold_yet() -> None:
    scheme, action = act("nfcc-ir-000-01", "certificate.suspend")
    grounds = draw(scheme, action, {}).boxes[0]
    assert grounds.id == "grounds"
    assert any("目前不成立" in choice.note for choice in grounds.choices)
    assert any(not choice.note for choice in grounds.choices)


def test_what_is_wrong_in_a_column_of_a_point_is_said_there(tmp_path: Path) -> None:
    asked = asking(tmp_path, """
      - id: points
        type: checklist
        options: {one: 一, "7.2": 七二}
        columns: [{id: seen, type: date, title: {zh: 查看日期, en: Seen on}}]
        title: {zh: 检查, en: Points}
""")  # fmt: skip
    answers = {"points": {"one": {"result": "符合", "seen": date(2026, 1, 2)}, "7.2": {"result": "符合", "seen": "x"}}}
    drawn = draw(*asked, answers, refusals=refusals(*asked, answers))
    (fault,) = drawn.faults
    assert (fault.path, fault.href) == ("points.7.2.seen", "#f-points.1.seen")
    assert [cell.bad for point in box(drawn, "points").points for cell in point.cells] == [False, False, True, False]


def test_every_refusal_of_the_rules_is_said_at_its_field_with_a_link_that_leads_there(tmp_path: Path) -> None:
    asked = asking(tmp_path)
    answers = {
        "name": "名", "count": 0, "since": "abc", "outsourced": False, "kind": "a", "firm": {"name": "甲", "uscc": "1"},
        "points": {"one": "符合"}, "members": [{"who": "甲"}, {"on": "x"}],
    }  # fmt: skip
    drawn = draw(*asked, answers, refusals(*asked, answers))
    assert {fault.path for fault in drawn.faults} == {"count", "since", "firm.uscc", "points.7.2", "members.1.who"}
    html = page(drawn)
    for fault in drawn.faults:
        assert f'href="{fault.href}"' in html
        assert f'id="{fault.href[1:]}"' in html
    assert html.count('aria-invalid="true"') >= len(drawn.faults)


def test_a_rule_of_the_scheme_is_said_at_the_first_field_that_it_looks_at(tmp_path: Path) -> None:
    asked = asking(tmp_path, """
      - {id: a, type: integer, title: {zh: 甲, en: A}}
      - {id: b, type: integer, title: {zh: 乙, en: B}}
""", """
    guards:
      - {code: b-small, test: form.b > form.a, message: {zh: 乙太小, en: B is too small}, remedy: {zh: 改大, en: Raise it}, clauses: [T/x]}
""")  # fmt: skip
    (fault,) = draw(*asked, {"a": 2, "b": 1}, refusals(*asked, {"a": 2, "b": 1})).faults
    assert (fault.path, fault.href, fault.remedy, fault.clauses) == ("a", "#f-a", "改大", ("T/x",))


def test_the_same_refusal_from_the_reader_and_the_rules_is_told_once(tmp_path: Path) -> None:
    asked = asking(tmp_path, "      - {id: since, type: date, title: {zh: 日期, en: Since}}\n")
    scheme, action = asked
    read = forms.again(action, scheme, {"since": ["abc"]})
    both = (*read.problems, *refusals(scheme, action, read.answers))
    assert len(both) == 2
    assert len(draw(*asked, read.filled, both).faults) == 1


def test_a_refusal_that_is_about_no_field_stands_in_the_summary_only() -> None:
    scheme, action = act("wal-qp-21", "initial.review-application")
    drawn = draw(scheme, action, {}, refusals(scheme, action, {}))
    assert [fault.href for fault in drawn.faults] == [""]


def test_a_soft_rule_that_is_not_met_asks_for_a_reason_and_an_approver(tmp_path: Path) -> None:
    asked = asking(tmp_path, "      - {id: a, type: integer, title: {zh: 甲, en: A}}\n", """
    guards:
      - {code: a-small, level: normal, test: form.a > 5, message: {zh: 一般大于 5, en: normally above 5}, clauses: [T/x]}
""", scheme="roles: {director: {title: {zh: 总监, en: Director}}}")  # fmt: skip
    assert draw(*asked, {"a": 1}).departure is None
    drawn = draw(*asked, {"a": 1}, refusals(*asked, {"a": 1}))
    assert drawn.departure is not None
    assert [choice.value for choice in drawn.departure.choices] == [HEAD.id]
    scheme, action = asked
    html = page(drawn)
    assert ("departure.reason", "") in pairs(html)
    read = forms.again(action, scheme, {"a": ["1"], "departure.reason": ["急"], "departure.approver": ["dong"]})
    assert read.answers["departure"] == {"reason": "急", "approver": "dong"}
    kept = draw(*asked, read.filled).departure
    assert kept is not None
    assert (kept.reason, kept.approver) == ("急", "dong")


def test_whoever_appoints_a_team_sees_competence_and_conflict_before_choosing() -> None:
    scheme, action = act("nfcc-ir-000-02", "initial.appoint-team")
    opening = scheme.action("initial.submit")
    assert opening is not None
    from hefu.rules.replay.sample import filled  # noqa: PLC0415 - only here

    first = Act(opening.id, CLIENT, people=PEOPLE)
    begun = decide(
        scheme, Dossier(scheme.ref), first._replace(form=filled(scheme, Dossier(scheme.ref), first, TODAY)), TODAY
    )
    assert begun.ok
    team = box(draw(scheme, action, {}, dossier=begun.dossier), "team")
    seen = {one.id: one for one in team.candidates}
    assert (seen[LEAD.id].competent, seen[LEAD.id].conflicted) == (True, False)
    assert (seen[EXPERT.id].competent, seen[EXPERT.id].conflicted) == (False, True)
    assert not seen[HEAD.id].known
    assert team.list == ("密码", "网络")
    html = page(draw(scheme, action, {}, dossier=begun.dossier))
    assert "孙专家 · 有利益冲突" in html


def test_who_is_competent_in_everything_is_told_so_in_words() -> None:
    scheme, action = act("wal-qp-21", "initial.appoint-team")
    everything = LEAD._replace(competence=({"field": "*"},))
    html = page(draw(scheme, action, {}, people={LEAD.id: everything}))
    assert 'data-th="能力">全部领域' in html


def test_a_duty_that_is_a_role_narrows_who_may_be_chosen() -> None:
    scheme, action = act("wal-qp-21", "initial.appoint-team")
    assert {one.id for one in box(draw(scheme, action, {}), "team").candidates} == {LEAD.id, EXPERT.id}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_text_stays_text_in_every_kind_of_field(tmp_path: Path, language: str) -> None:
    asked = asking(tmp_path)
    answers = {
        "name": HOSTILE, "story": HOSTILE, "count": HOSTILE, "since": HOSTILE, "partner": HOSTILE, "outsourced": True,
        "brands": [HOSTILE], "firm": {"name": HOSTILE, "uscc": HOSTILE}, "proof": HOSTILE, "kind": HOSTILE,
        "points": {"one": {"result": HOSTILE, "remark": HOSTILE}}, "members": [{"who": HOSTILE, "on": HOSTILE}],
    }  # fmt: skip
    html = page(draw(*asked, answers, refusals(*asked, answers), language=language))
    assert "<script>alert" not in html
    assert html.count("<textarea") == html.count("</textarea>")
    sent = pairs(html)
    assert {name for name, value in sent if value.replace("\r\n", "\n") == HOSTILE} == {
        "name", "story", "count", "since", "partner", "brands", "firm.name", "firm.uscc", "proof", "points~remark.one",
        "members.0.who", "members.0.on",
    }  # fmt: skip


def test_hostile_text_that_does_not_apply_is_kept_as_text(tmp_path: Path) -> None:
    html = page(draw(*asking(tmp_path), {"outsourced": False, "partner": HOSTILE}))
    assert ("_kept.partner", HOSTILE) in pairs(html)
    assert "<script>alert" not in html


@pytest.mark.parametrize(("scheme", "action"), list(acts()), ids=lambda item: item.id)
def test_every_input_of_every_form_has_a_name_that_says_what_it_is(scheme: Scheme, action: Action) -> None:
    for language in ("zh-hans", "en"):
        html = page(draw(scheme, action, language=language), language)
        ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
        assert len(ids) == len(set(ids)), sorted(item for item in ids if ids.count(item) > 1)
        for part in html.split('aria-labelledby="')[1:]:
            assert set(part.split('"')[0].split()) <= set(ids)
        for part in html.split('<label for="')[1:]:
            assert part.split('"')[0] in ids


def test_the_parts_of_a_long_form_count_what_is_missing() -> None:
    scheme, action = act("hbfma-2023-15", "nomination.nominate")
    drawn = draw(scheme, action, {})
    assert drawn.indexed
    assert [section.title for section in drawn.sections][1:3] == ["一、申报机构基本信息", "二、申报机构指定联系人信息"]
    assert drawn.sections[2].waiting == 5
    assert not drawn.sections[2].done


def test_a_part_with_materials_is_not_done_before_each_that_an_act_waits_for_is_there() -> None:
    scheme, action = act("nfcc-ir-000-01", "initial.submit")
    bare, *_ = (one for one in draw(scheme, action, {}).sections if any(item.materials for item in one.boxes))
    lacking = {item.choice.value for one in bare.boxes for item in one.materials if item.lacking}
    assert lacking
    assert not bare.done
    given, *_ = (
        one
        for one in draw(scheme, action, {"materials": list(lacking)}).sections
        if any(x.materials for x in one.boxes)
    )
    assert given.waiting == bare.waiting - len(lacking)


def test_clauses_of_options_in_the_fields_own_place_are_gathered_in_its_chip() -> None:
    scheme, action = act("hbfma-2023-15", "nomination.nominate")
    kind = box(draw(scheme, action, {}), "enterprise_type")
    assert not any(choice.clauses for choice in kind.choices)
    assert "HB-2023-15/annex1/4.3.1" in kind.clauses
