"""The wording of a document is the body's own: loaded whole or not at all, the newest counts, nobody else has it."""

from __future__ import annotations

import io
import json

import pytest

from hefu.papers.models import Wording
from hefu.papers.wording import load_wording, wording
from hefu.rules.load import load
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("sites")
SCHEME = load(ROOT / "examples/qinghe-svc-01/1.0")
FIRST, SECOND = list(SCHEME.clauses)[:2]


def loaded(text: str | bytes, body: str = "b-1") -> Wording | tuple[str, ...]:
    """The row, or the problems in English."""
    content = text if isinstance(text, bytes) else text.encode()
    answer = load_wording(body, SCHEME, io.BytesIO(content), "p1")
    return answer if isinstance(answer, Wording) else tuple(problem.en for problem in answer)


@pytest.mark.parametrize(
    "text",
    [f'"{FIRST}": 第一条原文\n"{SECOND}": 第二条原文\n', json.dumps({FIRST: "第一条原文", SECOND: "第二条原文"})],
)
def test_yaml_and_json_are_loaded(text: str) -> None:
    assert isinstance(loaded(text), Wording)
    assert wording("b-1", SCHEME.ref) == {FIRST: "第一条原文", SECOND: "第二条原文"}


def test_the_newest_counts_and_only_for_its_body_and_version() -> None:
    loaded(json.dumps({FIRST: "old", SECOND: "old"}))
    loaded(json.dumps({FIRST: "new"}))

    assert wording("b-1", SCHEME.ref) == {FIRST: "new"}
    assert wording("b-2", SCHEME.ref) == {}
    assert wording("b-1", "other@1.0") == {}
    assert Wording.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: b\n", "has no clause a"),
        (json.dumps({FIRST: ""}), "has no text"),
        (json.dumps({FIRST: 5}), "has no text"),
        (json.dumps({FIRST: "x" * 20_001}), "longer than 20000"),
        ("[1, 2]", "must hold clause ids"),
        ("", "must hold clause ids"),
        (f'"{FIRST}": a\n"{FIRST}": b\n', "line 2"),
        ("a: [", "line"),
        (b"\xff\xfe\xfa", "not UTF-8"),
        (b" " * 2_000_001, "larger than 2 MB"),
    ],
)
def test_a_file_with_anything_wrong_is_not_loaded_at_all(text: str | bytes, told: str) -> None:
    problems = loaded(text)

    assert isinstance(problems, tuple)
    assert told in problems[0]
    assert not Wording.objects.exists()
