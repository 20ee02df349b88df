"""Two versions of a scheme: what was added, removed and changed is found, with its values, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hefu.rules.compare import differences
from hefu.rules.load.files import read_folder
from tests.web.schemes.library import EXAMPLE, second

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.rules.compare import Difference


def compared(tmp_path: Path, *changes: tuple[str, str, str]) -> dict[tuple[str, str], Difference]:
    found = differences(read_folder(EXAMPLE), read_folder(second(EXAMPLE, tmp_path / "2.0", changes)))
    return {(one.kind, one.name): one for one in found}


def test_a_version_does_not_differ_from_its_copy(tmp_path: Path) -> None:
    assert compared(tmp_path) == {}


@pytest.mark.parametrize(
    ("change", "kind", "name", "value"),
    [
        (("initial.yaml", "test: form.partner in facts.partner_bodies", "test: form.partner != ''"),
         "guard", "initial.order-test/partner-not-contracted",
         ("test", "form.partner in facts.partner_bodies", "form.partner != ''")),
        (("initial.yaml", "length: {days: 30}", "length: {days: 45}"), "clock", "initial/acceptance",
         ("length.days", 30, 45)),
        (("initial.yaml", "from: submitted\n    to: accepted", "from: [submitted, supplementing]\n    to: accepted"),
         "act", "initial.accept", ("from", ["submitted"], ["submitted", "supplementing"])),
        (("initial.yaml", "accepted: {stage: application}", "accepted: {stage: partner-test}"), "state",
         "initial/accepted", ("stage", "application", "partner-test")),
        (("scheme.yaml", "{title: {zh: 受理员,", "{title: {zh: 受理人,"), "role",
         "application-reviewer", ("title.zh", "受理员", "受理人")),
    ],
    ids=["guard", "clock", "act", "state", "role"],
)  # fmt: skip
def test_a_changed_value_is_told_before_and_after(
    tmp_path: Path, change: tuple[str, str, str], kind: str, name: str, value: tuple[str, object, object]
) -> None:
    found = compared(tmp_path, change)
    assert list(found) == [(kind, name)]
    assert [tuple(one) for one in found[kind, name].values] == [value]


def test_what_is_new_is_added_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    was = "  deny:\n    by: decision-maker"
    found = compared(tmp_path, ("initial.yaml", was, "  deny-it:\n    by: decision-maker"))
    assert found["act", "initial.deny"].what == "removed"
    assert found["act", "initial.deny-it"].what == "added"
    assert found["field", "initial.deny-it/reasons"].what == "added"


def test_a_change_of_a_clause_is_told_with_both_texts(tmp_path: Path) -> None:
    found = compared(tmp_path, ("clauses/all.yaml", "en: Based on", "en: Something else than based on"))
    ((_, changed),) = found.items()
    assert changed.kind == "clause"
    assert changed.values[0].after == "Something else than based on QH/T 7"


def test_the_heading_of_a_place_is_compared_too(tmp_path: Path) -> None:
    found = compared(tmp_path, ("clauses/all.yaml", "en: Basis", "en: Foundations"))
    assert [tuple(one) for one in found["other", "place/1"].values] == [("title.en", "Basis", "Foundations")]
