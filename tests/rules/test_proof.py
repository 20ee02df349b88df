"""The proof of a scheme folder: what the commands say, computed together, kept for as long as nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hefu.rules.load import load
from hefu.rules.replay.coverage import clause_table
from hefu.rules.replay.proof import proven
from tests.web.schemes.library import EXAMPLE, FOLDERS, named, second

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_every_scheme_is_sound_and_proven_and_says_what_the_command_says(folder: Path) -> None:
    found = proven(folder)
    assert found.ok
    assert list(found.clauses) == clause_table(load(folder), folder)
    assert len(found.stories) == len(list((folder / "scenarios").glob("*.yaml")))


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_a_place_of_a_clause_is_a_line_that_names_it(folder: Path) -> None:
    found = proven(folder)
    for clause, places in found.places.items():
        for place in places:
            name = place.file.rpartition(f"{folder.parent.name}/{folder.name}/")[2]
            held = (folder / name).read_text(encoding="utf-8").splitlines()
            assert clause in held[place.line - 1], place


def test_a_scenario_that_fails_is_seen_as_soon_as_it_is_there(tmp_path: Path) -> None:
    folder = second(EXAMPLE, tmp_path / "qinghe-svc-01" / "1.0", [])
    assert proven(folder).ok
    story = folder / "scenarios" / "a-whole-life.yaml"
    story.write_text(
        story.read_text(encoding="utf-8") + "  - {on: 2089-01-01, expect: {certificate: valid}}\n", encoding="utf-8"
    )
    found = proven(folder)
    assert not found.ok
    assert [one.name for one in found.stories if one.failures] == ["a-whole-life"]


def test_a_scheme_without_scenarios_proves_no_clause(tmp_path: Path) -> None:
    folder = second(EXAMPLE, tmp_path / "qinghe-svc-01" / "1.0", [])
    for path in (folder / "scenarios").iterdir():
        path.unlink()
    assert not proven(folder).ok
    assert proven(folder).unproven
