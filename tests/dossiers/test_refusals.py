"""Refused acts: kept once, beside the journal, without a word of the form, and never changed."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connections, transaction

from hefu.dossiers.audit import audit
from hefu.dossiers.explain import explain_dossier
from hefu.dossiers.export import export
from hefu.dossiers.models import RefusalRow
from hefu.dossiers.outcome import Done, Refused
from hefu.dossiers.perform import perform
from hefu.dossiers.rebuild import rebuild
from hefu.dossiers.refusals import Rejected, rejected
from hefu.rules.view import Actor
from tests.databases import dump
from tests.dossiers.lives import AT, life, live, when

if TYPE_CHECKING:
    from hefu.dossiers.store import Store

LIFE = life()
STEPS, ON, ACT = next(one for one in LIFE.refused if one[2].do == "initial.order-test")
"""An act whose refusal repeats an answer of its form, and after how many accepted ones it is tried."""
FORBIDDEN = {
    "update": "UPDATE hefu_refusal SET actor = 'mallory'",
    "update of the same": "UPDATE hefu_refusal SET actor = actor",
    "delete": "DELETE FROM hefu_refusal",
    "truncate": "TRUNCATE hefu_refusal",
    "upsert": "INSERT INTO hefu_refusal SELECT * FROM hefu_refusal WHERE true"
    " ON CONFLICT (dossier_id, digest) DO UPDATE SET actor = 'mallory'",
}


class Undone(Exception):  # noqa: N818 - nothing has gone wrong
    """What goes on around an act comes to nothing."""


def refuse(store: Store) -> Refused:
    """Try the act that is refused."""
    answer = perform(store, "d-1", ACT, when(ON))
    assert isinstance(answer, Refused)
    return answer


def rows(store: Store) -> list[tuple[object, ...]]:
    return dump(store.using, "hefu_refusal")["hefu_refusal"]


def test_a_refused_act_is_kept_with_person_day_instant_and_every_reason(store: Store) -> None:
    live(store, LIFE, steps=STEPS)
    said = refuse(store).refusals
    (one,) = rejected(store, "d-1")
    assert one[:5] == (AT, ON, ACT.by.id, "initial.order-test", "")
    assert [(why.code, why.clauses) for why in one.reasons] == [(why.code, why.clauses) for why in said]
    assert RefusalRow.objects.using(store.using).get().codes == " ".join(sorted({why.code for why in said}))


def test_of_the_form_nothing_stays_not_even_in_the_words_of_the_refusal(store: Store) -> None:
    live(store, LIFE, steps=STEPS)
    assert "别家" in refuse(store).refusals[0].message.zh
    ((why,),) = [one.reasons for one in rejected(store, "d-1")]
    assert why.message == ("… 不是签约的合作机构", "… is not a contracted partner body")
    assert "别家" not in repr(rows(store))


def test_names_that_no_form_has_are_not_kept(store: Store) -> None:
    live(store, LIFE, steps=STEPS)
    for made_up in ("secret-1", "secret-2"):
        perform(store, "d-1", ACT._replace(form={**ACT.form, made_up: "x"}, item=made_up), when(ON))
    assert rows(store)
    assert "secret" not in repr(rows(store))


def test_the_same_refusal_is_kept_once_a_day_however_often_it_comes(store: Store) -> None:
    live(store, LIFE, steps=STEPS)
    refuse(store)
    before = rows(store)
    for minute in range(5):
        later = when(ON)._replace(at=AT + timedelta(minutes=minute))
        perform(store, "d-1", ACT._replace(form={**ACT.form, "partner": f"别家 {minute}"}), later, key=f"k-{minute}")
    assert rows(store) == before
    perform(store, "d-1", ACT, when(ON + timedelta(days=1)))
    perform(store, "d-1", ACT._replace(by=Actor("nobody", frozenset())), when(ON))
    assert len(rejected(store, "d-1")) == 3
    assert len(rejected(store, "d-1", ACT.by.id)) == 2


def test_an_accepted_act_keeps_no_refusal_and_asking_keeps_none(store: Store) -> None:
    live(store, LIFE, steps=STEPS)
    explain_dossier(store, "d-1", ACT.by, ON, {})
    step = LIFE.steps[STEPS]
    assert isinstance(perform(store, "d-1", step.act, when(step.on)), Done)
    assert not rows(store)


def test_an_act_that_no_scheme_has_is_kept_nowhere(store: Store) -> None:
    live(store, LIFE, steps=1)
    assert isinstance(perform(store, "d-1", ACT._replace(do="initial.dance"), when(ON)), Refused)
    assert not rows(store)


def test_it_is_written_once_the_transaction_around_the_act_has_ended_and_not_if_that_is_undone(store: Store) -> None:
    live(store, LIFE, steps=STEPS)
    with suppress(Undone), transaction.atomic(using=store.using):
        refuse(store)
        raise Undone
    assert not rows(store)
    with transaction.atomic(using=store.using):
        refuse(store)
        assert not rows(store)
    assert rows(store)


@pytest.mark.parametrize("how", FORBIDDEN)
def test_the_database_refuses_to_change_a_refusal(store: Store, how: str) -> None:
    live(store, LIFE, steps=STEPS)
    refuse(store)
    before = rows(store)
    lite = connections[store.using].vendor == "sqlite"
    if lite and how == "truncate":
        pytest.skip("this database has no such statement")
    if lite and how == "upsert":
        _run(store, FORBIDDEN[how])  # the trigger leaves the row that is there as it is
    else:
        with pytest.raises(DatabaseError, match="append-only"):
            _run(store, FORBIDDEN[how])
    assert rows(store) == before


def test_replacing_a_refusal_leaves_it_as_it_is(store: Store) -> None:
    live(store, LIFE, steps=STEPS)
    refuse(store)
    before = rows(store)
    if connections[store.using].vendor != "sqlite":
        pytest.skip("only SQLite has REPLACE")
    columns = """dossier_id, digest, at, "on", 'mallory', act, item, codes, reasons"""
    _run(store, f"INSERT OR REPLACE INTO hefu_refusal SELECT {columns} FROM hefu_refusal")  # noqa: S608 - our own names
    assert rows(store) == before


def test_journal_rebuild_audit_and_export_know_nothing_of_it(store: Store) -> None:
    live(store, LIFE, steps=STEPS)
    before, told = dump(store.using), export(store, "d-1")
    refuse(store)
    kept = rows(store)
    assert dump(store.using) == before
    assert not audit(store).faults
    rebuild(store)
    assert (rows(store), export(store, "d-1")) == (kept, told)


def test_refusals_are_told_the_newest_first(store: Store) -> None:
    live(store, LIFE, steps=STEPS)
    for day in range(3):
        perform(store, "d-1", ACT, when(ON)._replace(on=ON + timedelta(days=day), at=AT + timedelta(days=day)))
    found: list[Rejected] = rejected(store, "d-1")
    assert [one.on for one in found] == [ON + timedelta(days=day) for day in (2, 1, 0)]


def _run(store: Store, statement: str) -> None:
    with transaction.atomic(using=store.using), connections[store.using].cursor() as cursor:
        cursor.execute(statement)
