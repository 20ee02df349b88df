"""How the rows of an act lie in the database, and how they get there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import NotSupportedError, connections, transaction

from hefu.dossiers import sql
from hefu.dossiers import statements as say
from hefu.dossiers.apps import PREPARED
from hefu.dossiers.audit import audit
from hefu.dossiers.change import NOTHING, change, tell
from hefu.dossiers.journal import following
from hefu.dossiers.rows import About
from hefu.rules.dossier import Dossier
from tests.databases import point
from tests.dossiers.lives import AT, LAWS, life, live

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.dossiers.store import Store

LIFE = life()
SHORT = (
    "hefu_case", "hefu_certificate", "hefu_clock", "hefu_duty", "hefu_ended", "hefu_fact", "hefu_key", "hefu_party",
    "hefu_visit", "hefu_work",
)  # fmt: skip


@pytest.mark.parametrize("table", SHORT)
def test_on_sqlite_short_rows_lie_where_their_key_is(store: Store, table: str) -> None:
    if connections[store.using].vendor != "sqlite":
        pytest.skip("only SQLite has such tables")
    with connections[store.using].cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
        assert cursor.fetchone()[0].endswith("WITHOUT ROWID")


def test_a_journal_that_cannot_be_taken_over_is_left_as_it_is(tmp_path: Path) -> None:
    point("sqlite", str(tmp_path / "old.sqlite3"))
    call_command("migrate", "dossiers", "0009", database="sqlite", verbosity=0)
    with connections["sqlite"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO hefu_journal (dossier_id, number, at, actor, event, given, previous, hash)"
            " VALUES ('d-1', 1, '2026-11-21', 'li', '{}', '{}', x'00', x'01')"
        )
    with pytest.raises(NotSupportedError, match="never released"):
        call_command("migrate", database="sqlite", verbosity=0)
    with connections["sqlite"].cursor() as cursor:
        cursor.execute("SELECT dossier_id, number, event FROM hefu_journal")
        assert cursor.fetchall() == [("d-1", 1, "{}")]


def test_an_act_that_was_decided_on_another_version_writes_nothing(store: Store) -> None:
    done = live(store, LIFE, steps=2)
    held, _ = store.load("d-1")
    about = About(held.law, held.body, held.title)
    none, _ = change(about, held.dossier, tell(about, held.dossier, Dossier()), held.dossier)
    entry = following("d-1", done.version - 1, held.head, LIFE.steps[2].events, "{}", "li", AT)
    late = sql.Written(entry, LIFE.steps[1].on, {}, "", none, (), None, ())
    with pytest.raises(sql.VersionError), transaction.atomic(using=store.using):
        sql.write(store.using, late)
    again, _ = store.load("d-1")
    assert (again.version, again.head) == (held.version, held.head)


def test_what_is_too_much_for_one_statement_is_written_by_several(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql, "MOST", 3)
    done = live(store, LIFE)
    found = audit(store)
    assert (found.events, found.faults) == (done.version, ())


def test_a_connection_to_postgresql_keeps_the_statements_of_acts(store: Store) -> None:
    live(store, LIFE, steps=1)
    if connections[store.using].vendor != "postgresql":
        pytest.skip("only PostgreSQL's driver prepares statements")
    assert connections[store.using].connection.prepared_max == PREPARED


def test_one_statement_holds_every_row_of_an_act_with_a_mark_for_each_value() -> None:
    step = LIFE.steps[0]
    about = About(LAWS.of(LIFE.scheme, "{}"), "body-1", "N-1")
    found, _ = change(about, Dossier(LIFE.scheme), NOTHING, step.dossier)
    shape = ((say.move(()), 1), (say.PARTY, len(found.parties.put)), (say.NO_WORK, 2))
    text = say.at_once(shape)
    assert len(found.parties.put) > 1
    assert re.findall(r"\$(\d+)", text) == [str(n) for n in range(1, 5 + 4 * len(found.parties.put) + 2 * 3 + 1)]
    assert text.count("INSERT INTO hefu_party") == 1
    assert text.count("DELETE FROM hefu_work") == 2
    assert "RETURNING 1" in text.partition("p1")[0]
