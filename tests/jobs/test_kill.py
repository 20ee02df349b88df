"""kill -9 at any moment: nothing is lost, nobody is told twice, no mail goes twice but in SMTP's own gap, in order."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from tests.conftest import ROOT
from tests.jobs.conftest import forget_jobs
from tests.settings import SERVER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["sqlite", "postgresql"])
def arena(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[str]]:
    """The words for the arena on each database; the jobs are where an installation would have them."""
    alias: str = request.getfixturevalue(request.param)
    name = str(connections[alias].settings_dict["NAME"])
    connections[alias].close()
    if alias == "sqlite":
        yield [alias, name, f"sqlite:///{tmp_path}/jobs.sqlite3"]
        return
    address = f"{SERVER.rpartition('/')[0]}/{name}"
    forget_jobs(address)
    yield [alias, name, address]
    forget_jobs(address)


def killed(arena: list[str], runs: int) -> dict[str, Any]:
    words = [sys.executable, "-m", "tests.jobs.arena", *arena, str(runs), "20261121"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    assert done.returncode == 0, done.stderr
    # Before it stand the warnings of workers that found no connection.
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    sys.stdout.write(f"\n{arena[0]}: {found}\n")
    return found


def judge(found: dict[str, Any], runs: int) -> None:
    assert found["runs"] == runs
    assert found["problems"] == []
    assert found["left"] == [0, 0, 0], "nothing waits, runs, or has failed"
    assert found["parcels"] > runs, "each run must have got somewhere"
    assert found["undelivered"] == 0
    assert found["notices"] > 0
    assert found["forgotten"] == 0
    assert found["mails"] > 0
    assert found["never_sent"] == []
    assert found["never_noted"] == 0
    assert found["twice_without_reason"] == []
    assert found["in_order"]


def test_nothing_is_lost_or_told_twice_in_thirty_kills(arena: list[str]) -> None:
    judge(killed(arena, 30), 30)


@pytest.mark.slow
def test_nothing_is_lost_or_told_twice_in_a_hundred_and_fifty_kills(
    arena: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        found = killed(arena, 150)
    judge(found, 150)
