"""decide, step 5: what each type of field takes and refuses; required, conditional and unknown fields."""
# ruff: noqa: E501 - snippets of YAML stand as they would in a scheme, and Chinese signs count double

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hefu.rules.decide import Decision
from tests.rules.desk import Desk, codes
from tests.rules.personas import DONG, OTHER_USCC, QIAN, USCC, WANG
from tests.rules.scheme_factory import toy

TEAM = [{"person": "zhao"}, {"person": "sun", "field": "密码"}]
# type and what it says more, right answers, wrong ones with the word of the problem
TYPES: dict[str, tuple[str, list[Any], list[tuple[Any, str]]]] = {
    "text": ("max_chars: 4", ["四个字符", " a b  c d "], [("五个字符的", "longer"), (5, "text"), (["a"], "text")]),
    "long-text": ("pattern: 'A+'", ["A", "AAA"], [("B", "form"), ("AB", "form"), ({"a": "b"}, "text")]),
    "signature": ("", ["王"], [(1, "text")]),
    "file": ("", ["report.pdf"], [(date(2025, 1, 1), "text")]),
    "evidence": ("", ["申请书第 3 页"], [(3, "text")]),
    "integer": (
        "minimum: 2, maximum: 4",
        [2, 4],
        [(1, "below"), (5, "above"), (2.5, "number"), (True, "number"), ("3", "number")],
    ),
    "number": ("minimum: 0", [0, 2.5], [(-0.1, "below"), ("1", "number"), (True, "number")]),
    "money": ("maximum: 10", [9.99], [(10.01, "above"), ("free", "number")]),
    "date": (
        "",
        [date(2025, 1, 6), "2025-01-06"],
        [("2025-02-30", "date"), ("6.1.2025", "date"), (20250106, "date"), (date(1, 1, 1), "date")],
    ),
    "boolean": ("", [True, False], [("yes", "yes or no"), (1, "yes or no")]),
    "choice": ("options: {a: A, b: B}", ["a"], [("c", "options"), (["a"], "options"), (1, "options")]),
    "grade": ("options: {一级: 1, 二级: 2}".replace("1", "L1").replace("2", "L2"), ["一级"], [("三级", "options")]),
    "multi-choice": (
        "options: {a: A, b: B}",
        [["a", "b"], ["a", "a"]],
        [(["a", "c"], "options"), ("a", "list"), ([["a"]], "options")],
    ),
    "materials": ("options: {a: A}", [["a"]], [(["b"], "options"), ({"a": True}, "list")]),
    "uscc": (
        "",
        [USCC, OTHER_USCC],
        [(USCC[:-1] + "M", "credit"), ("0" * 17 + "1", "credit"), (USCC.lower(), "credit"), (18, "credit")],
    ),
    "organisation": (
        "",
        [{"name": "甲"}, {"name": "甲", "uscc": USCC}],
        [
            ({"uscc": USCC}, "organisation"),
            ({"name": ""}, "organisation"),
            ("甲", "organisation"),
            ({"name": "甲", "uscc": "1"}, "credit"),
            ({"name": 1}, "organisation"),
        ],
    ),
    "person": ("", ["qian"], [("stranger", "no such person"), (["qian"], "no such person")]),
    "checklist": (
        "options: {p: P, q: {zh: 问, en: Q, optional: true}}",
        [{"p": "符合"}, {"p": "不符合", "q": "不适用"}, {"p": {"result": "符合", "remark": "现场看过"}}],
        [
            ({"q": "符合"}, "points"),
            ({"p": "符合", "r": "符合"}, "options"),
            ({"p": "好"}, "options"),
            ({"p": True}, "point"),
            ({"p": {"result": "符合", "by": "x"}}, "point"),
            ({"p": {"remark": "x"}}, "point"),
            (["p"], "point"),
        ],
    ),
    "team": (
        "",
        [TEAM],
        [([{"person": "stranger"}], "no such person"), ([{}], "no such person"), (["zhao"], "list"), ("zhao", "list")],
    ),
    "rows": (
        "columns: [{id: n, type: integer, title: {zh: 数, en: N}}, {id: d, type: date, required: false, title: {zh: 日, en: D}}]",
        [[{"n": 1}], [{"n": 1, "d": "2025-01-06"}, {"n": 2}]],
        [
            ([{"n": "x"}], "number"),
            ([{"d": "2025-01-06"}], "column"),
            ([{"n": 1, "z": 1}], "column"),
            ({"n": 1}, "list"),
        ],
    ),
    "man-days": (
        "columns: [{id: days, type: number, minimum: 1, title: {zh: 人日, en: Days}}]",
        [[{"days": 1.5}]],
        [([{"days": 0.5}], "below")],
    ),
}
RIGHT = [
    pytest.param(kind, value, id=f"{kind}-{number}")
    for kind, (_, right, _) in TYPES.items()
    for number, value in enumerate(right)
]
WRONG = [
    pytest.param(kind, value, word, id=f"{kind}-{number}")
    for kind, (_, _, wrong) in TYPES.items() for number, (value, word) in enumerate(wrong)
]  # fmt: skip


