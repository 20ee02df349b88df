"""The commands of the store: what they print, how they end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from django.db import connections

from hefu import site
from hefu.cli import main
from hefu.dossiers.store import Store
from hefu.site.database import PLANS, database
from tests.databases import point, unguarded
from tests.dossiers.lives import EXAMPLE, LAWS, life, live
from tests.dossiers.test_chain import SECOND

if TYPE_CHECKING:
    from pathlib import Path

LIFE = life()


@pytest.fixture
def ours(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store that the commands find."""
    monkeypatch.setattr(site, "store", lambda: Store(store.using, LAWS))
    return store


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def data(*words: str, code: int = 0) -> Any:  # noqa: ANN401 - any JSON
    result = run(*words, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def test_migrate_says_so_and_can_be_run_again(ours: Store) -> None:  # noqa: ARG001 - it is what migrate finds
    assert run("migrate").output == "the tables are up to date\n"
    assert run("migrate").exit_code == 0


def test_sweep_tells_how_much_time_has_brought(ours: Store) -> None:
    live(ours, LIFE, steps=1)
    assert data("sweep", "--on", "2025-07-31") == {"on": "2025-07-31", "dossiers": 0, "events": 0, "faults": []}
    assert data("sweep", "--on", "2025-08-01") == {"on": "2025-08-01", "dossiers": 1, "events": 2, "faults": []}
    assert run("sweep", "--on", "2025-08-01").output == "2025-08-01: 0 events in 0 dossiers\n"
    assert run("sweep").exit_code == 0


def test_audit_is_0_when_all_is_whole_and_1_when_not(ours: Store) -> None:
    done = live(ours, LIFE)
    assert run("audit").output == f"1 dossiers, {done.version} events: whole\n"
    unguarded(ours.using, "UPDATE hefu_journal SET actor = 'mallory' WHERE number = 5")
    found = data("audit", code=1)
    assert found["faults"] == [{"dossier": "d-1", "number": SECOND, "what": "its content is not what was hashed"}]
    assert f"d-1#{SECOND}: its content is not what was hashed\n" in run("audit").output


def test_rebuild_tells_what_was_not_the_same(ours: Store) -> None:
    done = live(ours, LIFE)
    assert run("rebuild").output == f"1 dossiers, {done.version} events: all as before\n"
    unguarded(ours.using, "DELETE FROM hefu_case")
    assert data("rebuild")["changed"] == ["d-1"]
    assert data("rebuild")["changed"] == []


def test_an_exported_file_is_replayed_by_hefu_itself(ours: Store, tmp_path: Path) -> None:
    live(ours, LIFE)
    path = tmp_path / "d-1.yaml"
    path.write_text(run("export", "d-1").stdout, encoding="utf-8")
    result = run("replay", str(path), "--scheme", str(EXAMPLE))
    assert result.exit_code == 0, result.output
    assert result.output.startswith("ok")


def test_export_of_what_is_not_there_is_2(ours: Store) -> None:  # noqa: ARG001 - it is what export finds
    result = run("export", "nobody")
    assert result.exit_code == 2
    assert "there is no dossier 'nobody'" in result.output


def test_a_database_without_tables_is_2_and_says_what_to_do(
    sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point(sqlite, str(tmp_path / "empty.sqlite3"))
    monkeypatch.setattr(site, "store", lambda: Store(sqlite, LAWS))
    for command in ("sweep", "audit", "rebuild"):
        result = run(command)
        assert result.exit_code == 2
        assert "run `hefu migrate` first" in result.output


def test_a_database_is_named_by_an_address() -> None:
    assert database("sqlite:////var/lib/hefu.sqlite3")["NAME"] == "/var/lib/hefu.sqlite3"
    assert database("sqlite:///hefu.sqlite3")["NAME"] == "hefu.sqlite3"
    found = database("postgresql://u:p%40@db:6432/hefu?sslmode=require")
    assert found["OPTIONS"]["options"] == PLANS
    assert database("postgresql://db/hefu?options=-c%20jit%3Don")["OPTIONS"]["options"] == "-c jit=on"
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("u", "p@", "db", "6432")
    assert found["OPTIONS"]["sslmode"] == "require"
    with pytest.raises(ValueError, match="must be sqlite or postgresql"):
        database("mysql://db/hefu")


def test_sqlite_is_as_durable_as_it_is_set(sqlite: str) -> None:
    with connections[sqlite].cursor() as cursor:
        read = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert read == {"journal_mode": "wal", "synchronous": 2}, "2 is FULL"


def test_now_is_a_day_of_the_zone_of_the_body(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = site.now()
    assert moment.at.utcoffset() is not None
    monkeypatch.setenv("HEFU_ZONE", "Pacific/Kiritimati")
    assert (site.now().on - moment.at.date()).days in (0, 1)
