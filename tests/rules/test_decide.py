"""decide, step by step: what each of its numbered steps refuses, and that all refusals come at once."""

from pathlib import Path

from hefu.rules.decide import Act, decide
from hefu.rules.dossier import Dossier
from tests.rules.desk import Desk, codes, day, types
from tests.rules.personas import DONG, LI, NOBODY, QIAN, SUN, USCC, WANG, ZHAO
from tests.rules.scheme_factory import toy


def assessed(tmp_path: Path, **snippets: str) -> Desk:
    """Given a case that waits for its decision; SUN wrote the report."""
    desk = Desk(toy(tmp_path, **snippets))
    desk.do("2025-01-06", WANG, "initial.submit")
    desk.do("2025-01-07", LI, "initial.accept")
    desk.do("2025-01-08", SUN, "initial.report")
    return desk


# 1. The day, the act, the subject.


def test_an_act_that_the_scheme_does_not_know_is_refused(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path))
    assert codes(desk.ask("2025-01-06", WANG, "initial.sing")) == ["unknown-action"]
    assert codes(desk.ask("2025-01-06", WANG, "nonsense")) == ["unknown-action"]


def test_a_day_before_the_last_entry_is_refused_and_both_days_are_named(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path))
    desk.do("2025-01-06", WANG, "initial.submit")
    decision = decide(desk.scheme, desk.dossier, Act("initial.accept", LI), day("2025-01-05"))
    assert codes(decision) == ["date-backwards"]
    assert "2025-01-05" in decision.refusals[0].message.en
    assert "2025-01-06" in decision.refusals[0].message.zh


def test_an_act_on_a_case_that_does_not_exist_is_refused_under_the_act_s_clauses(tmp_path: Path) -> None:
    decision = Desk(toy(tmp_path)).ask("2025-01-06", LI, "initial.accept")
    assert codes(decision) == ["no-open-case"]
    assert decision.refusals[0].clauses == ("T/accept",)


def test_a_second_case_cannot_be_opened_beside_an_open_one(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path))
    desk.do("2025-01-06", WANG, "initial.submit")
    assert codes(desk.ask("2025-01-07", WANG, "initial.submit")) == ["already-open"]


def test_a_process_of_many_cases_takes_a_second_one_and_acts_on_the_one_that_is_named(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, initial="many: true"))
    desk.do("2025-01-06", WANG, "initial.submit")
    desk.do("2025-01-07", WANG, "initial.submit")
    desk.do("2025-01-08", LI, "initial.accept", item="initial-1")
    assert {case.id: case.state for case in desk.dossier.cases.values()} == {
        "initial-1": "assessing",
        "initial-2": "submitted",
    }


def test_an_item_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, scheme=FINDINGS, initial="actions: {report: {raises: finding}}"))
    desk.do("2025-01-06", WANG, "initial.submit")
    assert codes(desk.ask("2025-01-06", ZHAO, "finding.close", item="NC-9")) == ["no-such-item"]


FINDINGS = """
items:
  finding:
    prefix: NC
    title: {zh: 不符合项, en: Finding}
    states: {open: {title: {zh: 开启, en: open}}, closed: {title: {zh: 关闭, en: closed}, end: closed}}
    actions: {close: {title: {zh: 关闭, en: close}, by: auditor, from: open, to: closed, clauses: [T/close]}}
"""


# 2. The state.


def test_a_wrong_state_names_the_clauses_of_the_state_and_of_the_act(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path))
    desk.do("2025-01-06", WANG, "initial.submit")
    decision = desk.ask("2025-01-06", ZHAO, "initial.report")
    assert codes(decision) == ["wrong-state"]
    assert decision.refusals[0].clauses == ("T/submitted", "T/report")


def test_nothing_is_done_in_a_case_that_has_ended(tmp_path: Path) -> None:
    desk = assessed(
        tmp_path, initial="actions: {note: {title: {zh: 记, en: note}, by: auditor, from: any, clauses: [T/n]}}"
    )
    desk.do("2025-01-09", ZHAO, "initial.note")
    desk.do("2025-01-09", QIAN, "initial.deny")
    assert codes(desk.ask("2025-01-10", ZHAO, "initial.note")) == ["wrong-state"]
    assert codes(desk.ask("2025-01-10", QIAN, "initial.grant")) == ["wrong-state"]


