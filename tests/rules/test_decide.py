"""decide, step by step: what each of its numbered steps refuses, and that all refusals come at once."""

from pathlib import Path

from hefu.rules.decide import Act, decide
from hefu.rules.dossier import Dossier

from tests.rules.desk import Desk, codes, day, types
from tests.rules.personas import DONG, LI, NOBODY, QIAN, SUN, USCC, WANG, ZHAO
from tests.rules.scheme_factory import toy

GUARD = """
actions:
  submit:
    fields: [{id: size, type: integer, title: {zh: 人数, en: Staff}}]
    guards:
      - code: too-few
        LEVEL
        test: form.size >= 10
        message: {zh: "只有 {form.size} 人", en: "only {form.size} people"}
        remedy: {zh: 请增加人员, en: Hire}
        clauses: [T/size]
    clauses: [T/submit]
"""


def guarded(tmp_path: Path, level: str) -> Desk:
    return Desk(toy(tmp_path, initial=GUARD.replace("LEVEL", f"level: {level}")))


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
    assert [case.state for case in desk.dossier.cases.values()] == ["assessing", "submitted"]


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
    desk = assessed(tmp_path, initial="actions: {note: {title: {zh: 记, en: note}, by: auditor, from: any, clauses: [T/n]}}")
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
    desk = assessed(tmp_path, scheme=small + SEPARATION.replace("MORE", "took: evaluation, unless: settings.small_body"))
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


# 6. Materials.

KIT = """
kit:
  title: {zh: 申请书, en: Application}
  fields:
    - {id: outsourced, type: boolean, title: {zh: 外包, en: Outsourced}}
    - id: materials
      type: materials
      title: {zh: 材料, en: Materials}
      required: false
      options:
        rules: {zh: 制度, en: Rules, clauses: [T/rules]}
        contract: {zh: 合同, en: Contract, when: case.outsourced, clauses: [T/contract]}
        photo: {zh: 照片, en: Photo, optional: true}
"""
MATERIALS = """
actions:
  submit: {form: kit}
  accept: {complete: materials}
  supplement: {by: client, from: submitted, fields: [{id: materials, like: kit.materials}], clauses: [T/supplement]}
"""


def test_each_missing_material_is_refused_under_its_own_clause(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, initial=MATERIALS, forms=KIT))
    desk.do("2025-01-06", WANG, "initial.submit", {"outsourced": True})
    decision = desk.ask("2025-01-07", LI, "initial.accept")
    assert codes(decision) == ["material-missing", "material-missing"]
    assert [refusal.clauses[0] for refusal in decision.refusals] == ["T/rules", "T/contract"]


def test_a_material_that_does_not_apply_is_not_missed_and_materials_add_up(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path / "a", initial=MATERIALS, forms=KIT))
    desk.do("2025-01-06", WANG, "initial.submit", {"outsourced": False, "materials": ["rules"]})
    assert desk.ask("2025-01-07", LI, "initial.accept").ok
    desk = Desk(toy(tmp_path / "b", initial=MATERIALS, forms=KIT))
    desk.do("2025-01-06", WANG, "initial.submit", {"outsourced": True, "materials": ["rules"]})
    desk.do("2025-01-06", WANG, "initial.supplement", {"materials": ["contract"]})
    assert desk.ask("2025-01-07", LI, "initial.accept").ok


def test_an_act_that_opens_a_case_waits_for_its_materials_too(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, initial="actions: {submit: {form: kit, complete: materials}}", forms=KIT))
    assert codes(desk.ask("2025-01-06", WANG, "initial.submit", {"outsourced": False})) == ["material-missing"]
    assert desk.ask("2025-01-06", WANG, "initial.submit", {"outsourced": False, "materials": ["rules"]}).ok


# 7. Grounds.

GROUNDS = """
grounds:
  suspend:
    misuse: {title: {zh: 误用, en: Misuse}, clauses: [T/misuse]}
    refusal:
      title: {zh: 拒绝, en: Refusal}
      guards: [{code: not-refused, test: facts.refused, message: {zh: 未拒绝, en: not refused}, clauses: [T/refusal]}]
      clauses: [T/refusal]
actions: {suspend: {grounds: suspend}}
"""
REFUSED = "facts: {refused: {type: boolean, default: false, title: {zh: 拒绝监督, en: Refused}}}"


def certified(tmp_path: Path, **snippets: str) -> Desk:
    desk = assessed(tmp_path, **snippets)
    desk.do("2025-01-09", QIAN, "initial.grant")
    return desk


def test_an_act_that_needs_a_ground_is_refused_without_one_and_with_an_unknown_one(tmp_path: Path) -> None:
    desk = certified(tmp_path, certificate=GROUNDS, scheme=REFUSED)
    assert codes(desk.ask("2025-02-06", QIAN, "certificate.suspend")) == ["ground-required"]
    assert codes(desk.ask("2025-02-06", QIAN, "certificate.suspend", {"grounds": ["spite"]})) == ["ground-unknown"]


