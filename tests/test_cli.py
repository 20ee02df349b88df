"""The command line: shapes of its JSON (the contract of docs/reference/command-line.md), its exit codes, its start."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from hefu.cli import main
from tests.conftest import ROOT
from tests.rules.scheme_factory import toy_folder

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = ROOT / "examples/qinghe-svc-01/1.0"
STORY = EXAMPLE / "scenarios/a-whole-life.yaml"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def data(*words: str | Path, code: int = 0) -> Any:  # noqa: ANN401 - any JSON
    result = run(*words, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library that holds only the tiny scheme."""
    folder = toy_folder(tmp_path)
    (tmp_path / "calendars").mkdir()
    for name in ("calendars/cn.yaml", "vocabulary.yaml"):
        (tmp_path / name).write_text((ROOT / "schemes" / name).read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("HEFU_SCHEMES", str(tmp_path))
    return folder


# check


def test_check_of_a_clean_scheme_is_0_and_says_so() -> None:
    result = run("check", EXAMPLE)
    assert result.exit_code == 0
    assert "qinghe-svc-01@1.0: clean" in result.output


def test_check_as_json_has_a_scheme_its_problems_and_their_places(tmp_path: Path) -> None:
    folder = toy_folder(tmp_path, initial="actions: {accept: {by: king}}")
    (report,) = data("check", folder, code=1)
    assert (report["scheme"], report["ok"]) == ("toy@1", False)
    (problem,) = report["problems"]
    assert set(problem) == {"file", "line", "column", "level", "message"}
    assert problem["level"] == "error"
    assert problem["file"].endswith("initial.yaml")


def test_check_prints_file_line_and_column(tmp_path: Path) -> None:
    result = run("check", toy_folder(tmp_path, initial="actions: {accept: {by: king}}"))
    assert result.exit_code == 1
    assert "initial.yaml:" in result.output
    assert "error: the role 'king' is not defined" in result.output


# scheme


def test_scheme_list_names_each_scheme_with_its_document(library: Path) -> None:  # noqa: ARG001
    (row,) = data("scheme", "list")
    assert (row["id"], row["version"], row["document"], row["title"]) == ("toy", "1", "TOY", "玩具规则")
    assert row["in_force"] == {"from": "2024-01-01", "until": None}
    assert len(row["digest"]) == 64


def test_scheme_show_tells_roles_processes_states_actions_fields_grounds_clocks_settings() -> None:
    shown = data("scheme", "show", EXAMPLE)
    assert {
        "roles",
        "settings",
        "facts",
        "separations",
        "processes",
        "certificate",
        "items",
        "clocks",
        "forms",
        "stages",
    } <= set(shown)
    submit = shown["processes"]["initial"]["actions"]["submit"]
    assert submit["by"] == ["client"]
    assert submit["to"] == ["submitted"]
    assert [field["id"] for field in submit["fields"]] == ["applicant", "outsourced", "materials"]
    assert set(shown["certificate"]["grounds"]) == {"suspend", "withdraw"}
    assert shown["clocks"]["acceptance"]["length"] == {"number": 30, "unit": "day"}
    assert shown["settings"]["supplement_days"]["default"] == 20
    assert shown["processes"]["initial"]["states"]["granted"]["end"] == "granted"


def test_scheme_show_speaks_both_languages_and_takes_a_path_an_id_and_a_version(library: Path) -> None:
    for name in ("toy", "toy@1", str(library)):
        assert data("scheme", "show", name, "--lang", "en")["title"] == "Toy rules"
    assert run("scheme", "show", "toy").exit_code == 0


def test_scheme_show_writes_settings_and_facts_of_every_type(library: Path, tmp_path: Path) -> None:
    toy_folder(
        tmp_path,
        scheme="""
settings: {since: {type: date, default: 2025-01-06, title: {zh: 自, en: Since}}}
facts: {seen: {type: date, default: 2025-01-06, title: {zh: 见, en: Seen}}}
""",
    )
    raw = library / "scheme.yaml"
    raw.write_text(raw.read_text(encoding="utf-8").replace('"2025-01-06"', "2025-01-06"), encoding="utf-8")
    assert data("scheme", "show", "toy")["settings"]["since"]["default"] == "2025-01-06"


# clauses


def test_clauses_tell_kind_treatment_homes_and_the_steps_that_exercise_them() -> None:
    table = data("clauses", EXAMPLE)
    assert len(table) == 22
    assert all(set(row) == {"id", "kind", "treatment", "by", "exercised"} for row in table)
    row = next(row for row in table if row["id"] == "QH/4.2")
    assert row["by"] == ["separation evaluator-does-not-decide"]
    assert "a-whole-life#11" in row["exercised"]


def test_clauses_require_fails_where_a_deciding_clause_is_not_exercised(tmp_path: Path) -> None:
    bare = toy_folder(tmp_path, clauses="T/accept: {kind: condition, treatment: enforced, zh: 一, en: one}")
    result = run("clauses", bare, "--require")
    assert result.exit_code == 1
    assert "not proven: T/accept" in result.stderr
    assert run("clauses", EXAMPLE, "--require").exit_code == 0


# replay

STEP = {
    "n",
    "on",
    "do",
    "outcome",
    "events",
    "refusals",
    "cases",
    "certificate",
    "valid_to",
    "items",
    "clocks",
    "duties",
    "documents",
    "notices",
    "published",
}
CLOCK = {"name", "case", "started", "due", "status", "net", "stopped", "provisional", "clauses"}


def test_replay_as_json_has_the_shape_of_the_contract() -> None:
    result = data("replay", STORY)
    assert set(result) == {"file", "ok", "steps", "failures"}
    assert result["ok"] is True
    assert result["failures"] == []
    for step in result["steps"]:
        assert set(step) >= STEP
        assert step["outcome"] in {"ok", "refused", "time"}
        assert all({"type", "clauses"} <= set(event) for event in step["events"])
        assert all({"code", "message", "clauses"} <= set(refusal) for refusal in step["refusals"])
        assert all(set(clock) >= CLOCK for clock in step["clocks"])
        assert all(clock["status"] in {"running", "paused", "met", "breached"} for clock in step["clocks"])
        assert all({"act", "ground", "due", "role", "clauses"} <= set(duty) for duty in step["duties"])
    refused = result["steps"][1]
    assert (refused["n"], refused["on"], refused["do"], refused["outcome"]) == (
        2,
        "2025-07-03",
        "initial.accept",
        "refused",
    )
    assert refused["refusals"][0]["code"] == "material-missing"


def test_replay_of_several_files_gives_a_list() -> None:
    assert [result["ok"] for result in data("replay", STORY, STORY)] == [True, True]


STORY_TEXT = """
scheme: toy
title: t
people: {wang: {roles: [client]}, li: {roles: [application-reviewer]}}
steps:
  - {on: 2025-01-06, by: wang, do: initial.submit}
  - {on: 2025-01-07, by: li, do: initial.accept, expect: {state: STATE}}
"""


def story(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "story.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_replay_is_0_when_all_holds_and_1_with_what_was_expected_and_got(library: Path, tmp_path: Path) -> None:
    assert run("replay", story(tmp_path, STORY_TEXT.replace("STATE", "assessing"))).exit_code == 0
    path = story(tmp_path, STORY_TEXT.replace("STATE", "granted"))
    result = run("replay", path, "--scheme", library)
    assert result.exit_code == 1
    assert "expected {'state': 'granted'}" in result.output
    assert data("replay", path, code=1)["failures"] == [
        {"step": 2, "expected": {"state": "granted"}, "got": {"state": "assessing"}}
    ]


def test_replay_expects_success_where_nothing_is_expected(library: Path, tmp_path: Path) -> None:  # noqa: ARG001
    path = story(tmp_path, STORY_TEXT.replace(", expect: {state: STATE}", "").replace("by: li", "by: wang"))
    (failure,) = data("replay", path, code=1)["failures"]
    assert failure == {"step": 2, "expected": {"ok": True}, "got": {"ok": False}}


# explain


def test_explain_tells_what_is_permitted_and_what_is_blocked_and_why(library: Path, tmp_path: Path) -> None:  # noqa: ARG001
    path = story(tmp_path, STORY_TEXT.replace("STATE", "assessing"))
    result = data("explain", path, "--by", "wang", "--lang", "en")
    assert (result["by"], result["on"]) == ("wang", "2025-01-07")
    assert result["permitted"] == []
    (blocked,) = result["blocked"]
    assert (blocked["do"], blocked["clauses"]) == ("initial.report", ["T/report"])
    assert {"code", "message", "clauses", "remedy"} == set(blocked["refusals"][0])
    assert blocked["refusals"][0]["code"] == "not-your-role"
    permitted = data("explain", story(tmp_path, STORY_TEXT.split("  - {on: 2025-01-07", maxsplit=1)[0]), "--by", "li")[
        "permitted"
    ]
    assert [item["do"] for item in permitted] == ["initial.accept"]
    assert {"do", "subject", "title", "clauses"} <= set(permitted[0])


# The rest.


def test_mutate_prints_its_counts_and_finds_a_rule_that_nobody_proves(tmp_path: Path) -> None:
    guard = "actions: {accept: {guards: [{code: g, test: 'true', message: {zh: 否, en: no}, clauses: [T/g]}]}}"
    result = run("mutate", toy_folder(tmp_path, initial=guard))
    assert result.exit_code == 1
    assert "nobody notices the removal of guard initial.accept/g" in result.output
    assert "3 mutants" in result.output


def test_help_starts_at_once() -> None:
    """Importing the rules would take longer than a shell completion may."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-m", "hefu.cli", "--help"], env=environment, capture_output=True, text=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0
    assert "check" in done.stdout
    assert (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime) < 0.3


def test_the_version_is_told() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert "hefu" in result.output