def test_an_act_on_a_certificate_that_is_not_there_yet_is_refused(tmp_path: Path) -> None:
    assert codes(Desk(toy(tmp_path)).ask("2025-01-06", QIAN, "certificate.suspend")) == ["wrong-state"]


# 3. The role.


def test_a_person_without_the_role_is_refused_under_the_act_s_clauses_with_a_remedy(tmp_path: Path) -> None:
    decision = Desk(toy(tmp_path)).ask("2025-01-06", LI, "initial.submit")
    assert codes(decision) == ["not-your-role"]
    assert decision.refusals[0].clauses == ("T/submit",)
    assert decision.refusals[0].remedy is not None


def test_an_act_of_the_rule_itself_is_open_to_nobody(tmp_path: Path) -> None:
    desk = assessed(tmp_path)
    desk.do("2025-01-09", QIAN, "initial.grant")
    for person in desk.people.values():
        assert "not-your-role" in codes(desk.ask("2025-01-10", person, "certificate.expire"))


# 4. The separations.


def test_who_evaluated_in_the_case_may_not_decide_it(tmp_path: Path) -> None:
    desk = assessed(tmp_path)
    decision = desk.ask("2025-01-09", SUN, "initial.grant")
    assert codes(decision) == ["separation-of-duties"]
    assert decision.refusals[0].clauses == ("T/separation",)
    assert desk.ask("2025-01-09", QIAN, "initial.grant").ok


def test_a_separation_within_the_case_forgets_another_case(tmp_path: Path) -> None:
    desk = assessed(tmp_path)
    desk.do("2025-01-09", QIAN, "initial.deny")
    for act, by in (("submit", WANG), ("accept", LI), ("report", ZHAO)):
        desk.do("2025-02-06", by, f"initial.{act}")
    assert desk.ask("2025-02-07", SUN, "initial.grant").ok


def test_a_separation_within_the_dossier_does_not_forget_another_case(tmp_path: Path) -> None:
    desk = assessed(tmp_path, scheme=SEPARATION.replace("MORE", "took: evaluation, within: dossier"))
    desk.do("2025-01-09", QIAN, "initial.deny")
    for act, by in (("submit", WANG), ("accept", LI), ("report", ZHAO)):
        desk.do("2025-02-06", by, f"initial.{act}")
    assert codes(desk.ask("2025-02-07", SUN, "initial.grant")) == ["separation-of-duties"]


def test_a_separation_by_role_bars_its_holders_whatever_they_did(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, scheme=SEPARATION.replace("MORE", "roles: auditor")))
    for act, by in (("submit", WANG), ("accept", LI), ("report", ZHAO)):
        desk.do("2025-02-06", by, f"initial.{act}")
    assert codes(desk.ask("2025-02-07", SUN, "initial.grant")) == ["separation-of-duties"]
    assert desk.ask("2025-02-07", QIAN, "initial.grant").ok


def test_a_separation_is_lifted_where_a_setting_says_so(tmp_path: Path) -> None:
    small = "settings: {small_body: {type: boolean, default: true, title: {zh: 小机构, en: Small}}}\n"
    desk = assessed(
        tmp_path, scheme=small + SEPARATION.replace("MORE", "took: evaluation, unless: settings.small_body")
    )
    assert desk.ask("2025-01-09", SUN, "initial.grant").ok


def test_a_person_whom_a_form_names_has_taken_part_as_well(tmp_path: Path) -> None:
    field = "[{id: expert, type: person, title: {zh: 专家, en: Expert}, part: evaluation}]"
    desk = Desk(toy(tmp_path, initial=f"actions: {{report: {{fields: {field}}}}}"))
    desk.do("2025-01-06", WANG, "initial.submit")
    desk.do("2025-01-07", LI, "initial.accept")
    desk.do("2025-01-08", ZHAO, "initial.report", {"expert": "qian"})
    assert codes(desk.ask("2025-01-09", QIAN, "initial.grant")) == ["separation-of-duties"]


