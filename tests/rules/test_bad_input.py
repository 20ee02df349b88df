"""Bad files: whatever somebody writes, the answer is a place and a reason, never a crash."""
# ruff: noqa: E501 - snippets of YAML stand as they would in a scheme, and Chinese signs count double

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefu.rules.check import check
from hefu.rules.load import BadSourceError, home, load
from hefu.rules.load.source import MAX_BYTES, parse, read
from hefu.rules.replay.scenario import open_scenario
from tests.conftest import ROOT
from tests.rules.scheme_factory import toy, toy_folder

STORY = """
scheme: toy
title: 一个故事
people:
  wang: {roles: [client]}
steps:
  - {on: 2025-01-06, by: wang, do: initial.submit}
  - {on: 2025-01-07, expect: {state: submitted, clock: {}, duties: []}}
"""


def problems(text: str) -> list[str]:
    with pytest.raises(BadSourceError) as refused:
        parse(text, "f.yaml")
    assert all(problem.place.line >= 1 and problem.place.column >= 1 for problem in refused.value.problems)
    return [str(problem) for problem in refused.value.problems]


def script_problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "story.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadSourceError) as refused:
        open_scenario(path, "story.yaml")
    return [str(problem) for problem in refused.value.problems]


# The text.


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [1, 2", "f.yaml:2:1"),
        ("a: 1\n b: 2", "f.yaml:2"),
        ("a: 1\nb: 2\na: 3", "f.yaml:3:1: error: the key 'a' stands here a second time"),
        ("a: {b: {c: 1, c: 2}}", "f.yaml:1:15: error: the key 'c'"),
        ("a: &x 1\nb: *x", "f.yaml:1:4: error: aliases are not allowed"),
        ("a: &x [*x]", "aliases are not allowed"),
        ("a: &x {k: 1}\nb: {<<: *x}", "aliases are not allowed"),
        ("a: !local 1", "f.yaml:1:4: error: tags such as !local are not allowed"),
        ("a: !local {b: 1}", "tags such as !local"),
        ("a: !local [1]", "tags such as !local"),
        ("a: !!python/name:os.system x", "tags such as"),
        ("a: !!python/object/apply:os.system [ls]", "tags such as"),
        ("a: 1\n---\nb: 2", "f.yaml:2"),
        ("? [a]\n: 1", "a key must be a word"),
        ("a: 2025-02-30", "f.yaml:1:4: error: 2025-02-30 is not a day"),
        ("a: 99999999999999999999", "too large"),
        ("a: \x01", "not YAML"),
    ],
)
def test_yaml_that_could_hide_a_mistake_is_refused_with_its_place(text: str, said: str) -> None:
    assert any(said in problem for problem in problems(text)), problems(text)


def test_words_stay_words_and_days_are_days() -> None:
    from datetime import date  # noqa: PLC0415

    data = parse(
        "{on: yes, a: no, b: 010, c: 1e3, d: 2025-01-06, e: '2025-01-06', f: ~, g: 1_000, h: 0x1F, i: '12:30'}", "f"
    ).data
    assert data == {"on": "yes", "a": "no", "b": "010", "c": "1e3", "d": date(2025, 1, 6), "e": "2025-01-06", "f": None,
                    "g": "1_000", "h": "0x1F", "i": "12:30"}  # fmt: skip


@pytest.mark.parametrize(
    "expression",
    ["'[' * 100_000", "'{a: ' * 50_000", "'- ' * 200_000", "'? ' * 200_000", "'-\\t' * 200_000", "'- ? ' * 100_000",
     "'a:\\n' + ''.join(' ' * n + 'a:\\n' for n in range(1, 1200))", "'\\n'.join(' ' * n + '-' for n in range(1200))",
     "'\\n'.join(' ' * n + '? - ' for n in range(0, 1200))"],
)  # fmt: skip
def test_deep_nesting_is_refused_and_does_not_break_the_process(expression: str) -> None:
    # In a process of its own: what is tested for is a crash of the interpreter.
    program = (
        "from hefu.rules.load.source import BadSourceError, parse\n"
        f"try:\n    parse({expression}, 'f.yaml')\nexcept BadSourceError as error:\n    print(str(error)[:200])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr[-300:]
    assert "f.yaml:" in done.stdout


def test_a_file_of_ten_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"# " + b"x" * 10_000_000)
    with pytest.raises(BadSourceError, match=f"larger than {MAX_BYTES:,} bytes"):
        read(path)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gbk.yaml"
    path.write_bytes("title: 认证规则".encode("gbk"))
    with pytest.raises(BadSourceError, match="not UTF-8"):
        read(path)


def test_a_missing_file_a_folder_and_a_missing_scheme_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(BadSourceError, match="cannot be read"):
            read(path)
    with pytest.raises(BadSourceError, match=r"scheme\.yaml"):
        load(tmp_path / "none", home())