def field(kind: str, more: str = "") -> str:
    extra = ", ".join(part for part in (TYPES[kind][0], more) if part)
    return f"{{id: it, type: {kind}, title: {{zh: 它, en: It}}, clauses: [T/it]{', ' + extra if extra else ''}}}"


def asked(tmp_path: Path, fields: str, form: dict[str, Any]) -> Decision:
    return Desk(toy(tmp_path, initial=f"actions: {{submit: {{fields: [{fields}]}}}}")).ask(
        "2025-01-06", WANG, "initial.submit", form
    )


POINTS = (
    "options: {p: P, q: {zh: 问, en: Q, optional: true}}, "
    "columns: [{id: seen, type: evidence, required: false, title: {zh: 证据, en: Evidence}}, "
    "{id: on, type: date, required: false, title: {zh: 日期, en: Day}}]"
)
WHERE = [
    ("text", 5, "it"),
    ("organisation", {"name": "甲", "uscc": "1"}, "it.uscc"),
    ("checklist", {"q": "符合"}, "it.p"),
    ("checklist", {"p": "好"}, "it.p"),
    ("rows", [{"n": 1}, {"n": 1, "d": "x"}], "it.1.d"),
    ("rows", [{"d": "2025-01-06"}], "it.0.n"),
    ("team", [{"person": "zhao"}, {"person": "zhao"}], "it.1.person"),
    ("team", [{"person": "zhao"}, {"person": "stranger"}], "it.1.person"),
]


@pytest.mark.parametrize(("kind", "value", "where"), WHERE)
def test_a_refusal_says_which_answer_it_is_about_down_to_the_cell(
    tmp_path: Path,
    kind: str,
    value: Any,  # noqa: ANN401 - of any type
    where: str,
) -> None:
    (refusal,) = asked(tmp_path, field(kind), {"it": value}).refusals
    assert refusal.field == where


TOLD = [
    ("text", "max_chars: 4", "五个字符的", "“它”填写有误：超过 4 字"),
    ("text", "pattern: '[0-9]{6}', sample: '050000'", "5", "“它”填写有误：格式不符，应如 050000"),
    ("integer", "minimum: 2", 1, "“它”填写有误：小于下限 2"),
    ("number", "maximum: 2.5", 3, "“它”填写有误：大于上限 2.5"),
    ("rows", TYPES["rows"][0], [{"n": 1}, {"n": "x"}], "“它，第 2 行，数”填写有误：应为数字"),
    ("team", "", [{"person": "zhao"}, {"person": "zhao"}], "“它，第 2 行”填写有误：同一人员重复出现"),
    ("checklist", TYPES["checklist"][0], {"p": "好"}, "“它，p”填写有误：不在可选项之中"),
    ("checklist", POINTS, {"p": {"result": "符合", "on": "x"}}, "“它，p，日期”填写有误：应为日期（年-月-日）"),
    ("checklist", POINTS, {"p": {"result": "符合", "by": "x"}}, "“它，p”填写有误：应逐项填写"),
]


@pytest.mark.parametrize(("kind", "more", "value", "message"), TOLD)
def test_a_refusal_names_the_row_and_the_column_and_says_what_is_wanted(
    tmp_path: Path,
    kind: str,
    more: str,
    value: Any,  # noqa: ANN401 - of any type
    message: str,
) -> None:
    one = f"{{id: it, type: {kind}, title: {{zh: 它, en: It}}{', ' + more if more else ''}}}"
    (refusal,) = asked(tmp_path, one, {"it": value}).refusals
    assert refusal.message.zh == message


