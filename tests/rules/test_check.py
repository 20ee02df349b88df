"""check: each mistake that a scheme can hold is refused, at the line where it stands."""
# ruff: noqa: E501 - snippets of YAML stand as they would in a scheme, and Chinese signs count double

from pathlib import Path

import pytest

from hefu.rules.check import check
from hefu.rules.load import home
from hefu.rules.load.source import Problem
from tests.conftest import ROOT
from tests.rules.scheme_factory import toy_folder


def found(tmp_path: Path, **snippets: str) -> list[tuple[str, str]]:
    """What check says, each with the text of the line that it points at."""
    folder = toy_folder(tmp_path, **snippets)
    return [(problem.message, line_of(problem)) for problem in check(folder, home()) if problem.level == "error"]


def line_of(problem: Problem) -> str:
    path = Path(problem.place.file)
    path = path if path.is_absolute() else Path.cwd() / path
    return path.read_text(encoding="utf-8").splitlines()[problem.place.line - 1].strip()


ANSWER = """
clocks:
  answer: {title: {zh: 答, en: A}, length: {days: 5}, starts: initial.submit, stops: initial.accept, owner: client,
           breach: {flag: {zh: 迟, en: late}}, clauses: [T/answer]}
"""
FINDING = """
items:
  finding:
    prefix: NC
    title: {zh: 不符合项, en: Finding}
    states: {open: {title: {zh: 开启, en: open}}, closed: {title: {zh: 关闭, en: closed}, end: closed}}
    actions: {close: {title: {zh: 关闭, en: close}, by: auditor, from: open, to: closed, clauses: [T/close]}}
"""


def test_the_tiny_scheme_and_the_example_are_clean(tmp_path: Path) -> None:
    assert found(tmp_path, initial=ANSWER) == []
    assert check(ROOT / "examples/qinghe-svc-01/1.0", home()) == []


def guard(test: str) -> str:
    return (
        f"actions: {{submit: {{guards: [{{code: g, test: {test!r}, message: {{zh: 否, en: no}}, clauses: [T/g]}}]}}}}"
    )