@pytest.mark.parametrize("name", ["scheme", "certificate", "initial"])
def test_a_scheme_without_one_of_its_files_is_refused_or_misses_what_was_in_it(tmp_path: Path, name: str) -> None:
    folder = toy_folder(tmp_path)
    (folder / f"{name}.yaml").unlink()
    assert check(folder, home())


@pytest.mark.parametrize("text", ["", "[]", "5", "null", "a: 1", "{}"])
@pytest.mark.parametrize("name", ["scheme", "certificate", "initial", "forms/all", "clauses/all"])
def test_a_file_of_another_shape_is_refused_with_its_name(tmp_path: Path, name: str, text: str) -> None:
    folder = toy_folder(tmp_path)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = check(folder, home())
    assert found or (name, text) == ("forms/all", "{}")


@given(text=st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>?#'\"% \n\t,1é汉\x00\ufeff"), max_size=40))
def test_no_text_whatever_crashes_the_reader(text: str) -> None:
    try:
        found: list[object] = [parse(text, "f.yaml")]
    except BadSourceError as error:
        found = list(error.problems)
    assert found


# Calendars and words that all schemes share.


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        "version: 1",
        "{version: '1', published: [2026], years: {x: {}}}",
        "{version: '1', published: [2026], years: 5}",
    ],
)
def test_a_wrong_calendar_is_refused_with_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "cn.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "vocabulary.yaml").write_text(
        (ROOT / "schemes/vocabulary.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    with pytest.raises(BadSourceError, match=r"cn\.yaml"):
        load(toy_folder(tmp_path), tmp_path)


@pytest.mark.parametrize("text", ["[]", "5", "refusal: 5", "refusal: {x: 5}", "refusal: {x: {zh: 一}}"])
def test_wrong_shared_words_are_refused_with_their_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "cn.yaml").write_text(
        (ROOT / "schemes/calendars/cn.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "vocabulary.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadSourceError, match=r"vocabulary\.yaml"):
        load(toy_folder(tmp_path), tmp_path)


# What loads but could not work.


@pytest.mark.parametrize(
    ("snippets", "said"),
    [
        (
            {"initial": "actions: {submit: {fields: [{id: a, type: text, pattern: '[', title: {zh: 甲, en: A}}]}}"},
            "pattern",
        ),
        (
            {
                "initial": "actions: {submit: {fields: [{id: a, type: date, sample: {days: soon}, title: {zh: 甲, en: A}}]}}"
            },
            "sample",
        ),
        ({"scheme": "settings: {n: {type: integer, default: many, title: {zh: 数, en: N}}}"}, "default"),
        ({"scheme": "facts: {f: {type: list, default: 5, title: {zh: 实, en: F}}}"}, "default"),
        ({"scheme": "departures: king"}, "king"),
        ({"scheme": "subject: {holder: [owner]}"}, "'owner'"),
        ({"scheme": "visits: [{from: leaving_on}]"}, "'leaving_on'"),
        ({"scheme": "roles: {client: {reach: organisation}}"}, "role: client"),
        ({"scheme": "roles: {client: {open: true}}"}, "open to all"),
        ({"initial": "actions: {submit: {settles: [initial.sing]}}"}, "initial.sing"),
        (
            {
                "initial": "actions: {note: {title: {zh: 记, en: n}, by: auditor, from: assessing, complete: nothing, clauses: [T/n]}}"
            },
            "nothing",
        ),
    ],
)
def test_a_scheme_that_could_not_work_is_refused_when_it_is_loaded(
    tmp_path: Path, snippets: dict[str, str], said: str
) -> None:
    found = check(toy_folder(tmp_path, **snippets), home())
    assert any(said in str(problem) for problem in found), [str(problem) for problem in found]


# Scenarios.


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("by: wang", "by: zhang", "story.yaml:7:"),
        ("by: wang", "by: zhang", "nobody among the people is named 'zhang'"),
        ("by: wang, ", "", "needs `by`"),
        ("2025-01-07", "2025-01-05", "2025-01-05 is before the step before it"),
        ("2025-01-07", "soon", "story.yaml:8:"),
        ("state:", "sate:", "story.yaml:8:"),
        ("title:", "tilte:", "the key 'tilte' is not known here"),
        ("people:", "peoples:", "the key 'peoples' is not known here"),
        ("do:", "does:", "the key 'does' is not known here"),
        ("title: 一个故事", "title: 5", "title"),
        ("steps:", "steps: []\nmore:", "steps"),
        ("clock: {}", "clock: 5", "clock"),
        ("clock: {}", "clock: {answer: 5}", "clock"),
        ("duties: []", "duties: 5", "duties"),
        ("duties: []", "refused: [[a]]", "refused"),
        ("duties: []", "ok: perhaps", "ok"),
    ],
)
def test_a_wrong_scenario_is_refused_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    found = script_problems(tmp_path, STORY.replace(old, new))
    assert any(said in problem for problem in found), found


def test_the_toy_scheme_itself_loads(tmp_path: Path) -> None:
    assert toy(tmp_path).ref == "toy@1"
