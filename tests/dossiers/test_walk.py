"""Whatever anybody tries, in whatever order: the database holds what the pure core says, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hefu.dossiers.audit import audit
from hefu.dossiers.history import each, entries
from hefu.dossiers.open import New, open_dossier
from hefu.dossiers.outcome import Done, Refused
from hefu.dossiers.perform import perform
from hefu.dossiers.sweep import sweep
from hefu.rules.decide import Act, decide
from hefu.rules.dossier import Dossier
from hefu.rules.due import due
from hefu.rules.evolve import fold
from hefu.rules.explain import explain
from hefu.rules.replay.sample import filled
from tests.dossiers.lives import LAWS, life, when
from tests.rules.test_journal_laws import crowd

if TYPE_CHECKING:
    from hefu.dossiers.store import Store

LAW = LAWS.of(life().scheme)
PEOPLE = crowd(LAW.scheme)
ACTS = sorted(action.id for machine in LAW.scheme.machines.values() for action in machine.actions.values())
NAMES = count()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_a_database_holds_what_the_pure_core_says(store: Store, data: st.DataObject) -> None:
    name, today, dossier = f"walk-{next(NAMES)}", date(2025, 7, 1), Dossier(LAW.scheme.ref)
    for _ in range(data.draw(st.integers(1, 15))):
        today += timedelta(days=data.draw(st.one_of(st.integers(0, 10), st.integers(0, 500))))
        if dossier.size and data.draw(st.booleans()):
            sweep(store, when(today))
            dossier = due(LAW.scheme, dossier, today).dossier
        person = PEOPLE[data.draw(st.sampled_from(sorted(PEOPLE)))]
        passed = due(LAW.scheme, dossier, today, {}, PEOPLE).dossier
        possible = [item.action.id for item in explain(LAW.scheme, passed, person, today, {}) if item.permitted]
        likely: bool = data.draw(st.booleans())
        do = data.draw(st.sampled_from(possible if possible and likely else ACTS))
        act = Act(do, person, people=PEOPLE)
        act = act._replace(form=filled(LAW.scheme, passed, act, today))
        expected = decide(LAW.scheme, passed, act, today)
        if dossier.size:
            answer = perform(store, name, act, when(today))
        else:
            answer = open_dossier(store, New(name, LAW.scheme.ref, "b", "t"), act, when(today))
        if expected.ok:
            dossier = expected.dossier
            assert isinstance(answer, Done)
            assert answer.dossier == dossier
        else:
            assert isinstance(answer, Refused)
            assert answer.refusals == expected.refusals
    if not dossier.size:
        return
    if data.draw(st.booleans()):
        store.forget()
    assert store.load(name)[0].dossier == dossier
    assert fold((item.event for item in each(entries(store, name, name))), LAW.scheme.ref) == dossier
    assert not audit(store).faults


@pytest.fixture(autouse=True)
def _settled(store: Store) -> None:
    """One set of tables for all examples of a test; each walk has a dossier of its own."""
    store.forget()
