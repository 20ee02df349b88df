"""decide, steps 6 to 8: materials, grounds, and guards with their levels and departures."""

# ruff: noqa: E501 - YAML stands as it would in a scheme

from pathlib import Path

from tests.rules.desk import Desk, codes, day
from tests.rules.personas import DONG, LI, QIAN, SUN, WANG
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


def test_a_guard_says_the_option_that_a_setting_holds_by_its_title(tmp_path: Path) -> None:
    setting = "{type: text, default: strict, options: {strict: {zh: 从严, en: Strict}}, title: {zh: 口径, en: Reading}, clauses: [T/r]}"
    guard = """
actions:
  submit:
    guards:
      - {code: no, test: "settings.reading == ''", message: {zh: "口径为{settings.reading}", en: "reading {settings.reading}"}, clauses: [T/r]}
"""
    desk = Desk(toy(tmp_path, scheme=f"settings: {{reading: {setting}}}", initial=guard))
    (refusal,) = desk.ask("2025-01-06", WANG, "initial.submit").refusals
    assert (refusal.message.zh, refusal.message.en) == ("口径为从严", "reading Strict")
    assert refusal.bare is None, "nobody has answered a setting"


def guarded(tmp_path: Path, level: str) -> Desk:
    return Desk(toy(tmp_path, initial=GUARD.replace("LEVEL", f"level: {level}")))


def test_a_refusal_that_repeats_an_answer_has_its_words_with_a_gap_as_well(tmp_path: Path) -> None:
    desk = guarded(tmp_path, "hard")
    answers = {"size": 7, "made-up": "x"}
    unknown, few = desk.ask("2025-01-06", WANG, "initial.submit", answers).refusals
    assert (few.message.zh, few.bare) == ("只有 7 人", ("只有 … 人", "only … people"))
    assert (unknown.message.en, unknown.bare and unknown.bare.en) == (
        "the form has no field made-up", "the form has no field …",
    )  # fmt: skip


def assessed(tmp_path: Path, **snippets: str) -> Desk:
    """Given a case that waits for its decision; SUN wrote the report."""
    desk = Desk(toy(tmp_path, **snippets))
    desk.do("2025-01-06", WANG, "initial.submit")
    desk.do("2025-01-07", LI, "initial.accept")
    desk.do("2025-01-08", SUN, "initial.report")
    return desk


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
    scheme = toy(
        tmp_path,
        initial="""
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
""",
    )
    form = {"share": 0, "firm": {"name": "甲"}, "report": day("9999-12-31")}
    decision = Desk(scheme).ask("2025-01-06", WANG, "initial.submit", form)
    assert {"share", "firm", "report"} <= set(codes(decision))
