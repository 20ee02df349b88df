"""export: a stored dossier as a scenario that the pure core runs again to the same state."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from hefu.dossiers.explain import explain_dossier
from hefu.dossiers.export import export
from hefu.dossiers.laws import Laws
from hefu.dossiers.outcome import Done, UnknownDossierError
from hefu.dossiers.perform import perform
from hefu.dossiers.store import Store
from hefu.dossiers.sweep import sweep
from hefu.rules.explain import explain
from hefu.rules.load import Library, with_settings
from hefu.rules.replay.run import moments, replay
from hefu.rules.replay.scenario import open_scenario
from hefu.rules.view import Around
from tests.conftest import ROOT
from tests.dossiers.lives import EXAMPLE, LAWS, life, live, when

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.rules.dossier import Dossier

LIFE = life()
SHIPPED = Laws(Library(ROOT / "schemes"))
STORIES = [
    (EXAMPLE, "a-whole-life"),
    (ROOT / "schemes/wal-qp-21/2.0", "a-whole-life"),
    (ROOT / "schemes/hbfma-2023-15/2023", "a-whole-life"),
    (ROOT / "schemes/nfcc-ir-000-01/2.0", "recertification-of-a-suspended-certificate"),
    (ROOT / "schemes/nfcc-ir-000-02/2.0", "a-whole-life-with-renewal"),
]


def replayed(store: Store, name: str, path: Path) -> Dossier:
    """The dossier of the exported file, run by the core alone; what it expects must hold."""
    path.write_text(export(store, name), encoding="utf-8")
    script = open_scenario(path)
    scheme = with_settings(store.load(name)[0].law.scheme, script.scenario.settings)
    result = replay(scheme, script)
    assert result["failures"] == []
    return moments(scheme, script)[-1].dossier


@pytest.mark.parametrize(("folder", "name"), STORIES, ids=lambda value: getattr(value, "parent", value) and str(value))
def test_an_exported_dossier_replays_to_the_same_state(store: Store, tmp_path: Path, folder: Path, name: str) -> None:
    ours = Store(store.using, LAWS if folder == EXAMPLE else SHIPPED)
    done = live(ours, life(folder, name))
    sweep(ours, when(life(folder, name).steps[-1].on + timedelta(days=400)))
    held, _ = ours.load("d-1")
    assert held.version >= done.version
    assert replayed(ours, "d-1", tmp_path / "out.yaml") == held.dossier


def test_settings_and_facts_go_with_it(store: Store, tmp_path: Path) -> None:
    ours = Store(store.using, LAWS, lambda _body, _scheme: Around({"partner_bodies": ["别家"]}, {}))
    facts = {"partner_bodies": ["南岸测试所", "北岸测试所"]}
    steps = tuple(step._replace(act=step.act._replace(facts=facts)) for step in LIFE.steps)
    told = LIFE._replace(settings={"supplement_days": 5}, steps=steps)
    live(ours, told, steps=6)
    sweep(ours, when(date(2027, 1, 1)))
    assert replayed(ours, "d-1", tmp_path / "out.yaml") == ours.load("d-1")[0].dossier
    assert "supplement_days: 5" in export(ours, "d-1")


def test_a_dossier_that_is_not_there_cannot_be_exported(store: Store) -> None:
    with pytest.raises(UnknownDossierError):
        export(store, "nobody")


def test_a_person_who_is_known_differently_from_a_day_on_is_so_in_the_scenario(store: Store, tmp_path: Path) -> None:
    live(store, LIFE, steps=3)
    later = next(step for step in LIFE.steps[3:] if step.act.by.id in {earlier.act.by.id for earlier in LIFE.steps[:3]})
    for step in LIFE.steps[3 : LIFE.steps.index(later)]:
        perform(store, "d-1", step.act, when(step.on))
    grown = later.act.by._replace(roles=later.act.by.roles | {"director"}, interests=frozenset({"别家"}))
    done = perform(store, "d-1", later.act._replace(by=grown), when(later.on))
    assert isinstance(done, Done)
    assert "director" in export(store, "d-1")
    assert replayed(store, "d-1", tmp_path / "out.yaml") == store.load("d-1")[0].dossier


def test_explain_tells_what_the_core_tells_and_the_version_seen(store: Store) -> None:
    done = live(store, LIFE, steps=5)
    on, actor = LIFE.steps[5].on, LIFE.steps[5].act.by
    seen = explain_dossier(store, "d-1", actor, on, {})
    assert seen.version == done.version
    assert list(seen.acts) == explain(LAWS.of(LIFE.scheme).scheme, seen.dossier, actor, on, {})
    assert LIFE.steps[5].act.do in {item.action.id for item in seen.acts if item.permitted}
    with pytest.raises(UnknownDossierError):
        explain_dossier(store, "nobody", actor, on, {})