def test_a_remark_on_a_point_is_kept_and_decides_nothing(tmp_path: Path) -> None:
    scheme = toy(
        tmp_path,
        initial="""
actions:
  submit:
    fields: [{id: it, type: checklist, options: {p: P, q: Q}, answers: {有: found, 无: none}, title: {zh: 它, en: It}}]
    guards:
      - {code: something-found, test: "form.it.all(k, form.it[k] == '无')", message: {zh: 有, en: found}, clauses: [T/a]}
""",
    )
    answer = {"p": {"result": "无", "remark": "查过三处"}, "q": "无"}
    decision = Desk(scheme).ask("2025-01-06", WANG, "initial.submit", {"it": answer})
    assert codes(decision) == []
    assert decision.dossier.cases["initial-1"].data["it"] == answer
    assert codes(Desk(scheme).ask("2025-01-06", WANG, "initial.submit", {"it": {**answer, "q": "有"}})) == [
        "something-found"
    ]
    assert codes(Desk(scheme).ask("2025-01-06", WANG, "initial.submit", {"it": {**answer, "q": "符合"}})) == [
        "field-invalid"
    ]


def test_what_a_checklist_asks_of_each_point_is_kept_with_it_and_its_result_decides(tmp_path: Path) -> None:
    one = f"{{id: it, type: checklist, title: {{zh: 它, en: It}}, {POINTS}}}"
    answer = {
        "p": {"result": "符合", "seen": "执照副本", "on": "2025-01-03"},
        "q": {"result": "不适用", "remark": "无"},
    }
    decision = asked(tmp_path, one, {"it": answer})
    assert codes(decision) == []
    kept = decision.dossier.cases["initial-1"].data["it"]
    assert kept == {"p": {"result": "符合", "seen": "执照副本", "on": date(2025, 1, 3)}, "q": answer["q"]}


def test_a_column_that_must_be_filled_in_is_wanted_of_every_answered_point(tmp_path: Path) -> None:
    one = f"{{id: it, type: checklist, title: {{zh: 它, en: It}}, {POINTS.replace('false', 'true', 1)}}}"
    (refusal,) = asked(tmp_path, one, {"it": {"p": "符合"}}).refusals
    assert (refusal.field, refusal.message.zh) == ("it.p.seen", "“它，p，证据”填写有误：表格中有必填列未填")


def test_every_type_of_the_grammar_is_tried_here() -> None:
    from hefu.rules.view import WORDS  # noqa: PLC0415 - only to compare

    assert set(TYPES) == set(WORDS)


@pytest.mark.parametrize(("kind", "value"), RIGHT)
def test_a_right_answer_is_taken(tmp_path: Path, kind: str, value: Any) -> None:  # noqa: ANN401
    assert codes(asked(tmp_path, field(kind), {"it": value})) == []


@pytest.mark.parametrize(("kind", "value", "word"), WRONG)
def test_a_wrong_answer_is_refused_under_the_clause_of_its_field(
    tmp_path: Path,
    kind: str,
    value: Any,  # noqa: ANN401 - of any type, that is the point
    word: str,
) -> None:
    (refusal,) = asked(tmp_path, field(kind), {"it": value}).refusals
    assert (refusal.code, refusal.clauses) == ("field-invalid", ("T/it",))
    assert word in refusal.message.en
    assert "It" in refusal.message.en
    assert "它" in refusal.message.zh


@pytest.mark.parametrize("kind", TYPES)
def test_a_required_field_without_answer_is_refused(tmp_path: Path, kind: str) -> None:
    for form in ({}, {"it": None}, {"it": ""}):
        assert codes(asked(tmp_path, field(kind), form)) == ["field-required"]


@pytest.mark.parametrize("kind", TYPES)
def test_an_optional_field_may_stay_empty(tmp_path: Path, kind: str) -> None:
    assert asked(tmp_path, field(kind, "required: false"), {}).ok


