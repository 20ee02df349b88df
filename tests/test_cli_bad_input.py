"""The command line with bad input: exit code 2 (or 1), a plain message with a place, never a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from hefu.cli import main
from tests.conftest import ROOT
from tests.rules.scheme_factory import toy_folder

if TYPE_CHECKING:
    from pathlib import Path

STORY = """
scheme: toy
title: t
settings: {}
facts: {}
people: {wang: {roles: [client]}}
steps:
  - {on: 2025-01-06, by: wang, do: initial.submit}
  - {on: 2025-01-07, expect: {state: submitted}}
"""
MORE = """
settings: {days: {type: integer, default: 5, title: {zh: 日, en: D}}}
facts: {names: {type: list, default: [a], title: {zh: 名, en: N}}}
"""
CLOCK = """
actions: {submit: {guards: [{code: g, test: "'a' in facts.names", message: {zh: 否, en: no}, clauses: [T/g]}]}}
clocks:
  answer: {title: {zh: 答, en: A}, length: {working-days: days}, starts: initial.submit, owner: client,
           breach: {flag: {zh: 迟, en: late}}, clauses: [T/a]}
"""


def plain(result: Result) -> str:
    """The message of a run that ended in order."""
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code in (1, 2)
    assert "Traceback" not in result.output
    return result.output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return toy_folder(tmp_path, scheme=MORE, initial=CLOCK)


def replayed(tmp_path: Path, folder: Path, text: str | bytes, *words: str) -> Result:
    path = tmp_path / "story.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(main, [*(words or ("replay",)), str(path), "--scheme", str(folder)])


def test_the_story_itself_runs(tmp_path: Path, folder: Path) -> None:
    assert replayed(tmp_path, folder, STORY).exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: t", "title: [", "story.yaml:"),
        ("title: t", "title: t\ntitle: u", "story.yaml:4:1"),
        ("title: t", "titel: t", "'titel'"),
        ("title: t", "title: *x", "story.yaml:3"),
        ("title: t", "title: !x {a: b}", "tags"),
        ("settings: {}", "settings: {nothing: 1}", "has no setting 'nothing'"),
        ("facts: {}", "facts: {nothing: 1}", "has no fact 'nothing'"),
        ("settings: {}", "settings: {days: many}", "days"),
        ("settings: {}", "settings: {days: -1}", "days"),
        ("settings: {}", "settings: {days: 99999999}", "days"),
        ("facts: {}", "facts: {names: 5}", "names"),
        ("facts: {}", "facts: {names: [[a]]}", "names"),
        ("do: initial.submit}", "do: initial.submit, facts: {nothing: 1}}", "nothing"),
        ("do: initial.submit}", "do: initial.submit, facts: {names: 5}}", "names"),
        ("by: wang", "by: zhang", "nobody among the people is named 'zhang'"),
        ("2025-01-07", "2025-01-05", "before the step before it"),
        ("2025-01-06", "2150-01-06", "2150"),
        ("2025-01-06", "1999-01-06", "1999"),
        ("2025-01-06", "2099-12-31", "2099"),
        ("state: submitted", "stat: submitted", "'stat'"),
        ("state: submitted", "clock: 5", "clock"),
        ("state: submitted", "duties: {a: 1}", "duties"),
        ("do: initial.submit", "do: 5", "do"),
        ("roles: [client]", "roles: [king]", "king"),
        ("scheme: toy", "scheme: {}", "scheme"),
    ],
)
def test_a_wrong_scenario_is_2_with_a_plain_message(
    tmp_path: Path, folder: Path, old: str, new: str, said: str
) -> None:
    result = replayed(
        tmp_path,
        folder,
        STORY.replace(old, new, 1).replace("2025-01-07", "2151-01-07") if "2150" in new else STORY.replace(old, new, 1),
    )
    message = plain(result)
    assert result.exit_code == 2, message
    assert said in message


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"5",
        "title: 认证".encode("gbk"),
        b"# " + b"x" * 2_000_000,
        b"- " * 50_000,
        b"[" * 50_000,
        b"\x00",
        b"\xff\xfe",
    ],
)
@pytest.mark.parametrize("words", [("replay",), ("explain", "--by", "wang")])
def test_a_file_that_is_no_scenario_is_2(tmp_path: Path, folder: Path, text: bytes, words: tuple[str, ...]) -> None:
    result = replayed(tmp_path, folder, text, *words)
    assert "story.yaml:" in plain(result)
    assert result.exit_code == 2


def test_a_form_answer_of_any_shape_is_refused_not_crashed_on(tmp_path: Path, folder: Path) -> None:
    for answer in ("{x: 1}", "{grounds: [[a]]}", "{grounds: {a: 1}}", "{departure: 5}", "{departure: {approver: [a]}}"):
        result = replayed(tmp_path, folder, STORY.replace("do: initial.submit", f"do: initial.submit, with: {answer}"))
        assert result.exception is None or isinstance(result.exception, SystemExit), (answer, result.exception)


@pytest.mark.parametrize(
    "words",
    [
        ["replay", "nothing.yaml"],
        ["explain", "nothing.yaml", "--by", "wang"],
        ["check", "no-such-scheme"],
        ["scheme", "show", "no-such-scheme"],
        ["clauses", "no-such-scheme"],
        ["mutate", "no-such-scheme"],
        ["replay"],
        ["explain", "nothing.yaml"],
        ["sing"],
        ["replay", "--scheme", "nowhere", "x.yaml"],
    ],
)
def test_what_is_not_there_is_2(words: list[str]) -> None:
    result = CliRunner().invoke(main, words)
    assert plain(result)
    assert result.exit_code == 2


def test_a_scheme_and_a_version_that_do_not_exist_are_2_and_the_known_ones_are_named(tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    for name in ("nothing", "qinghe-svc-01@9", "''", "'@'", "../../etc"):
        path.write_text(STORY.replace("scheme: toy", f"scheme: {name}"), encoding="utf-8")
        result = CliRunner().invoke(main, ["replay", str(path)])
        assert plain(result)
        assert result.exit_code == 2


def test_an_unknown_person_is_2_and_the_known_ones_are_named(tmp_path: Path, folder: Path) -> None:
    result = replayed(tmp_path, folder, STORY, "explain", "--by", "zhang")
    assert "known are: wang" in plain(result)
    assert result.exit_code == 2


@pytest.mark.parametrize(
    "words",
    [["scheme", "list"], ["scheme", "show", "toy"], ["clauses"], ["mutate"], ["check"], ["tell"], ["replay", "STORY"]],
)
def test_a_broken_scheme_in_the_library_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    toy_folder(tmp_path, initial="actions: {accept: {by: king}}")
    (tmp_path / "calendars").mkdir()
    for name in ("calendars/cn.yaml", "vocabulary.yaml"):
        (tmp_path / name).write_text((ROOT / "schemes" / name).read_text(encoding="utf-8"), encoding="utf-8")
    story = tmp_path / "story.yaml"
    story.write_text(STORY, encoding="utf-8")
    (tmp_path / "toy/1/scenarios").mkdir()
    (tmp_path / "toy/1/scenarios/a-whole-life.yaml").write_text(STORY, encoding="utf-8")
    monkeypatch.setenv("HEFU_SCHEMES", str(tmp_path))
    message = plain(CliRunner().invoke(main, [str(story) if word == "STORY" else word for word in words]))
    assert "initial.yaml:" in message
    assert "the role 'king' is not defined" in message


def test_a_broken_scenario_of_a_scheme_is_told_with_its_place(folder: Path) -> None:
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "odd.yaml").write_text("odd: 1", encoding="utf-8")
    for command in ("clauses", "mutate"):
        assert "odd.yaml:1:1" in plain(CliRunner().invoke(main, [command, str(folder)]))
