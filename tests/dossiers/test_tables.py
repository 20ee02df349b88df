"""How the rows of an act lie in the database, and how they get there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import NotSupportedError, connections, transaction

from hefu.dossiers import sql
from hefu.dossiers import statements as say
from hefu.dossiers.apps import PREPARED
from hefu.dossiers.change import NOTHING, change, tell
from hefu.dossiers.journal import following
from hefu.dossiers.rows import About
from hefu.dossiers.spelling import at_once
from hefu.dossiers.spelling import values as spelled
from hefu.rules.dossier import Dossier
from tests.databases import point
from tests.dossiers.lives import AT, LAWS, life, live

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.dossiers.store import Store

LIFE = life()
PARTIES = 'SELECT dossier_id, "case", key, role FROM hefu_party ORDER BY 1, 2, 3, 4'
SHORT = (
    "hefu_case", "hefu_certificate", "hefu_clock", "hefu_duty", "hefu_ended", "hefu_fact", "hefu_key", "hefu_outbox",
    "hefu_party",
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


def test_a_connection_to_postgresql_keeps_the_statements_of_acts(store: Store) -> None:
    live(store, LIFE, steps=1)
    if connections[store.using].vendor != "postgresql":
        pytest.skip("only PostgreSQL's driver prepares statements")
    assert connections[store.using].connection.prepared_max == PREPARED


def test_one_statement_of_postgresql_holds_every_row_of_an_act_whatever_their_number() -> None:
    step = LIFE.steps[0]
    about = About(LAWS.of(LIFE.scheme, "{}"), "body-1", "N-1")
    found, _ = change(about, Dossier(LIFE.scheme), NOTHING, step.dossier)
    parties = [("d-1", *row) for row in found.parties.put]
    gone = [("d-1", "case:1", "client"), ("d-1", "case:2", "client")]
    parts = ((say.Move(), [(1, b"head", "2026-11-21", "d-1", 0)]), (say.PARTY, parties), (say.NO_WORK, gone))
    text, values = at_once(tuple(statement for statement, _ in parts)), spelled(parts)
    assert re.findall(r"\$(\d+)", text) == [str(number) for number in range(1, len(values) + 1)]
    assert len(parties) > 1
    assert [tuple(row.values()) for row in json.loads(values[5])] == parties
    assert [tuple(row.values()) for row in json.loads(values[6])] == gone
    assert "RETURNING 1" in text.partition("p1")[0]


def test_rows_that_go_are_those_that_were_named(store: Store) -> None:
    live(store, LIFE, steps=3)
    with connections[store.using].cursor() as cursor:
        cursor.execute(PARTIES)
        first, *others = cursor.fetchall()
        sql.put(store.using, [(say.NO_PARTY, [first])])
        cursor.execute(PARTIES)
        assert cursor.fetchall() == others
        sql.put(store.using, [(say.NO_PARTY, others)])
        cursor.execute("SELECT * FROM hefu_party")
        assert cursor.fetchall() == []


def test_a_row_that_is_there_gets_what_moves_and_keeps_the_rest(store: Store) -> None:
    sql.put(store.using, [(say.CASE, [("d-1", "c", "p", "1", "begun", "2026-01-01", "", "2026-01-01")])])
    sql.put(store.using, [(say.CASE_ACTED, [("d-1", "c", "q", "2", "done", "2026-02-02", "x", "2026-02-02")])])
    with connections[store.using].cursor() as cursor:
        cursor.execute("SELECT process, version, state, outcome, last FROM hefu_case")
        assert [*map(str, cursor.fetchone())] == ["p", "1", "begun", "", "2026-02-02"]


def test_bytes_and_texts_of_every_kind_come_back_as_they_were(store: Store) -> None:
    said = 'a "quoted" \\ text \\u0000 of 两 lines\n'
    sql.put(store.using, [(say.APPEND, [("d-1", 1, 2, "2026-11-21", "li", said, "{}", bytes(32), b"\x00\xff" * 16)])])
    with connections[store.using].cursor() as cursor:
        cursor.execute("SELECT events, previous, hash FROM hefu_journal")
        events, previous, head = cursor.fetchone()
    assert (events, bytes(previous), bytes(head)) == (said, bytes(32), b"\x00\xff" * 16)
