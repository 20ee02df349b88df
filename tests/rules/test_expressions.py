"""Expressions at run time: what is missing reads as empty, and one that fails never opens a way."""
# ruff: noqa: E501 - snippets of YAML stand as they would in a scheme

from pathlib import Path

import pytest

from tests.rules.desk import Desk, codes
from tests.rules.personas import LI, QIAN, WANG, ZHAO
from tests.rules.scheme_factory import toy

# Each divides by a number that the form may leave at nought.
FAILING = "10 / form.n > 1"
NUMBER = "fields: [{id: n, type: integer, title: {zh: 数, en: N}}]"


def guard(test: str, when: str = "") -> str:
    condition = f"when: {when!r}, " if when else ""
    return f"""
actions:
  submit:
    {NUMBER}
    guards: [{{code: g, {condition}test: {test!r}, message: {{zh: 否, en: no}}, clauses: [T/g]}}]
"""


def test_a_failing_test_refuses(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, initial=guard(FAILING)))
    assert "g" in codes(desk.ask("2025-01-06", WANG, "initial.submit", {"n": 0}))
    assert desk.ask("2025-01-06", WANG, "initial.submit", {"n": 5}).ok


def test_a_failing_condition_does_not_lift_its_guard(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, initial=guard("false", FAILING)))
    assert "g" in codes(desk.ask("2025-01-06", WANG, "initial.submit", {"n": 0}))


def test_a_failing_exception_does_not_lift_a_separation(tmp_path: Path) -> None:
    scheme = toy(
        tmp_path,
        scheme="""
settings: {n: {type: integer, default: 0, title: {zh: 数, en: N}}}
separations:
  - {id: evaluator-does-not-decide, took: evaluation, may_not: decision, unless: 10 / settings.n > 1, message: {zh: 不得, en: 'no'}, clauses: [T/separation]}
""",
    )
    desk = Desk(scheme)
    both = ZHAO._replace(roles=frozenset({"auditor", "decision-maker"}))
    for by, do in ((WANG, "submit"), (LI, "accept"), (both, "report")):
        desk.do("2025-01-06", by, f"initial.{do}")
    assert codes(desk.ask("2025-01-07", both, "initial.grant")) == ["separation-of-duties"]


def test_a_failing_target_leads_on_to_the_next_never_to_its_own(tmp_path: Path) -> None:
    desk = Desk(
        toy(
            tmp_path,
            initial=f"actions: {{accept: {{{NUMBER}, to: [{{state: deciding, when: {FAILING}}}, {{state: assessing}}]}}}}",
        )
    )
    desk.do("2025-01-06", WANG, "initial.submit")
    desk.ask("2025-01-07", LI, "initial.accept", {"n": 0})
    assert desk.dossier.cases["initial-1"].state != "deciding"


def test_a_failing_condition_of_a_material_still_asks_for_it(tmp_path: Path) -> None:
    desk = Desk(
        toy(
            tmp_path,
            initial="""
actions:
  submit:
    fields:
      - {id: n, type: integer, title: {zh: 数, en: N}}
      - {id: materials, type: materials, required: false, title: {zh: 材料, en: M}, options: {rules: {zh: 制度, en: R, when: 10 / case.n > 100}}}
  accept: {complete: materials}
""",
        )
    )
    desk.do("2025-01-06", WANG, "initial.submit", {"n": 0})
    assert codes(desk.ask("2025-01-07", LI, "initial.accept")) == ["material-missing"]


@pytest.mark.parametrize(
    "value", ["plus_years(form.d, 9000)", "plus_days(form.d, 99999999)", "plus_working_days(form.d, 99999)"]
)
def test_a_date_that_cannot_be_computed_never_makes_a_certificate(tmp_path: Path, value: str) -> None:
    desk = Desk(
        toy(
            tmp_path,
            initial=f"""
actions:
  grant:
    fields: [{{id: d, type: date, title: {{zh: 日, en: D}}}}]
    certificate: [{{to: valid, new: true, set: {{valid_to: "{value}"}}, clauses: [T/grant]}}]
""",
        )
    )
    for by, do in ((WANG, "submit"), (LI, "accept"), (ZHAO, "report")):
        desk.do("2025-01-06", by, f"initial.{do}")
    decision = desk.ask("2025-01-07", QIAN, "initial.grant", {"d": "2025-01-07"})
    assert not decision.ok
    assert desk.dossier.status == "none"


def test_a_clock_whose_day_cannot_be_computed_refuses_the_act_that_starts_it(tmp_path: Path) -> None:
    desk = Desk(
        toy(
            tmp_path,
            initial=f"""
actions: {{submit: {{{NUMBER}}}}}
clocks:
  answer: {{title: {{zh: 答, en: A}}, due: "plus_working_days(today, case.n)", starts: initial.submit, stops: initial.accept, owner: client,
           breach: {{flag: {{zh: 迟, en: late}}}}, clauses: [T/a]}}
""",
        )
    )
    assert not desk.ask("2025-01-06", WANG, "initial.submit", {"n": 99999}).ok
    assert desk.ask("2025-01-06", WANG, "initial.submit", {"n": 5}).ok


@pytest.mark.parametrize(
    "test",
    [
        "form.n == 0", "case.s == ''", "case.b == false", "case.d == never", "case.x == 0.0", "size(case.l) == 0", "size(case.r) == 0",
        "certificate.status == 'none'", "certificate.since == never", "certificate.valid_to == never", "clock.validity == ''",
        "due.validity == never", "done.submit == 0", "first.submit == never", "size(who.submit) == 0", "cases.initial == ''", "!active.initial",
        "by.uscc == '91110000600037341L'", "!by.conflicted", "'client' in by.roles", "case.o.uscc == ''", "case.o.name == ''",
    ],
)  # fmt: skip
def test_what_is_missing_reads_as_empty(tmp_path: Path, test: str) -> None:
    fields = [
        ("n", "integer"),
        ("s", "text"),
        ("b", "boolean"),
        ("d", "date"),
        ("x", "number"),
        ("l", "multi-choice"),
        ("r", "rows, columns: [{id: c, type: text, title: {zh: 列, en: Column}}]"),
        ("o", "organisation"),
    ]
    rows = "".join(
        f"      - {{id: {name}, type: {kind}, required: false, title: {{zh: 字, en: F}}}}\n" for name, kind in fields
    )
    snippet = f"""
actions:
  submit:
    fields:
{rows}
    guards: [{{code: g, test: "{test}", message: {{zh: 否, en: 'no'}}, clauses: [T/g]}}]
"""
    assert codes(Desk(toy(tmp_path, initial=snippet)).ask("2025-01-06", WANG, "initial.submit")) == []