REFUSED: list[tuple[str, dict[str, str], str, str]] = [
    # what it shows, the mistake, what is said, the line it points at
    ("unknown-key", {"initial": "actions: {submit: {guard: []}}"}, "the key 'guard' is not known here", '"guard": []'),
    ("unknown-key-in-scheme", {"scheme": "sttings: {}"}, "the key 'sttings' is not known here", '"sttings"'),
    ("missing-key", {"initial": "kind: null"}, "the key 'kind' is missing", "{"),
    ("wrong-type", {"initial": "many: perhaps"}, "many", '"many": "perhaps"'),
    ("guard-of-wrong-type", {"initial": guard("1 + 1")}, "the expression gives int, but boolean is needed", '"test": "1 + 1"'),
    ("guard-comparing-types", {"initial": guard("today == 5")}, "no matching overload", '"test": "today == 5"'),
    ("guard-unknown-variable", {"initial": guard("form.nothing")}, "form.nothing", '"test": "form.nothing"'),
    ("guard-syntax", {"initial": guard("today ==")}, "guard 'today =='", '"test": "today =="'),
    ("guard-other-machine", {"initial": guard("done.suspend > 0")}, "done.suspend", '"test": "done.suspend > 0"'),
    ("field-condition", {"initial": "actions: {submit: {fields: [{id: a, type: text, when: form.b, title: {zh: 甲, en: A}}]}}"},
     "form.b", '"when": "form.b"'),
    ("set-of-wrong-type", {"initial": "actions: {grant: {certificate: [{to: valid, new: true, set: {valid_to: '5'}, clauses: [T/g]}]}}"},
     "the expression gives int, but date is needed", '"valid_to": "5"'),
    ("unreachable-state", {"initial": "states: {limbo: {title: {zh: 无, en: limbo}, stage: decision}}"}, "initial/limbo cannot be reached", '"limbo"'),
    ("dead-end", {"initial": "states: {stuck: {title: {zh: 停, en: stuck}, stage: decision}}\nactions: {jam: {title: {zh: 卡, en: jam}, by: auditor,"
                  " from: deciding, to: stuck, clauses: [T/j]}}"}, "initial/stuck is a dead end", '"stuck"'),
    ("unknown-state", {"initial": "actions: {accept: {to: limbo}}"}, "the state 'limbo' is not defined", '"to": "limbo"'),
    ("unknown-source", {"initial": "actions: {accept: {from: limbo}}"}, "the state 'limbo' is not defined", '"from": "limbo"'),
    ("unknown-stage", {"initial": "states: {submitted: {stage: limbo}}"}, "the stage 'limbo' is not defined", '"submitted": {'),
    ("unknown-role", {"initial": "actions: {accept: {by: king}}"}, "the role 'king' is not defined", '"by": "king"'),
    ("unknown-part", {"initial": "actions: {accept: {part: gossip}}"}, "the part 'gossip' is not defined", '"part": "gossip"'),
    ("unknown-form", {"initial": "actions: {accept: {form: none}}"}, "no form 'none' is defined", '"form": "none"'),
    ("unknown-document", {"initial": "actions: {accept: {documents: [{name: F-9}]}}"}, "F-9", "{"),
    ("unknown-grounds", {"initial": "actions: {accept: {grounds: whim}}"}, "no grounds are named 'whim'", '"grounds": "whim"'),
    ("unknown-item", {"initial": "actions: {accept: {raises: doubt}}"}, "no kind of item is named 'doubt'", '"raises": "doubt"'),
    ("unknown-process", {"initial": "actions: {accept: {opens: [{process: appeal, state: open}]}}"}, "appeal", "{"),
    ("unknown-duty", {"initial": "actions: {accept: {duties: [{act: initial.sing, role: client, clauses: [T/d]}]}}"}, "initial.sing", '"act": "initial.sing"'),
    ("field-twice", {"initial": "actions: {accept: {fields: [{id: a, type: text, title: {zh: 甲, en: A}}, {id: a, type: date, title: {zh: 甲, en: A}}]}}"},
     "twice", '"accept": {'),
    ("rows-without-columns", {"initial": "actions: {accept: {fields: [{id: a, type: rows, title: {zh: 甲, en: A}}]}}"}, "needs columns", "{"),
    ("table-without-columns", {"scheme": "settings: {t: {type: table, default: {}, title: {zh: 表, en: T}, clauses: [T/d]}}"}, "needs 2 columns", '"t": {'),
    ("answers-of-no-checklist", {"initial": "actions: {accept: {fields: [{id: a, type: text, answers: {是: yes}, title: {zh: 甲, en: A}}]}}"}, "is no checklist", '"answers"'),
    ("evidence-of-no-checklist", {"initial": "actions: {accept: {fields: [{id: a, type: choice, options: {x: {zh: 子, en: X, evidence: [b]}}, title: {zh: 甲, en: A}}]}}"}, "is no checklist, so nothing is evidence of its options", '"evidence"'),
    ("evidence-without-a-column", {"initial": "actions: {accept: {fields: [{id: a, type: checklist, options: {x: {zh: 子, en: X, evidence: [b]}}, title: {zh: 甲, en: A}}]}}"}, "has no column of type evidence", '"evidence"'),
    ("evidence-that-nobody-hands-in", {"initial": "actions: {accept: {fields: [{id: a, type: checklist, options: {x: {zh: 子, en: X, evidence: [b]}}, columns: [{id: e, type: evidence, title: {zh: 证, en: E}}], title: {zh: 甲, en: A}}]}}"}, "no form asks for 'b'", '"evidence"'),
    ("point-with-two-remarks", {"initial": "actions: {accept: {fields: [{id: a, type: checklist, options: {x: X}, columns: [{id: remark, type: text, title: {zh: 注, en: R}}], title: {zh: 甲, en: A}}]}}"}, "has a 'remark' of its own", "{"),
    ("part-without-its-field", {"initial": "actions: {accept: {form: f}}", "forms": "f: {title: {zh: 表, en: F}, sections: {b: {zh: 一, en: One}}, fields: [{id: a, type: text, title: {zh: 甲, en: A}}]}"}, "begins with 'b', which is none of its fields", '"accept"'),
    ("choice-without-options", {"initial": "actions: {accept: {fields: [{id: a, type: choice, title: {zh: 甲, en: A}}]}}"}, "needs options", "{"),
    ("clock-without-consequence", {"initial": ANSWER.replace("{flag: {zh: 迟, en: late}}", "{}")}, "has no consequence", '"breach": {}'),
    ("clock-nothing-starts", {"initial": ANSWER.replace("starts: initial.submit", "starts: []")}, "nothing starts the clock 'answer'", '"answer": {'),
    ("clock-unknown-event", {"initial": ANSWER.replace("initial.submit", "initial.sing")}, "no event has the address 'initial.sing'", '"starts": "initial.sing"'),
    ("clock-two-lengths", {"initial": ANSWER.replace("days: 5", "days: 5, months: 1")}, "exactly one of", '"length": {'),
    ("clock-no-length", {"initial": ANSWER.replace("length: {days: 5}, ", "")}, "exactly one of length, due, every", '"answer": {'),
    ("clock-windows-without-anchor", {"initial": ANSWER.replace("length: {days: 5}", "every: {days: 5}")}, "needs `from`", '"answer": {'),
    ("clock-unknown-setting", {"initial": ANSWER.replace("days: 5", "days: many")}, "no setting 'many'", '"length": {'),
    ("clock-unknown-automatic", {"initial": ANSWER.replace("flag: {zh: 迟, en: late}", "automatic: initial.sing")}, "initial.sing", '"automatic": "initial.sing"'),
    ("clock-automatic-of-people", {"initial": ANSWER.replace("flag: {zh: 迟, en: late}", "automatic: initial.deny")}, "`by` must name system", '"answer": {'),
    ("clock-name-twice", {"initial": ANSWER, "certificate": ANSWER}, "is defined a second time", '"answer": {'),
    ("act-of-nobody", {"initial": "actions: {accept: {by: []}}"}, "nobody may do initial.accept", '"accept": {'),
    ("act-of-system-that-no-clock-does", {"initial": "actions: {lapse: {title: {zh: 失, en: l}, by: system, from: any, to: denied, clauses: [T/l]}}"},
     "initial.lapse", '"lapse": {'),
    ("act-of-no-state", {"certificate": "actions: {sing: {title: {zh: 唱, en: s}, by: client, clauses: [T/s]}}"}, "certificate.sing", '"sing": {'),
    ("item-that-nothing-raises", {"scheme": FINDING}, "no act raises an item of kind 'finding'", '"finding": {'),
    ("grant-skips-a-stage", {"initial": "actions: {accept: {to: [{state: assessing}, {state: deciding}]}}\nstages: [application, assessment]"},
     "can reach 'granted' without passing the stage 'assessment'", '"granted": {'),
    ("grant-needs-stages", {"initial": "stages: []"}, "needs `stages`", ""),
    ("initial-needs-grants", {"initial": "grants: []"}, "needs `grants`", ""),
    ("unknown-grant", {"initial": "grants: [nirvana]"}, "nirvana", '"grants": ['),
    ("evaluator-decides", {"scheme": "separations: []"}, "an evaluator of the case is not barred", '"grant": {'),
    ("decision-without-part", {"initial": "actions: {grant: {part: []}}"}, "an evaluator of the case is not barred", '"grant": {'),
    ("public-person", {"certificate": "fields: [{id: valid_from, type: date, title: {zh: 起, en: F}}, {id: valid_to, type: date, title: {zh: 止, en: T}},"
                       " {id: chief, type: person, public: true, title: {zh: 甲, en: A}}]"},
     "the field 'chief' is a person, and cannot be public", '"public": true'),
    ("public-answer", {"initial": "actions: {accept: {fields: [{id: a, type: text, public: true, title: {zh: 甲, en: A}}]}}"},
     "only a field that certificate.yaml declares can be public, not 'a'", '"accept": {'),
    ("public-clock-of-a-case", {"initial": ANSWER.replace("days: 5}", "days: 5}, public: true")}, "only a clock of the certificate can be public", '"answer": {'),
    ("published-person", {"initial": "actions: {accept: {fields: [{id: a, type: person, title: {zh: 甲, en: A}}], publishes: [{name: grant, shows: a}]}}"},
     "'a' is a person, and cannot be published", '"publishes": ['),
    ("published-answer-unknown", {"initial": "actions: {accept: {publishes: [{name: grant, shows: b}]}}"}, "no answer 'b' that could be published", '"shows": "b"'),
    ("notice-that-shows", {"initial": "actions: {accept: {notices: [{name: acceptance, shows: grounds}]}}"}, "only a publication shows answers", '"shows"'),
    ("nothing-evaluates", {"initial": "actions: {report: {part: []}}"}, "no act of the scheme counts as evaluation", '"parts": {'),
]  # fmt: skip


