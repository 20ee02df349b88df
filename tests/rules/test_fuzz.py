"""Anything in place of anything: a scheme or a scenario with one value replaced loads, or is refused with a place."""
# ruff: noqa: E501 - snippets of YAML stand as they would in a scheme, and Chinese signs count double

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hefu.rules.check import check
from hefu.rules.load import BadSourceError, home, load, with_settings
from hefu.rules.replay.run import replay
from hefu.rules.replay.scenario import open_scenario
from tests.rules.scheme_factory import toy_folder

ANYTHING: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 5, 10**15, 2.5, "", "x", "a.b", "any", "2025-01-06", "initial.submit", "[", [], [[]], ["x"], [1], {}, {"x": 1}, {"zh": "一", "en": "a"},
     {"days": "x"}, {"is": "1 +"}, [{"x": []}], {"like": "x.y", "id": "z"}, "x" * 3000]
)  # fmt: skip


def spots(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:  # noqa: ANN401
    """The path of every value."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(spot for key, value in inner for spot in spots(value, (*path, key)))]


def replaced(data: Any, path: tuple[str | int, ...], value: Any) -> Any:  # noqa: ANN401
    if not path:
        return value
    if isinstance(data, dict):
        return {key: replaced(item, path[1:], value) if key == path[0] else item for key, item in data.items()}
    return [replaced(item, path[1:], value) if number == path[0] else item for number, item in enumerate(data)]


RICH = {
    "forms": "kit: {title: {zh: 袋, en: Kit}, number: F-1, fields: [{id: materials, type: materials, title: {zh: 材, en: M}, options: {a: {zh: 甲, en: A, when: 'true'}}}]}",
    "surveillance": "{process: surveillance, kind: surveillance, like: initial, title: {zh: 监督, en: S}, grants: [], stages: [], actions: {submit: {by: [auditor]}}}",
    "initial": """
actions:
  submit:
    form: kit
    fields: [{id: d, type: date, sample: {days: 3}, title: {zh: 日, en: D}}, {id: again, like: kit.materials, when: form.d > never}]
    guards: [{code: g, test: form.d >= today, when: "true", message: {zh: 否, en: no}, clauses: [T/g]}]
    duties: [{act: initial.accept, role: client, within: {days: 2}, clauses: [T/d]}]
    notices: [{name: n, to: client, title: {zh: 通知, en: Notice}, clauses: [T/n]}]
clocks:
  answer: {title: {zh: 答, en: A}, length: {days: days}, starts: [{on: initial.submit, when: "true"}], stops: initial.accept, owner: client,
           pauses: [{starts: initial.accept, ends: initial.report, clauses: [T/p]}], reminders: [{before: {days: 1}, to: client}],
           breach: {flag: {zh: 迟, en: late}}, clauses: [T/a]}
""",
    "scheme": "settings: {days: {type: integer, default: 5, title: {zh: 日, en: D}}}",
}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = toy_folder(tmp_path_factory.mktemp("rich"), **RICH)
    load(folder, home())
    return folder


@settings(max_examples=400)
@given(data=st.data())
def test_any_value_in_place_of_any_other_loads_or_is_refused_with_a_place(rich: Path, data: st.DataObject) -> None:
    name = data.draw(
        st.sampled_from(
            [
                "scheme.yaml",
                "initial.yaml",
                "surveillance.yaml",
                "certificate.yaml",
                "forms/all.yaml",
                "clauses/all.yaml",
            ]
        )
    )
    path = rich / name
    kept = path.read_text(encoding="utf-8")
    whole = json.loads(kept)
    spot = data.draw(st.sampled_from(spots(whole)))
    try:
        path.write_text(
            json.dumps(replaced(whole, spot, data.draw(ANYTHING)), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        for problem in check(rich, home()):
            assert problem.place.line >= 1
            assert problem.place.file
            assert problem.message
    finally:
        path.write_text(kept, encoding="utf-8")


@settings(max_examples=300)
@given(data=st.data())
def test_any_value_in_a_scenario_runs_or_is_refused_with_a_place(rich: Path, data: st.DataObject) -> None:
    scheme = load(rich, home())
    story = {
        "scheme": "toy", "title": "t", "settings": {"days": 3}, "facts": {},
        "people": {"wang": {"roles": ["client"], "organisation": {"name": "甲"}, "competence": [{"field": "x", "until": "2025-01-06"}], "interests": ["y"]}},
        "steps": [
            {"on": "2025-01-06", "by": "wang", "do": "initial.submit", "item": "", "facts": {},
             "with": {"d": "2025-01-06", "materials": ["a"], "departure": {"reason": "x", "approver": "wang"}, "grounds": ["x"]},
             "expect": {"ok": True, "refused": ["x"], "clauses": ["y"], "clock": {"answer": {"due": "2025-01-06"}}, "duties": ["x"], "notices": ["n"]}},
            {"on": "2025-02-06", "expect": {"state": "x", "certificate": "none", "valid_to": None, "item_state": "x"}},
        ],
    }  # fmt: skip
    path = rich / "story.yaml.txt"
    spot = data.draw(st.sampled_from(spots(story)))
    path.write_text(
        json.dumps(replaced(story, spot, data.draw(ANYTHING)), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    try:
        script = open_scenario(path)
        result = replay(with_settings(scheme, script.scenario.settings), script)
    except BadSourceError as error:
        placed = [problem.place.line >= 1 for problem in error.problems]
    except KeyError:
        placed = [spot[:1] == ("settings",)]  # a setting that the scheme does not have
    else:
        placed = [bool(json.dumps(result))]
    assert placed
    assert all(placed)
