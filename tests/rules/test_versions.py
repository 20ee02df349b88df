"""A case keeps the version under which it was opened (AMBIGUITIES K4); moving it is a recorded decision."""

from __future__ import annotations

import re
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hefu.rules.decide import Act, decide
from hefu.rules.dossier import Dossier
from hefu.rules.due import due
from hefu.rules.evolve import fold
from hefu.rules.load import Library
from hefu.rules.versions import governing, move_case
from hefu.rules.view import Actor
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.rules.model import Scheme

WANG = Actor("wang", frozenset({"client"}), organisation={"name": "示例密钥服务有限公司"})
LI = Actor("li", frozenset({"application-reviewer"}))
HEAD = Actor("head", frozenset({"director"}))
PEOPLE = {actor.id: actor for actor in (WANG, LI, HEAD)}
APPLICATION = {"applicant": {"name": "示例密钥服务有限公司"}, "outsourced": False, "materials": ["key-rules"]}


@pytest.fixture
def versions(tmp_path: Path) -> dict[str, Scheme]:
    """Version 1.0 with 30 days for acceptance, and from 2026 version 2.0 with 20."""
    for version in ("1.0", "2.0"):
        shutil.copytree(ROOT / "examples/qinghe-svc-01/1.0", tmp_path / "qinghe-svc-01" / version)
    newer = tmp_path / "qinghe-svc-01/2.0"
    scheme = newer / "scheme.yaml"
    text = scheme.read_text(encoding="utf-8").replace('version: "1.0"', 'version: "2.0"')
    scheme.write_text(text.replace("in_force: {from: 2025-01-01}", "in_force: {from: 2026-01-01}"), encoding="utf-8")
    initial = newer / "initial.yaml"
    initial.write_text(re.sub("length: {days: 30}", "length: {days: 20}", initial.read_text("utf-8")), encoding="utf-8")
    older = tmp_path / "qinghe-svc-01/1.0/scheme.yaml"
    kept = older.read_text("utf-8").replace(
        "in_force: {from: 2025-01-01}", "in_force: {from: 2025-01-01, until: 2025-12-31}"
    )
    older.write_text(kept, encoding="utf-8")
    return Library(tmp_path).all_versions("qinghe-svc-01")


def submit(versions: dict[str, Scheme], on: date) -> Dossier:
    act = Act("initial.submit", WANG, APPLICATION, people=PEOPLE)
    decision = decide(governing(versions, Dossier(), act, on), Dossier(), act, on)
    assert decision.ok, decision.refusals
    return decision.dossier


def test_an_application_falls_under_the_version_in_force_on_its_filing_date(versions: dict[str, Scheme]) -> None:
    assert submit(versions, date(2025, 12, 31)).cases["initial-1"].version == "1.0"
    assert submit(versions, date(2026, 1, 1)).cases["initial-1"].version == "2.0"


def test_the_case_keeps_its_version_when_a_newer_one_comes_into_force(versions: dict[str, Scheme]) -> None:
    dossier = submit(versions, date(2025, 12, 20))
    accept = Act("initial.accept", LI, people=PEOPLE)
    assert governing(versions, dossier, accept, date(2026, 1, 5)).version == "1.0"
    passed = due(versions["2.0"], dossier, date(2026, 1, 15), versions=versions)
    assert passed.dossier.live["acceptance@initial-1#1"].status == "running"


def test_the_journal_says_under_which_content_a_case_was_opened(versions: dict[str, Scheme]) -> None:
    act = Act("initial.submit", WANG, APPLICATION, people=PEOPLE)
    opened = decide(versions["1.0"], Dossier(), act, date(2025, 12, 20)).events[0]
    assert (opened.data["version"], opened.data["digest"]) == ("1.0", versions["1.0"].digest)


def test_a_case_that_no_version_covers_is_refused(versions: dict[str, Scheme]) -> None:
    act = Act("initial.submit", WANG, APPLICATION, people=PEOPLE)
    with pytest.raises(LookupError, match="no version"):
        governing(versions, Dossier(), act, date(2024, 12, 31))


def test_moving_a_case_is_a_decision_with_a_person_and_a_reason(versions: dict[str, Scheme]) -> None:
    dossier = submit(versions, date(2025, 12, 20))
    moved = move_case(versions["2.0"], dossier, "initial-1", HEAD, "申请方要求", date(2026, 1, 5))
    assert moved.ok
    assert moved.dossier.cases["initial-1"].version == "2.0"
    (event,) = moved.events
    assert (event.by, event.data["reason"], event.data["digest"]) == ("head", "申请方要求", versions["2.0"].digest)


@pytest.mark.parametrize(
    ("actor", "reason", "case", "code"),
    [
        (LI, "申请方要求", "initial-1", "not-your-role"),
        (HEAD, "  ", "initial-1", "field-required"),
        (HEAD, "申请方要求", "initial-9", "no-such-item"),
    ],
)
def test_a_case_is_not_moved_otherwise(
    versions: dict[str, Scheme], actor: Actor, reason: str, case: str, code: str
) -> None:
    dossier = submit(versions, date(2025, 12, 20))
    moved = move_case(versions["2.0"], dossier, case, actor, reason, date(2026, 1, 5))
    assert [refusal.code for refusal in moved.refusals] == [code]
    assert moved.dossier is dossier


def test_a_moved_case_folds_to_the_same_dossier(versions: dict[str, Scheme]) -> None:
    act = Act("initial.submit", WANG, APPLICATION, people=PEOPLE)
    first = decide(versions["1.0"], Dossier(), act, date(2025, 12, 20))
    moved = move_case(versions["2.0"], first.dossier, "initial-1", HEAD, "理由", date(2026, 1, 5))
    assert fold((*first.events, *moved.events)) == moved.dossier
