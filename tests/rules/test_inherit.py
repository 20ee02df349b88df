"""A process that is `like` another: said once, held twice, and each with its own names."""
# ruff: noqa: E501 - snippets of YAML stand as they would in a scheme, and Chinese signs count double

from datetime import date
from pathlib import Path

from hefu.rules.check import check
from hefu.rules.load import home
from hefu.rules.replay.mutate import mutants
from tests.rules.desk import Desk, codes, day
from tests.rules.personas import LI, WANG
from tests.rules.scheme_factory import toy, toy_folder

INITIAL = """
actions:
  submit:
    guards: [{code: weekend, test: "working_days(plus_days(today, -1), today) == 1", message: {zh: 休息, en: closed}, clauses: [T/open]}]
  accept:
    guards:
      - {code: late, test: "clock.answer != 'breached' && cases.initial == 'submitted'", message: {zh: 迟, en: late}, clauses: [T/late]}
clocks:
  answer: {title: {zh: 答复, en: Answer}, length: {days: 10}, kind: window, starts: initial.submit, stops: initial.accept, owner: client,
           breach: {duty: {act: initial.accept, role: application-reviewer, clauses: [T/duty]}}, clauses: [T/answer]}
  grace: {title: {zh: 宽限, en: Grace}, length: {days: 10}, kind: window, starts: clock.answer.breached, owner: client,
          breach: {flag: {zh: 完, en: over}}, clauses: [T/grace]}
"""
AGAIN = "{process: recertification, kind: recertification, like: initial, title: {zh: 再认证, en: Recertification}}"


def both(tmp_path: Path, again: str = AGAIN) -> Desk:
    return Desk(toy(tmp_path, initial=INITIAL, recertification=again))


def test_what_the_one_says_holds_for_the_other_under_its_own_name(tmp_path: Path) -> None:
    desk = both(tmp_path)
    machine = desk.scheme.machines["recertification"]
    assert set(machine.actions) == set(desk.scheme.machines["initial"].actions)
    assert machine.title.en == "Recertification"
    assert machine.actions["accept"].id == "recertification.accept"
    assert machine.like == "initial"
    assert codes(desk.ask("2025-01-05", WANG, "recertification.submit")) == ["weekend"]


def test_its_clocks_are_its_own(tmp_path: Path) -> None:
    desk = both(tmp_path)
    desk.do("2025-01-06", WANG, "recertification.submit")
    assert [run.name for run in desk.dossier.live.values()] == ["recertification-answer"]
    desk.do("2025-01-08", WANG, "initial.submit")
    assert desk.clock("answer").due == day("2025-01-18")
    desk.do("2025-01-09", LI, "initial.accept")
    assert desk.clock("answer").status == "met"
    assert desk.clock("recertification-answer").status == "running"


def test_what_its_expressions_and_duties_say_of_it_is_about_it(tmp_path: Path) -> None:
    desk = both(tmp_path)
    desk.do("2025-01-06", WANG, "recertification.submit")
    desk.wait("2025-02-10")
    assert desk.duties == ["recertification.accept"]
    assert desk.clock("recertification-grace").started == date(2025, 1, 17)
    desk.do("2025-02-10", WANG, "initial.submit")
    assert codes(desk.ask("2025-02-10", LI, "recertification.accept")) == ["late"]
    assert desk.ask("2025-02-10", LI, "initial.accept").ok


def test_what_is_said_anew_replaces_and_null_removes(tmp_path: Path) -> None:
    # The factory removes nulls itself, so this file is written by hand.
    folder = toy_folder(tmp_path, initial=INITIAL)
    text = """
process: recertification
kind: recertification
like: initial
title: {zh: 再认证, en: Recertification}
actions:
  deny: null
  submit: {by: [auditor], guards: []}
  skip: {title: {zh: 略, en: skip}, by: auditor, from: deciding, to: denied, clauses: [T/deny]}
clocks:
  recertification-answer: {length: {days: 3}}
  recertification-grace: null
"""
    (folder / "recertification.yaml").write_text(text, encoding="utf-8")
    assert [str(problem) for problem in check(folder, home())] == []
    from hefu.rules.load import load  # noqa: PLC0415

    scheme = load(folder, home())
    machine = scheme.machines["recertification"]
    assert "deny" not in machine.actions
    assert machine.actions["submit"].by == {"auditor"}
    assert machine.actions["submit"].rules == ()
    assert machine.actions["skip"].id == "recertification.skip"
    assert scheme.machines["initial"].actions["submit"].by == {"client"}
    assert scheme.clocks["recertification-answer"].term is not None
    assert scheme.clocks["recertification-answer"].term.number == 3
    assert scheme.clocks["answer"].term is not None
    assert scheme.clocks["answer"].term.number == 10
    assert "recertification-grace" not in scheme.clocks


def test_texts_and_clauses_are_taken_over_as_they_are(tmp_path: Path) -> None:
    snippet = "title: {zh: initial.submit, en: initial.submit}"
    desk = Desk(toy(tmp_path, initial=INITIAL + f"\nstates: {{submitted: {{{snippet}}}}}", recertification=AGAIN))
    state = desk.scheme.machines["recertification"].states["submitted"]
    assert state.title.en == "initial.submit"
    assert state.clauses == ("T/submitted",)


def test_the_like_of_nothing_is_refused_at_its_line(tmp_path: Path) -> None:
    for other in ("nothing", "recertification", "scheme"):
        problems = check(
            toy_folder(tmp_path / other, recertification=AGAIN.replace("like: initial", f"like: {other}")), home()
        )
        assert any("recertification.yaml" in problem.place.file for problem in problems), other


def test_a_rule_that_is_said_once_is_removed_once(tmp_path: Path) -> None:
    scheme = both(tmp_path).scheme
    guards = [mutant for mutant in mutants(scheme) if mutant.kind == "guard" and "late" in mutant.address]
    assert [mutant.address for mutant in guards] == ["initial.accept/late"]
    for name in ("initial", "recertification"):
        assert guards[0].scheme.machines[name].actions["accept"].rules == ()
    clocks = [mutant.address for mutant in mutants(scheme) if mutant.kind == "clock"]
    assert sorted(clocks) == ["answer", "grace", "validity"]


def test_a_field_may_be_like_a_field_of_a_form(tmp_path: Path) -> None:
    form = "kit: {title: {zh: 袋, en: Kit}, fields: [{id: level, type: choice, options: {一级: L1, 二级: L2}, title: {zh: 级别, en: Level}, clauses: [T/level]}]}"
    field = "[{id: agreed, like: kit.level, title: {zh: 确认级别, en: Agreed}}]"
    desk = Desk(toy(tmp_path, forms=form, initial=f"actions: {{submit: {{fields: {field}}}}}"))
    (found,) = desk.scheme.machines["initial"].actions["submit"].form.fields
    assert (found.type, tuple(found.options), found.title.en, found.clauses) == (
        "choice",
        ("一级", "二级"),
        "Agreed",
        ("T/level",),
    )
    assert codes(desk.ask("2025-01-06", WANG, "initial.submit", {"agreed": "三级"})) == ["field-invalid"]


def test_a_field_like_no_field_is_refused(tmp_path: Path) -> None:
    for reference in ("kit.level", "kit", "", "."):
        folder = toy_folder(
            tmp_path / f"x{len(reference)}",
            initial=f"actions: {{submit: {{fields: [{{id: a, like: '{reference}'}}]}}}}",
        )
        assert any("initial.yaml" in problem.place.file for problem in check(folder, home()))
