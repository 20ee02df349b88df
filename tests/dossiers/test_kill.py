"""kill -9 at any moment: chains verify, nothing that was acknowledged is lost, the outbox delivers, in order."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from tests.conftest import ROOT

if TYPE_CHECKING:
    from hefu.dossiers.store import Store


def killed(store: Store, runs: int) -> dict[str, Any]:
    name = str(connections[store.using].settings_dict["NAME"])
    connections[store.using].close()
    words = [sys.executable, "-m", "tests.dossiers.arena", store.using, name, str(runs), "20261121"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    print(f"{store.using}: {found}")  # noqa: T201 - the counts are the finding; pytest shows them with -s or on failure
    return found


def judge(found: dict[str, Any], runs: int) -> None:
    assert found["runs"] == runs
    assert found["acknowledged"] > runs, "each run must have got somewhere"
    assert found["lost"] == []
    assert found["faults"] == []
    assert found["parcels"] > 0
    assert found["delivered"] >= found["parcels"]
    assert found["in_order"]


def test_nothing_is_lost_in_twenty_kills(store: Store) -> None:
    judge(killed(store, 20), 20)


@pytest.mark.slow
def test_nothing_is_lost_in_two_hundred_kills(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    found = killed(store, 200)
    with capsys.disabled():
        sys.stdout.write(f"\n{store.using}: {found}\n")
    judge(found, 200)
