"""The shipped schemes: each is clean, every clause is proven, every scenario passes, no rule can be spared."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from hefu.rules.check import check
from hefu.rules.check.clauses import DECIDING
from hefu.rules.load import home, load, with_settings
from hefu.rules.load.files import read_folder
from hefu.rules.replay.coverage import clause_table, scripts, unproven
from hefu.rules.replay.mutate import mutants, noticed, traces
from hefu.rules.replay.run import replay
from hefu.rules.replay.scenario import open_scenario
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.rules.model import Scheme

DOCUMENTS = {"wal-qp-21": "2.0", "nfcc-ir-000-01": "2.0", "nfcc-ir-000-02": "2.0", "hbfma-2023-15": "2023"}
SHIPPED = [ROOT / "schemes" / name / version for name, version in DOCUMENTS.items()]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/*/scheme.yaml"))
FOLDERS = [*SHIPPED, *EXAMPLES]
SCENARIOS = sorted(path for folder in FOLDERS for path in (folder / "scenarios").glob("*.yaml"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@lru_cache
def loaded(folder: Path) -> Scheme:
    return load(folder, home())


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_every_scheme_checks_clean(folder: Path) -> None:
    assert [str(problem) for problem in check(folder, home())] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_every_scheme_stands_in_the_folder_of_its_name_and_version(folder: Path) -> None:
    assert (loaded(folder).id, loaded(folder).version) == (folder.parent.name, folder.name)


@pytest.mark.parametrize("path", SCENARIOS, ids=name_of)
def test_every_scenario_passes(path: Path) -> None:
    script = open_scenario(path, name_of(path))
    scheme = with_settings(loaded(path.parent.parent), script.scenario.settings)
    assert script.scenario.scheme.partition("@")[0] == scheme.id
    assert replay(scheme, script)["failures"] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_every_scheme_tells_a_whole_life(folder: Path) -> None:
    assert (folder / "scenarios" / "a-whole-life.yaml").exists()


def test_the_four_documents_have_863_clauses_and_no_id_stands_twice() -> None:
    ids = [clause for folder in SHIPPED for place in read_folder(folder).places for clause in place.clauses]
    assert len(ids) == 863
    assert len(set(ids)) == 863


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_every_deciding_clause_is_enforced_and_exercised(folder: Path) -> None:
    bare = unproven(clause_table(loaded(folder), folder))
    assert [f"{row['id']} ({row['kind']}, {row['treatment']}, {len(row['exercised'])} steps)" for row in bare] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_the_index_has_clauses_that_decide(folder: Path) -> None:
    """A misspelt kind would make the test above vacuous."""
    assert any(clause.kind in DECIDING for clause in loaded(folder).clauses.values())


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_some_scenario_notices_when_a_rule_is_taken_away(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All of them, as `hefu mutate` does; it takes seconds because the mutants are made from the compiled scheme."""
    scheme, found = loaded(folder), scripts(folder)
    where = traces(scheme, found)
    tried = list(mutants(scheme))
    with capsys.disabled():
        print(f" {scheme.ref}: {len(tried)} mutants ", end="")  # noqa: T201 - the count is asked for
    assert [f"{mutant.kind} {mutant.address}" for mutant in tried if not noticed(mutant, found, where)] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_every_gist_is_there_in_both_languages(folder: Path) -> None:
    for name, clause in loaded(folder).clauses.items():
        assert any("\u4e00" <= sign <= "\u9fff" for sign in clause.zh), name
        assert any(sign.isascii() and sign.isalpha() for sign in clause.en), name
