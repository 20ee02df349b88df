"""Schemes for these tests: every shipped one and the example, and a second version of one, copied and changed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from hefu.rules.load import Library, home

if TYPE_CHECKING:
    from collections.abc import Iterable

EXAMPLE = Path(__file__).parents[3] / "examples" / "qinghe-svc-01" / "1.0"
FOLDERS = [*Library().folders(), EXAMPLE]
WAL = "wal-qp-21"


def named(folder: Path) -> str:
    """How a folder is called in the name of a test."""
    return f"{folder.parent.name}@{folder.name}"


def second(folder: Path, to: Path, changes: Iterable[tuple[str, str, str]]) -> Path:
    """A copy of a scheme version with texts of its files changed: (file, before, after), each of which is there."""
    shutil.copytree(folder, to)
    for name, before, after in changes:
        path = to / name
        text = path.read_text(encoding="utf-8")
        assert before in text, f"{name} does not say {before!r}"
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return to


def library(root: Path) -> Path:
    """A folder of schemes with the shared files and one scheme in two versions, the second in force from 2030."""
    shutil.copy(home() / "vocabulary.yaml", root)
    shutil.copytree(home() / "calendars", root / "calendars")
    shutil.copytree(home() / WAL / "2.0", root / WAL / "2.0")
    second(home() / WAL / "2.0", root / WAL / "3.0", [
        ("scheme.yaml", 'version: "2.0"', 'version: "3.0"'),
        ("scheme.yaml", "from: 2023-01-01", "from: 2030-01-01"),
        ("initial.yaml", "test: done.report > 0", "test: done.report > 1"),
    ])  # fmt: skip
    return root