@pytest.mark.parametrize(("snippets", "said", "line"), [pytest.param(*case[1:], id=case[0]) for case in REFUSED])
def test_a_mistake_is_refused_at_its_line(tmp_path: Path, snippets: dict[str, str], said: str, line: str) -> None:
    problems = found(tmp_path, **snippets)
    hits = [(message, where) for message, where in problems if said in message]
    assert hits, problems
    assert any(line in where for _, where in hits), hits


# Clauses.


def entry(kind: str, treatment: str) -> str:
    return f"{{kind: {kind}, treatment: {treatment}, zh: 一, en: one}}"


def test_a_clause_that_the_index_does_not_hold_is_refused_where_it_is_named(tmp_path: Path) -> None:
    folder = toy_folder(tmp_path)
    path = folder / "initial.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"T/accept"', '"T/acept"'), encoding="utf-8")
    (problem,) = check(folder, home())
    assert "no clause of the document has the id 'T/acept'" in problem.message
    assert line_of(problem) == '"T/acept"'


def test_a_duplicate_key_is_refused_at_the_second_one(tmp_path: Path) -> None:
    folder = toy_folder(tmp_path)
    path = folder / "initial.yaml"
    text = path.read_text(encoding="utf-8").replace('"kind": "initial",', '"kind": "initial",\n "kind": "change",')
    path.write_text(text, encoding="utf-8")
    (problem,) = check(folder, home())
    assert "the key 'kind' stands here a second time" in problem.message
    assert line_of(problem) == '"kind": "change",'