SEPARATION = """
separations:
  - {id: evaluator-does-not-decide, MORE, may_not: decision, message: {zh: 不得, en: no}, clauses: [T/separation]}
"""


# All at once, and nothing by halves.


def test_every_refusal_comes_at_once(tmp_path: Path) -> None:
    desk = assessed(
        tmp_path,
        initial="""
actions:
  grant:
    fields: [{id: reason, type: text, title: {zh: 理由, en: Reason}}]
    guards: [{code: always, test: "false", message: {zh: 否, en: no}, clauses: [T/always]}]
""",
    )
    barred = SUN._replace(roles=frozenset({"auditor"}))
    decision = desk.ask("2025-01-09", barred, "initial.grant", {"odd": 1})
    assert codes(decision) == ["not-your-role", "separation-of-duties", "field-unknown", "field-required", "always"]
    assert decision.events == ()


def test_a_refused_act_leaves_no_event_and_the_dossier_as_it_was(tmp_path: Path) -> None:
    desk = assessed(tmp_path)
    before = desk.dossier
    kept = before.copy()
    decision = desk.ask("2025-01-09", NOBODY, "initial.grant")
    assert decision.dossier is before
    assert before == kept
    assert decision.events == ()


def test_what_is_done_is_in_the_journal_with_the_person_the_day_and_the_clauses(tmp_path: Path) -> None:
    decision = Desk(toy(tmp_path)).do("2025-01-06", WANG, "initial.submit")
    assert types(decision.events) == ["case-opened", "acted"]
    acted = decision.events[1]
    assert (acted.on, acted.by, acted.subject, acted.name) == (day("2025-01-06"), "wang", "initial-1", "initial.submit")
    assert acted.clauses == ("T/submit",)


def test_an_act_that_makes_the_entry_itself_is_in_the_journal_with_its_person(tmp_path: Path) -> None:
    scheme = toy(
        tmp_path,
        certificate="""
actions:
  register:
    title: {zh: 登记, en: register}
    by: director
    from: [none]
    to: valid
    fields: [{id: note, type: text, title: {zh: 备注, en: Note}}]
    certificate: [{to: valid, new: true, set: {valid_to: "plus_years(today, 1)"}, clauses: [T/register]}]
    clauses: [T/register]
""",
    )
    desk = Desk(scheme)
    decision = desk.do("2025-01-06", DONG, "certificate.register", {"note": "甲"})
    assert desk.dossier.status == "valid"
    assert [(event.by, event.name) for event in decision.events if event.type == "acted"] == [
        ("dong", "certificate.register")
    ]


def test_decide_needs_nothing_but_its_arguments(tmp_path: Path) -> None:
    scheme, act = toy(tmp_path), Act("initial.submit", WANG)
    first = decide(scheme, Dossier(scheme.ref), act, day("2025-01-06"))
    second = decide(scheme, Dossier(scheme.ref), act, day("2025-01-06"))
    assert first == second
    assert WANG.organisation["uscc"] == USCC


def test_a_process_does_not_change_a_certificate_that_has_ended(tmp_path: Path) -> None:
    desk = Desk(
        toy(
            tmp_path,
            visit="""
process: visit
kind: surveillance
title: {zh: 监督, en: Visit}
states: {planned: {title: {zh: 策划, en: planned}}, done: {title: {zh: 完成, en: done}, end: done}}
actions:
  plan: {by: auditor, to: planned, clauses: [T/plan]}
  finish: {title: {zh: 完成, en: finish}, by: auditor, from: planned, to: done, clauses: [T/finish],
           certificate: [{to: valid, set: {valid_to: "plus_years(today, 9)"}, print: replace, clauses: [T/renew]}]}
""",
        )
    )
    for by, do in (
        (WANG, "initial.submit"),
        (LI, "initial.accept"),
        (ZHAO, "initial.report"),
        (QIAN, "initial.grant"),
        (ZHAO, "visit.plan"),
    ):
        desk.do("2025-01-06", by, do)
    desk.do("2025-02-06", QIAN, "certificate.withdraw")
    before = desk.dossier.certificate
    desk.ask("2025-02-07", ZHAO, "visit.finish")
    assert desk.dossier.certificate == before
