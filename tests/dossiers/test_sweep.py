"""sweep: clocks fire by themselves, a late sweep writes what daily ones would, one bad dossier holds up no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hefu.dossiers.audit import audit
from hefu.dossiers.given import read
from hefu.dossiers.history import entries
from hefu.dossiers.laws import Laws
from hefu.dossiers.models import DossierRow
from hefu.dossiers.outcome import Refused
from hefu.dossiers.perform import perform
from hefu.dossiers.store import Store
from hefu.dossiers.sweep import CHUNK, sweep, waiting
from hefu.rules.due import due
from hefu.rules.load import Library
from hefu.rules.view import Around
from tests.conftest import ROOT
from tests.databases import dump, unguarded
from tests.dossiers.lives import LAWS, life, live, when

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    import pytest

    from hefu.rules.dossier import Dossier
    from hefu.rules.due import Passed
    from hefu.rules.events import Event
    from hefu.rules.model import Scheme

LIFE = life()
GRANTED = next(number for number, step in enumerate(LIFE.steps, 1) if step.dossier.certificate is not None)
DAY = timedelta(days=1)


def journal(store: Store, name: str) -> list[Event]:
    return [event for entry in entries(store, name, name) for event in entry.read()]


def test_a_late_sweep_writes_what_daily_ones_would(store: Store) -> None:
    live(store, LIFE, "daily", GRANTED)
    day, end = LIFE.steps[GRANTED - 1].on, date(2031, 6, 1)
    while day <= end:
        if waiting(store, day):
            sweep(store, when(day))
        day += DAY
    live(store, LIFE, "late", GRANTED)
    swept = sweep(store, when(end))
    assert swept.dossiers == 1
    assert journal(store, "late") == journal(store, "daily")
    assert store.load("late")[0].dossier == store.load("daily")[0].dossier
    assert store.load("late")[0].dossier.status == "expired"
    assert not audit(store).faults


def test_a_sweep_brings_what_the_pure_core_says(store: Store) -> None:
    done = live(store, LIFE, steps=GRANTED)
    on = date(2027, 1, 1)
    expected = due(LAWS.of(LIFE.scheme).scheme, done.dossier, on)
    swept = sweep(store, when(on))
    assert (swept.dossiers, swept.events) == (1, len(expected.events))
    assert journal(store, "d-1")[done.version :] == list(expected.events)


def test_a_second_sweep_of_a_day_finds_nothing_to_do(store: Store) -> None:
    live(store, LIFE, steps=GRANTED)
    on = date(2027, 1, 1)
    sweep(store, when(on))
    before = dump(store.using)
    assert sweep(store, when(on)) == (0, 0, ())
    assert dump(store.using) == before


def test_only_dossiers_whose_day_has_come_are_visited(store: Store) -> None:
    done = live(store, LIFE, steps=GRANTED)
    row = DossierRow.objects.using(store.using).get()
    assert row.wakes is not None
    assert waiting(store, row.wakes - DAY) == []
    assert waiting(store, row.wakes) == [done.id]


def test_more_than_a_chunk_is_swept_and_progress_is_told(store: Store) -> None:
    for number in range(CHUNK + 5):
        live(store, LIFE, f"d-{number}", steps=1)
    told: list[tuple[int, int]] = []
    swept = sweep(store, when(date(2026, 1, 1)), lambda done, total: told.append((done, total)))
    assert swept.dossiers == CHUNK + 5
    assert told == [(CHUNK, CHUNK + 5), (CHUNK + 5, CHUNK + 5)]


def test_a_dossier_that_cannot_be_read_is_reported_and_holds_up_no_other(store: Store) -> None:
    for name in ("a", "b", "c"):
        live(store, LIFE, name, steps=1)
    unguarded(store.using, "UPDATE hefu_journal SET events = '[{}]' WHERE dossier_id = 'b' AND number = 1")
    store.forget()
    swept = sweep(store, when(date(2026, 1, 1)))
    assert swept.dossiers == 2
    assert [(fault.dossier, "time cannot pass" in fault.what) for fault in swept.faults] == [("b", True)]


def test_an_act_fires_first_what_a_sweep_has_not(store: Store) -> None:
    live(store, LIFE, "swept", GRANTED)
    live(store, LIFE, "not", GRANTED)
    sweep(store, when(LIFE.steps[GRANTED].on))
    store.forget()
    live_on = LIFE.steps[GRANTED]
    for name in ("swept", "not"):
        assert not isinstance(perform(store, name, live_on.act, when(live_on.on)), Refused)
    assert journal(store, "swept") == journal(store, "not")


def test_of_the_facts_around_a_body_those_are_recorded_that_time_asks_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asking(scheme: Scheme, dossier: Dossier, now: date, facts: Mapping[str, Any], *more: Any) -> Passed:  # noqa: ANN401
        assert facts.get("partner_bodies") == ["body-1"]
        assert facts.get("never_recorded") is None
        return due(scheme, dossier, now, facts, *more)

    around = Store(store.using, LAWS, lambda body, _scheme: Around({"partner_bodies": [body], "others": [body]}, {}))
    live(around, LIFE, steps=1)
    monkeypatch.setattr("hefu.dossiers.sweep.due", asking)
    sweep(around, when(date(2026, 1, 1)))
    swept = [read(entry.given) for entry in entries(around, "d-1", "d-1") if entry.given][-1]
    assert (swept.act, swept.facts) == (None, {"partner_bodies": ["body-1"]})


def test_a_day_that_rested_on_an_unpublished_calendar_is_computed_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    laws = Laws(Library(ROOT / "schemes"))
    told = life(ROOT / "schemes/wal-qp-21/2.0", "due-days-beyond-the-published-year")
    ours = Store(store.using, laws)
    done = live(ours, told)
    runs = [run for run in done.dossier.live.values() if run.provisional and run.status == "running"]
    assert runs, "the story must end with a provisional clock for this to prove anything"
    on = told.steps[-1].on
    assert waiting(ours, on) == []
    law = laws.of(told.scheme)
    newer = replace(law.scheme, calendar=replace(law.scheme.calendar, version="2099.1"))
    monkeypatch.setattr(Laws, "calendar", "2099.1")
    monkeypatch.setattr(Laws, "of", lambda *_: law._replace(scheme=newer, versions={newer.version: newer}))
    ours.forget()
    assert waiting(ours, on) == ["d-1"]
    assert sweep(ours, when(on)).events == len(runs)
    assert waiting(ours, on) == []
