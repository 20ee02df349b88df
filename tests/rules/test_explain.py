"""explain: what a person may and may not do now, with all reasons, and never otherwise than decide would answer."""
# ruff: noqa: E501 - snippets of YAML stand as they would in a scheme, and Chinese signs count double

from pathlib import Path
from typing import Any

from hefu.rules.explain import Possible, explain
from tests.rules.desk import Desk, codes, day
from tests.rules.personas import LI, NOBODY, QIAN, SUN, WANG, ZHAO
from tests.rules.scheme_factory import toy


def seen(desk: Desk, by: Any, on: str) -> dict[str, Possible]:  # noqa: ANN401
    return {item.action.id: item for item in explain(desk.scheme, desk.dossier, by, day(on), desk.facts)}


def reasons(item: Possible) -> list[str]:
    return [refusal.code for refusal in item.refusals]


def assessed(tmp_path: Path, **snippets: str) -> Desk:
    desk = Desk(toy(tmp_path, **snippets))
    desk.do("2025-01-06", WANG, "initial.submit")
    desk.do("2025-01-07", LI, "initial.accept")
    desk.do("2025-01-08", SUN, "initial.report")
    return desk


def test_only_acts_of_the_present_states_are_told(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path))
    assert set(seen(desk, WANG, "2025-01-06")) == {"initial.submit"}
    desk.do("2025-01-06", WANG, "initial.submit")
    assert set(seen(desk, WANG, "2025-01-06")) == {"initial.accept"}


def test_acts_of_the_rule_itself_are_nobody_s_business(tmp_path: Path) -> None:
    desk = assessed(tmp_path)
    desk.do("2025-01-09", QIAN, "initial.grant")
    assert "certificate.expire" not in seen(desk, QIAN, "2025-01-10")


def test_what_is_permitted_stands_first(tmp_path: Path) -> None:
    desk = assessed(tmp_path)
    found = explain(desk.scheme, desk.dossier, QIAN, day("2025-01-09"))
    assert [item.permitted for item in found] == sorted((item.permitted for item in found), reverse=True)
    assert [item.action.id for item in found if item.permitted] == ["initial.grant", "initial.deny"]


def test_every_reason_is_told_with_its_clauses(tmp_path: Path) -> None:
    guard = "actions: {grant: {guards: [{code: closed, test: 'false', message: {zh: 否, en: no}, clauses: [T/g]}]}}"
    desk = assessed(tmp_path, initial=guard)
    barred = SUN._replace(roles=frozenset({"auditor"}))
    item = seen(desk, barred, "2025-01-09")["initial.grant"]
    assert reasons(item) == ["not-your-role", "separation-of-duties", "closed"]
    assert [refusal.clauses for refusal in item.refusals] == [("T/grant",), ("T/separation",), ("T/g",)]


def test_a_guard_about_the_form_is_a_condition_not_a_reason(tmp_path: Path) -> None:
    desk = Desk(
        toy(
            tmp_path,
            initial="""
actions:
  submit:
    fields: [{id: size, type: integer, title: {zh: 人数, en: Staff}}]
    guards:
      - {code: too-few, test: form.size >= 10, message: {zh: 少, en: few}, clauses: [T/size]}
      - {code: usually, level: in-principle, test: "false", message: {zh: 原则, en: usually}, clauses: [T/usually]}
""",
        )
    )
    item = seen(desk, WANG, "2025-01-06")["initial.submit"]
    assert item.permitted
    assert [rule.code for rule in item.conditions] == ["too-few", "usually"]


def test_a_guard_about_what_this_form_will_say_is_no_reason_yet(tmp_path: Path) -> None:
    # `case.level` is what the case knows with this act; before the form is filled in, nobody knows it.
    desk = Desk(
        toy(
            tmp_path,
            initial="""
actions:
  submit:
    fields: [{id: level, type: text, title: {zh: 级别, en: Level}}]
    guards: [{code: no-level, test: case.level == '二级', message: {zh: 级别, en: level}, clauses: [T/level]}]
""",
        )
    )
    assert seen(desk, WANG, "2025-01-06")["initial.submit"].permitted
    assert desk.ask("2025-01-06", WANG, "initial.submit", {"level": "二级"}).ok


def test_a_material_that_this_form_can_still_bring_is_no_reason_yet(tmp_path: Path) -> None:
    desk = Desk(
        toy(
            tmp_path,
            initial="""
actions:
  accept:
    complete: materials
    fields: [{id: materials, type: materials, required: false, title: {zh: 材料, en: Materials}, options: {rules: 制度}}]
""",
        )
    )
    desk.do("2025-01-06", WANG, "initial.submit")
    blocked = not seen(desk, LI, "2025-01-06")["initial.accept"].permitted
    done = desk.ask("2025-01-06", LI, "initial.accept", {"materials": ["rules"]}).ok
    assert not (blocked and done)


def test_a_missing_material_is_a_reason_where_the_form_cannot_bring_it(tmp_path: Path) -> None:
    desk = Desk(
        toy(
            tmp_path,
            initial="""
actions:
  submit:
    fields: [{id: materials, type: materials, required: false, title: {zh: 材料, en: M}, options: {rules: {zh: 制度, en: R, clauses: [T/r]}}}]
  accept: {complete: materials}
""",
        )
    )
    desk.do("2025-01-06", WANG, "initial.submit")
    item = seen(desk, LI, "2025-01-06")["initial.accept"]
    assert reasons(item) == ["material-missing"]
    assert item.refusals[0].clauses[0] == "T/r"


FINDINGS = """
items:
  finding:
    prefix: NC
    title: {zh: 不符合项, en: Finding}
    states: {open: {title: {zh: 开启, en: open}}, closed: {title: {zh: 关闭, en: closed}, end: closed}}
    actions: {close: {title: {zh: 关闭, en: close}, by: auditor, from: open, to: closed, clauses: [T/close]}}
"""


def test_each_open_item_is_told_by_its_number(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, scheme=FINDINGS, initial="actions: {report: {raises: finding, to: assessing}}"))
    for on, by, do in (("06", WANG, "submit"), ("07", LI, "accept"), ("08", ZHAO, "report"), ("09", ZHAO, "report")):
        desk.do(f"2025-01-{on}", by, f"initial.{do}")
    desk.do("2025-01-10", ZHAO, "finding.close", item="NC-1")
    found = explain(desk.scheme, desk.dossier, ZHAO, day("2025-01-10"))
    assert [item.subject for item in found if item.action.id == "finding.close"] == ["NC-2"]


def test_each_open_case_of_many_is_told(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, initial="many: true"))
    desk.do("2025-01-06", WANG, "initial.submit")
    desk.do("2025-01-06", WANG, "initial.submit")
    found = explain(desk.scheme, desk.dossier, LI, day("2025-01-07"))
    assert sorted(item.subject for item in found if item.action.id == "initial.accept") == ["initial-1", "initial-2"]


def test_what_is_blocked_is_refused_by_decide_for_the_same_reasons(tmp_path: Path) -> None:
    desk = assessed(tmp_path)
    for person in (WANG, LI, SUN, QIAN, NOBODY):
        for name, item in seen(desk, person, "2025-01-09").items():
            fresh = assessed(tmp_path)
            decision = fresh.ask("2025-01-09", person, name)
            assert decision.ok == item.permitted
            assert set(reasons(item)) <= set(codes(decision))
