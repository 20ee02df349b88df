"""The journal: it can only grow, and whatever is done to it behind the triggers is found."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connections, transaction

from hefu.dossiers.audit import audit
from hefu.dossiers.history import entries
from hefu.dossiers.journal import GENESIS, verify
from hefu.dossiers.models import DossierRow
from tests.databases import dump, unguarded
from tests.dossiers.lives import life, live

if TYPE_CHECKING:
    from hefu.dossiers.store import Store

LIFE = life()
SECOND = 5
"""The number of the first event of the second entry."""
FORBIDDEN = {
    "update": "UPDATE hefu_journal SET actor = 'mallory' WHERE number = 5",
    "delete": "DELETE FROM hefu_journal WHERE number = 5",
    "delete all": "DELETE FROM hefu_journal",
    "replace": "INSERT OR REPLACE INTO hefu_journal SELECT * FROM hefu_journal WHERE number = 5",
    "update of the same": "UPDATE hefu_journal SET actor = actor",
    "truncate": "TRUNCATE hefu_journal",
    "upsert": "INSERT INTO hefu_journal SELECT * FROM hefu_journal WHERE number = 5"
    " ON CONFLICT (dossier_id, number) DO UPDATE SET actor = 'mallory'",
}
BEHIND = {
    "a changed byte": "UPDATE hefu_journal SET events = replace(events, 'initial-1', 'initial-2') WHERE number = 5",
    "a changed answer": "UPDATE hefu_journal SET given = replace(given, 'key-rules', 'key-rulez') WHERE number = 1",
    "another person": "UPDATE hefu_journal SET actor = 'mallory' WHERE number = 5",
    "another moment": "UPDATE hefu_journal SET at = '2026-11-21 08:30:00.123457+00:00' WHERE number = 5",
    "an entry taken out": "DELETE FROM hefu_journal WHERE number = 5",
    "the last entry cut off": "DELETE FROM hefu_journal WHERE number = (SELECT max(number) FROM hefu_journal)",
    "the whole journal gone": "DELETE FROM hefu_journal",
    "an entry out of its place": "UPDATE hefu_journal SET number = 300 WHERE number = 5",
    "the head": "UPDATE hefu_dossier SET head = previous FROM hefu_journal WHERE number = 5",
    "the version": "UPDATE hefu_dossier SET version = version - 1",
    "a journal without its dossier": "DELETE FROM hefu_dossier",
    "a read row": "UPDATE hefu_certificate SET status = 'valid'",
    "a read row gone": "DELETE FROM hefu_case",
    "the folded state": "UPDATE hefu_state SET state = replace(state, 'granted', 'grunted')",
    "the day on which it wakes": "UPDATE hefu_dossier SET wakes = '2031-01-01'",
    "a parcel that was never to be sent": "DELETE FROM hefu_outbox",
}  # fmt: skip


@pytest.mark.parametrize("how", FORBIDDEN)
def test_the_database_refuses_to_change_the_journal(store: Store, how: str) -> None:
    live(store, LIFE, steps=3)
    lite = connections[store.using].vendor == "sqlite"
    if (how == "replace" and not lite) or (how == "truncate" and lite):
        pytest.skip("this database has no such statement")
    before = dump(store.using)
    message = "taken" if how in ("replace", "upsert") and lite else "append-only"
    with (
        pytest.raises(DatabaseError, match=message),
        transaction.atomic(using=store.using),
        connections[store.using].cursor() as cursor,
    ):
        cursor.execute(FORBIDDEN[how])
    assert dump(store.using) == before


def test_a_journal_that_nobody_touched_is_whole(store: Store) -> None:
    for name in ("d-1", "d-2", "d-3"):
        done = live(store, LIFE, name)
    found = audit(store)
    assert (found.dossiers, found.events, found.faults) == (3, 3 * done.version, ())


@pytest.mark.parametrize("what", BEHIND)
def test_the_audit_finds(store: Store, what: str) -> None:
    live(store, LIFE)
    live(store, LIFE._replace(scheme=LIFE.scheme), "e-untouched", steps=1)
    unguarded(store.using, f"{BEHIND[what]}{_only('d-1', BEHIND[what])}")
    found = audit(store).faults
    assert found, what
    assert {fault.dossier for fault in found} == {"d-1"}


def _only(name: str, statement: str) -> str:
    """The statement's effect on one dossier only."""
    column = "hefu_dossier.id" if "hefu_dossier" in statement else "dossier_id"
    word = "AND" if " WHERE " in statement else "WHERE"
    more = (
        " AND hefu_journal.dossier_id = 'd-1'"
        if " FROM hefu_journal WHERE" in statement and "UPDATE" in statement
        else ""
    )
    return f" {word} {column} = '{name}'{more}"


def test_a_chain_hangs_together_by_its_hashes(store: Store) -> None:
    done = live(store, LIFE)
    row = DossierRow.objects.using(store.using).get()
    chain = list(entries(store, "d-1", "d-1"))
    assert (chain[0].previous, chain[1].number) == (GENESIS, SECOND)
    assert [number for entry in chain for number in range(entry.number, entry.version + 1)] == [
        *range(1, done.version + 1)
    ]
    assert [len(entry.read()) for entry in chain] == [entry.version - entry.number + 1 for entry in chain]
    assert all(after.previous == before.hash for before, after in pairwise(chain))
    assert list(verify("d-1", chain, bytes(row.head), row.version)) == []
    for number, entry in enumerate(chain):
        for what, forged in (
            ("events", entry._replace(events=f"{entry.events} ")),
            ("given", entry._replace(given=f"{entry.given} ")),
            ("actor", entry._replace(actor="mallory")),
            ("number", entry._replace(number=99)),
            ("version", entry._replace(version=entry.version + 1)),
        ):
            others = [*chain[:number], forged, *chain[number + 1 :]]
            assert list(verify("d-1", others, bytes(row.head), row.version)), (number, what)


def test_a_chain_of_one_dossier_does_not_stand_for_another(store: Store) -> None:
    live(store, LIFE)
    row = DossierRow.objects.using(store.using).get()
    stolen = [entry._replace(dossier="d-2") for entry in entries(store, "d-1", "d-1")]
    assert list(verify("d-2", stolen, bytes(row.head), row.version))
