"""rebuild: the read rows come from the journals alone, and a broken journal gives nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hefu.dossiers.audit import audit
from hefu.dossiers.examine import PAGE
from hefu.dossiers.models import CaseRow, CertificateRow, ClockRow, DossierRow, DutyRow, EndedRow, VisitRow, WorkRow
from hefu.dossiers.rebuild import rebuild
from hefu.dossiers.state import SHAPE
from tests.databases import TABLES, dump, unguarded
from tests.dossiers.lives import life, live

if TYPE_CHECKING:
    from django.db.models import Model

    from hefu.dossiers.store import Store

LIFE = life()
DAY = date(2025, 1, 1)
STRAYS: list[Model] = [
    CaseRow(dossier_id="d-1", case="initial-9", process="initial", state="x", opened=DAY, last=DAY),
    CertificateRow(dossier_id="d-1", place=9, number="9", status="valid", since=DAY, prints=1),
    ClockRow(
        dossier_id="d-1", key="c", name="c", scope="", due=DAY, latest=DAY, status="running", provisional=False,
        calendar="1",
    ),
    DutyRow(dossier_id="d-1", key="d", act="d", ground="", role="", case="", raised=DAY, due=DAY),
    EndedRow(dossier_id="d-1", key="e", due=DAY, ended=DAY, late=False, gross=1, stopped=0, net=1),
    VisitRow(dossier_id="d-1", case="initial-9", field="on", person="li", start=DAY, end=DAY),
    WorkRow(dossier_id="d-1", key="w", role="planner", since=DAY),
]  # fmt: skip
READ = (
    "hefu_case", "hefu_certificate", "hefu_clock", "hefu_duty", "hefu_ended", "hefu_outbox", "hefu_party",
    "hefu_subject", "hefu_visit", "hefu_work",
)  # fmt: skip


def lives(store: Store) -> None:
    for steps in range(1, len(LIFE.steps) + 1, 4):
        live(store, LIFE, f"d-{steps}", steps)


def test_a_rebuild_of_what_is_whole_changes_nothing(store: Store) -> None:
    lives(store)
    before = dump(store.using)
    done = rebuild(store)
    assert (done.changed, done.faults) == ((), ())
    assert done.events == sum(DossierRow.objects.using(store.using).values_list("version", flat=True))
    assert dump(store.using) == before


def test_rows_that_are_gone_come_back_the_same(store: Store) -> None:
    lives(store)
    before = dump(store.using)
    unguarded(
        store.using,
        *(f"DELETE FROM {table}" for table in READ),  # noqa: S608 - our own names
        "UPDATE hefu_dossier SET wakes = NULL, status = 'lost', last = '2000-01-01'",
    )
    done = rebuild(store)
    assert set(done.changed) == {row[0] for row in before["hefu_dossier"]}
    assert dump(store.using) == before
    assert rebuild(store).changed == ()


@pytest.mark.parametrize("row", STRAYS, ids=lambda row: type(row).__name__)
def test_a_row_that_should_not_be_there_is_taken_out(store: Store, row: Model) -> None:
    live(store, LIFE)
    before = dump(store.using)
    row.save(using=store.using, force_insert=True)
    assert [fault.dossier for fault in audit(store).faults] == ["d-1"]
    assert rebuild(store).changed == ("d-1",)
    assert dump(store.using) == before


def test_a_folded_state_that_is_wrong_or_gone_is_made_again(store: Store) -> None:
    live(store, LIFE)
    whole = store.load("d-1")[0].dossier
    for statement in ("UPDATE hefu_state SET state = replace(state, 'granted', 'lost')", "DELETE FROM hefu_state"):
        unguarded(store.using, statement)
        rebuild(store)
        store.forget()
        assert store.load("d-1")[0].dossier == whole
        assert not audit(store).faults


def test_a_state_of_another_shape_is_folded_from_the_journal(store: Store) -> None:
    live(store, LIFE)
    whole = store.load("d-1")[0].dossier
    unguarded(store.using, f"UPDATE hefu_state SET state = replace(state, '{SHAPE}', '0-another')")  # noqa: S608 - our own words
    store.forget()
    assert store.load("d-1")[0].dossier == whole


def test_nothing_is_made_from_a_broken_journal(store: Store) -> None:
    live(store, LIFE, "bad")
    live(store, LIFE, "good")
    unguarded(
        store.using,
        "UPDATE hefu_journal SET events = replace(events, 'granted', 'grunted') WHERE dossier_id = 'bad'",
        "DELETE FROM hefu_case",
    )
    before = dump(store.using, *(set(TABLES) - {"hefu_case"}))
    done = rebuild(store)
    assert done.changed == ("good",)
    assert {fault.dossier for fault in done.faults} == {"bad"}
    assert dump(store.using, *before) == before
    assert {row[0] for row in dump(store.using, "hefu_case")["hefu_case"]} == {"good"}


def test_progress_is_told_page_by_page(store: Store) -> None:
    for number in range(PAGE + 2):
        live(store, LIFE, f"d-{number}", steps=1)
    told: list[tuple[int, int]] = []
    rebuild(store, lambda done, total: told.append((done, total)))
    audit(store, lambda done, total: told.append((done, total)))
    assert told == [(PAGE, PAGE + 2), (PAGE + 2, PAGE + 2)] * 2
