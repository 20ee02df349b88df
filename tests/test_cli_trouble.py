"""Whatever a command cannot work with is said in both languages: no traceback, and not an exit as if all were well."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = "postgresql://postgres@127.0.0.1:1/none"
"""Nobody answers there."""


def said(folder: Path, *command: str, **settings: str) -> str:
    """What a command says on standard error before it ends with 2; it works in a folder of its own."""
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "hefu.site.settings", "HEFU_SECRET": "of a test",
        "HEFU_DATABASE_URL": f"sqlite:///{folder}/hefu.sqlite3", "PYTHONPATH": os.pathsep.join(sys.path), **settings,
    }  # fmt: skip
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-m", "hefu.cli", *command], env=environment, cwd=folder, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert done.returncode == 2, done.stderr
    return done.stderr


@pytest.mark.parametrize("command", [("migrate",), ("work",), ("serve", "--port", "18765")])
@pytest.mark.parametrize("address", [NOBODY, "sqlite:////nowhere/hefu.sqlite3"])
def test_a_database_that_cannot_be_reached_is_said(tmp_path: Path, command: tuple[str, ...], address: str) -> None:
    told = said(tmp_path, *command, HEFU_DATABASE_URL=address)
    assert "数据库无法使用" in told
    assert "the database cannot be used" in told


def test_a_database_of_jobs_that_cannot_be_reached_is_said(tmp_path: Path) -> None:
    told = said(tmp_path, "migrate", HEFU_JOBS_URL="sqlite:////nowhere/jobs.sqlite3")
    assert "the database cannot be used" in told


@pytest.mark.parametrize("command", [("migrate",), ("work",), ("serve", "--port", "18765")])
def test_a_wrong_setting_is_said(tmp_path: Path, command: tuple[str, ...]) -> None:
    told = said(tmp_path, *command, HEFU_DATABASE_URL="mysql://host/name")
    assert "设置有误" in told
    assert "it must be sqlite or postgresql" in told


@pytest.mark.parametrize(
    ("command", "needs"), [(("work",), "hefu migrate"), (("serve", "--port", "18765"), "hefu migrate")]
)
def test_tables_that_are_not_there_are_said_with_what_to_do(
    tmp_path: Path, command: tuple[str, ...], needs: str
) -> None:
    told = said(tmp_path, *command)
    assert f"请先运行 `{needs}`" in told
    assert f"run `{needs}` first" in told


def test_a_folder_into_which_nothing_can_be_written_is_said(tmp_path: Path) -> None:
    told = said(tmp_path, "serve", "--port", "18765", HEFU_STATIC="/proc/static")
    assert "无法写入或读取" in told
    assert "/proc/static" in told