def test_a_clause_that_is_missing_from_the_index_is_noticed_by_the_count(tmp_path: Path) -> None:
    ((message, line),) = found(tmp_path, scheme="document: {entries: 99}")
    assert "the document has 99 clauses, the index" in message
    assert line == '"entries": 99,'


def test_a_clause_in_place_of_another_is_noticed_by_the_hash(tmp_path: Path) -> None:
    ((message, line),) = found(tmp_path, scheme=f"document: {{sha256: '{'0' * 64}'}}")
    assert "are not those of the document" in message
    assert line.startswith('"sha256"')


def test_a_clause_that_stands_in_the_index_twice_is_refused(tmp_path: Path) -> None:
    folder = toy_folder(tmp_path)
    more = '[{"place": "2", "title": {"zh": "二", "en": "two"}, "clauses": {"T/accept": {"kind": "action", "treatment": "informative", "zh": "一", "en": "a"}}}]'
    (folder / "clauses" / "more.yaml").write_text(more, encoding="utf-8")
    problems = check(folder, home())
    assert any(
        "'T/accept' stands in the index a second time" in problem.message and "more.yaml" in problem.place.file
        for problem in problems
    )


@pytest.mark.parametrize(
    "kind",
    ["deadline", "clock-stop", "duration", "frequency", "trigger", "ground", "consequence", "condition", "exclusion", "prohibition", "separation",
     "retention"],
)  # fmt: skip
@pytest.mark.parametrize("treatment", ["recorded", "informative", "outside"])
def test_a_clause_that_decides_must_be_enforced(tmp_path: Path, kind: str, treatment: str) -> None:
    problems = found(tmp_path, clauses=f"T/accept: {entry(kind, treatment)}")
    assert any("so it must be enforced" in message and line.startswith('"T/accept"') for message, line in problems), (
        problems
    )


def test_an_enforced_clause_without_a_home_is_refused(tmp_path: Path) -> None:
    ((message, line),) = found(tmp_path, clauses=f"T/lost: {entry('condition', 'enforced')}")
    assert "T/lost is to be enforced, but nothing that decides names it" in message
    assert line.startswith('"T/lost"')


def test_a_clause_that_only_a_notice_names_is_not_enforced_by_it(tmp_path: Path) -> None:
    notice = "actions: {accept: {notices: [{name: n, to: client, title: {zh: 通知, en: Notice}, clauses: [T/n]}]}}"
    ((message, _),) = found(tmp_path, initial=notice, clauses=f"T/n: {entry('deadline', 'enforced')}")
    assert "T/n is to be enforced" in message


def test_a_recorded_clause_that_nothing_records_is_refused(tmp_path: Path) -> None:
    ((message, _),) = found(tmp_path, clauses=f"T/lost: {entry('document', 'recorded')}")
    assert "T/lost is to be recorded" in message


def test_a_clause_outside_says_what_the_user_is_given_instead(tmp_path: Path) -> None:
    ((message, _),) = found(tmp_path, clauses=f"T/out: {entry('definition', 'outside')}")
    assert "needs `instead`" in message


@pytest.mark.parametrize("kind", ["deadlines", "Deadline", "condtion", ""])
def test_a_kind_of_clause_that_nobody_knows_is_refused(tmp_path: Path, kind: str) -> None:
    # A misspelt kind would silently no longer be one that decides.
    assert found(tmp_path, clauses=f"T/accept: {entry(repr(kind), 'informative')}")


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    problems = found(
        tmp_path, initial="actions: {accept: {by: king, to: limbo}}", certificate="actions: {suspend: {by: queen}}"
    )
    assert len(problems) >= 3


def test_problems_stand_in_the_order_of_level_and_place(tmp_path: Path) -> None:
    problems = check(toy_folder(tmp_path, initial="actions: {accept: {by: king, to: limbo}}"), home())
    assert problems == sorted(problems, key=lambda problem: (problem.level, problem.place))