def test_a_ground_that_does_not_hold_is_refused_and_one_that_holds_is_named_in_the_journal(tmp_path: Path) -> None:
    desk = certified(tmp_path, certificate=GROUNDS, scheme=REFUSED)
    decision = desk.ask("2025-02-06", QIAN, "certificate.suspend", {"grounds": ["misuse", "refusal"]})
    assert codes(decision) == ["not-refused"]
    done = desk.do("2025-02-06", QIAN, "certificate.suspend", {"grounds": ["misuse"]})
    assert ("ground-misuse", ("T/misuse",)) in [(event.name, event.clauses) for event in done.events]
    assert desk.dossier.status == "suspended"


# 8. Guards.


def test_a_hard_guard_refuses_in_its_own_words_with_what_it_saw(tmp_path: Path) -> None:
    desk = guarded(tmp_path, "hard")
    decision = desk.ask("2025-01-06", WANG, "initial.submit", {"size": 3})
    (refusal,) = decision.refusals
    assert (refusal.code, refusal.clauses) == ("too-few", ("T/size",))
    assert (refusal.message.zh, refusal.message.en) == ("只有 3 人", "only 3 people")
    assert refusal.remedy is not None
    assert refusal.remedy.en == "Hire"


def test_a_hard_guard_knows_no_departure(tmp_path: Path) -> None:
    form = {"size": 3, "departure": {"reason": "远程", "approver": "dong"}}
    assert codes(guarded(tmp_path, "hard").ask("2025-01-06", WANG, "initial.submit", form)) == ["too-few"]


def test_a_soft_guard_yields_to_a_reason_and_the_right_approver_and_the_journal_keeps_both(tmp_path: Path) -> None:
    for level in ("normal", "in-principle"):
        desk = guarded(tmp_path / level, level)
        form = {"size": 3, "departure": {"reason": "远程", "approver": "dong"}}
        decision = desk.do("2025-01-06", WANG, "initial.submit", form)
        (kept,) = [event.data["departure"] for event in decision.events if "departure" in event.data]
        assert (kept["codes"], kept["reason"], kept["approver"]) == (("too-few",), "远程", DONG.id)
        assert tuple(kept["clauses"]) == ("T/size",)


def test_a_departure_is_refused_without_a_reason_or_with_the_wrong_approver(tmp_path: Path) -> None:
    desk = guarded(tmp_path, "in-principle")
    wrong: list[object] = [
        None, "please", {}, {"reason": "x"}, {"approver": "dong"}, {"reason": "", "approver": "dong"},
        {"reason": "x", "approver": "qian"}, {"reason": "x", "approver": "nobody-of-that-name"},
        {"reason": "x", "approver": ["dong"]}, {"reason": "x", "approver": {"id": "dong"}},
    ]  # fmt: skip
    for departure in wrong:
        decision = desk.ask("2025-01-06", WANG, "initial.submit", {"size": 3, "departure": departure})
        assert codes(decision) == ["too-few"], departure


def test_a_warning_blocks_nothing_and_stands_in_the_journal(tmp_path: Path) -> None:
    decision = guarded(tmp_path, "warn").do("2025-01-06", WANG, "initial.submit", {"size": 3})
    assert ("warned", "too-few") in [(event.type, event.name) for event in decision.events]


def test_a_guard_applies_only_where_its_condition_holds(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, initial=GUARD.replace("LEVEL", "when: form.size > 0")))
    assert codes(desk.ask("2025-01-06", WANG, "initial.submit", {"size": 5})) == ["too-few"]
    assert desk.ask("2025-01-06", WANG, "initial.submit", {"size": 0}).ok


def test_a_guard_whose_expression_fails_never_passes(tmp_path: Path) -> None:
    scheme = toy(tmp_path, initial="""
actions:
  submit:
    fields:
      - {id: share, type: integer, title: {zh: 份额, en: Share}}
      - {id: firm, type: organisation, title: {zh: 单位, en: Firm}}
      - {id: report, type: date, title: {zh: 报告, en: Report}}
    guards:
      - {code: share, test: 100 / form.share > 1, message: {zh: 份额, en: share}, clauses: [T/a]}
      - {code: firm, test: form.firm.uscc == 'x', message: {zh: 单位, en: firm}, clauses: [T/a]}
      - {code: report, test: "plus_months(form.report, 24) < never", message: {zh: 报告, en: report}, clauses: [T/a]}
""")
    form = {"share": 0, "firm": {"name": "甲"}, "report": day("9999-12-31")}
    decision = Desk(scheme).ask("2025-01-06", WANG, "initial.submit", form)
    assert {"share", "firm", "report"} <= set(codes(decision))


# All at once, and nothing by halves.


def test_every_refusal_comes_at_once(tmp_path: Path) -> None:
    desk = assessed(tmp_path, initial="""
actions:
  grant:
    fields: [{id: reason, type: text, title: {zh: 理由, en: Reason}}]
    guards: [{code: always, test: "false", message: {zh: 否, en: no}, clauses: [T/always]}]
""")
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
    scheme = toy(tmp_path, certificate="""
actions:
  register:
    title: {zh: 登记, en: register}
    by: director
    from: [none]
    to: valid
    fields: [{id: note, type: text, title: {zh: 备注, en: Note}}]
    certificate: [{to: valid, new: true, set: {valid_to: "plus_years(today, 1)"}, clauses: [T/register]}]
    clauses: [T/register]
""")
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