def test_a_field_applies_only_where_its_condition_holds(tmp_path: Path) -> None:
    fields = f"{{id: big, type: boolean, title: {{zh: 大, en: Big}}}}, {field('integer', 'when: form.big')}"
    assert asked(tmp_path, fields, {"big": False}).ok
    assert codes(asked(tmp_path, fields, {"big": True})) == ["field-required"]
    assert codes(asked(tmp_path, fields, {"big": False, "it": 3})) == ["field-not-applicable"]
    assert asked(tmp_path, fields, {"big": True, "it": 3}).ok


def test_a_field_that_the_form_does_not_have_is_refused_not_dropped(tmp_path: Path) -> None:
    decision = asked(tmp_path, field("text"), {"it": "a", "If": "b"})
    assert codes(decision) == ["field-unknown"]
    assert "If" in decision.refusals[0].message.en


def test_every_wrong_field_is_told_at_once_and_guards_about_it_keep_silent(tmp_path: Path) -> None:
    scheme = toy(
        tmp_path,
        initial="""
actions:
  submit:
    fields:
      - {id: a, type: integer, title: {zh: 甲, en: A}}
      - {id: b, type: date, title: {zh: 乙, en: B}}
    guards:
      - {code: a-small, test: form.a > 5, message: {zh: 小, en: small}, clauses: [T/a]}
      - {code: weekday, test: "today == never", message: {zh: 日, en: day}, clauses: [T/a]}
""",
    )
    assert codes(Desk(scheme).ask("2025-01-06", WANG, "initial.submit", {"a": "x", "b": "y"})) == [
        "field-invalid", "field-invalid", "weekday",
    ]  # fmt: skip


def test_a_team_row_carries_what_is_known_of_the_person(tmp_path: Path) -> None:
    scheme = toy(
        tmp_path,
        initial="""
actions:
  submit:
    fields:
      - {id: applicant, type: organisation, title: {zh: 申请人, en: Applicant}}
      - {id: team, type: team, title: {zh: 组, en: Team}}
    guards:
      - {code: unqualified, test: "form.team.all(m, m.competent)", message: {zh: 能力, en: c}, clauses: [T/a]}
      - {code: conflicted, test: "form.team.all(m, !m.conflicted)", message: {zh: 利益, en: i}, clauses: [T/b]}
      - {code: no-decider, test: "form.team.exists(m, 'decision-maker' in m.roles)", message: {zh: 角色, en: r}, clauses: [T/c]}
""",
    )
    expert = QIAN._replace(
        id="expert", competence=({"field": "密码", "until": date(2025, 6, 30)},), interests=frozenset({USCC})
    )
    desk = Desk(scheme, {"expert": expert, "qian": QIAN, "dong": DONG})
    firm, other = {"name": "甲", "uscc": USCC}, {"name": "乙", "uscc": OTHER_USCC}

    def ask(on: str, organisation: dict[str, str], *team: dict[str, str]) -> list[str]:
        return codes(
            Desk(scheme, desk.people).ask(on, WANG, "initial.submit", {"applicant": organisation, "team": list(team)})
        )

    assert ask("2025-06-30", other, {"person": "expert", "field": "密码"}) == []
    assert ask("2025-07-01", other, {"person": "expert", "field": "密码"}) == ["unqualified"]
    assert ask("2025-06-30", other, {"person": "expert", "field": "网络"}) == ["unqualified"]
    assert ask("2025-06-30", firm, {"person": "expert", "field": "密码"}) == ["conflicted"]
    assert ask("2025-06-30", firm, {"person": "qian"}) == []
    assert ask("2025-06-30", firm, {"person": "dong"}) == ["no-decider"]


@pytest.mark.parametrize("grounds", [[["misuse"]], [{"misuse": 1}], {"misuse": 1}, 5, [5], "spite", [None]])
def test_grounds_of_any_shape_are_refused_not_crashed_on(tmp_path: Path, grounds: Any) -> None:  # noqa: ANN401
    group = (
        "grounds: {no: {misuse: {title: {zh: 误用, en: Misuse}, clauses: [T/m]}}}\nactions: {submit: {grounds: 'no'}}"
    )
    decision = Desk(toy(tmp_path, initial=group)).ask("2025-01-06", WANG, "initial.submit", {"grounds": grounds})
    assert set(codes(decision)) <= {"ground-required", "ground-unknown"}
    assert decision.refusals
