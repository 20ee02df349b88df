"""Laws of the journal: whatever anybody tries, in whatever order, on whatever day.

A random walk over every scheme that loads: a random act of a random person with a sample-filled form, after a random
number of days. The laws are asserted after each step, and once more on the journal as JSON.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hefu.rules.events import from_json, to_json
from hefu.rules.evolve import fold
from hefu.rules.explain import explain
from hefu.rules.load import BadSourceError, home, load, with_settings
from hefu.rules.replay.coverage import scripts
from hefu.rules.replay.run import moments
from hefu.rules.view import Actor
from tests.conftest import ROOT
from tests.rules.desk import Desk, codes
from tests.rules.personas import OTHER_USCC, USCC

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.rules.dossier import Dossier
    from hefu.rules.model import Scheme
    from hefu.rules.replay.scenario import Script

START = date(2025, 7, 1)
FOLDERS = sorted(path.parent for root in ("schemes", "examples") for path in (ROOT / root).glob("*/*/scheme.yaml"))


@lru_cache
def loaded(folder: Path) -> Scheme | None:
    """A scheme that is not finished yet is the business of tests/schemes."""
    try:
        return load(folder, home())
    except BadSourceError:
        return None


def crowd(scheme: Scheme) -> dict[str, Actor]:
    """One person for each role, one who holds all of them, and one who holds none."""
    firm = {"name": "示例科技有限公司", "uscc": USCC}
    people = {role: Actor(role, frozenset({role}), role, firm) for role in scheme.file.roles}
    every = Actor("everything", frozenset(scheme.file.roles), "万", {"name": "另一公司", "uscc": OTHER_USCC})
    return {**people, every.id: every, "nobody": Actor("nobody", frozenset())}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
@settings(max_examples=15)
@given(data=st.data())
def test_whatever_is_tried_the_laws_hold(folder: Path, data: st.DataObject) -> None:
    scheme = loaded(folder)
    if scheme is None:
        pytest.skip("does not load")
    desk, today = Desk(scheme, crowd(scheme)), START
    acts = sorted(action.id for machine in scheme.machines.values() for action in machine.actions.values())
    for _ in range(data.draw(st.integers(1, 25))):
        today += timedelta(days=data.draw(st.one_of(st.integers(0, 10), st.integers(0, 500))))
        desk.wait(today)
        person = desk.people[data.draw(st.sampled_from(sorted(desk.people)))]
        seen = explain(scheme, desk.dossier, person, today, desk.facts)
        permitted = [item.action.id for item in seen if item.permitted]
        name = data.draw(st.sampled_from(_worth_trying(data, permitted, acts)))
        before, kept = desk.dossier, desk.dossier.copy()
        decision = desk.ask(today, person, name, fill=True)
        assert before == kept, "a dossier that somebody holds never changes"
        if decision.refusals:
            assert decision.events == ()
            assert decision.dossier is before
            assert all(refusal.message.zh and refusal.message.en for refusal in decision.refusals)
        else:
            assert decision.events
            assert name not in {item.action.id for item in seen if not item.permitted and _only(scheme, before, name)}
            _no_act_after_an_end(scheme, before, name)
        _clocks_run_once(desk.dossier)
        assert set(codes(decision)).isdisjoint({"unknown-action", "date-backwards"})
    assert fold(desk.journal, scheme.ref) == desk.dossier
    entries = json.loads(json.dumps([to_json(event) for event in desk.journal], ensure_ascii=False))
    again = [from_json(entry, number) for number, entry in enumerate(entries)]
    assert again == desk.journal
    assert fold(again, scheme.ref) == desk.dossier


def _worth_trying(data: st.DataObject, permitted: list[str], acts: list[str]) -> list[str]:
    """Much of what is tried must be what could succeed, or the walk would never leave the first state."""
    likely: bool = data.draw(st.booleans())
    return permitted if permitted and likely else acts


def _only(scheme: Scheme, dossier: Dossier, name: str) -> bool:
    """Whether an act has one possible subject, so that what explain says of it is about the same one."""
    machine = scheme.machines[name.partition(".")[0]]
    if machine.kind == "item":
        return sum(item.kind == machine.name and not item.outcome for item in dossier.items.values()) <= 1
    return sum(case.process == machine.name and not case.outcome for case in dossier.cases.values()) <= 1


def _no_act_after_an_end(scheme: Scheme, before: Dossier, name: str) -> None:
    action = scheme.action(name)
    assert action is not None
    machine = scheme.machines[action.machine]
    if machine.kind == "certificate" and before.certificate is not None:
        state = machine.states[before.status]
        assert not state.outcome or state.id in action.sources
    case = before.case(machine.name)
    if machine.kind == "process" and case is not None and case.outcome and before.open_case(machine.name) is None:
        assert action.opens or case.state in action.sources


def _clocks_run_once(dossier: Dossier) -> None:
    assert not set(dossier.live) & set(dossier.ended)
    for run in dossier.live.values():
        assert run.status in {"running", "paused", "breached"}
        assert run.ended is None
        assert run.due <= run.latest
    for run in dossier.ended.values():
        assert run.status in {"met", "breached", "dropped"}
        assert run.ended is not None
    going = [(run.name, run.scope) for run in dossier.live.values() if run.status in {"running", "paused"}]
    assert len(going) == len(set(going)), "a clock runs once per scope"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
@settings(max_examples=6)
@given(seed=st.integers(0, 2**32))
def test_a_long_life_keeps_the_laws(folder: Path, seed: int) -> None:
    scheme = loaded(folder)
    if scheme is None:
        pytest.skip("does not load")
    chance = Random(seed)  # noqa: S311 - a walk that can be repeated
    desk = wander(in_the_middle(scheme, folder, chance), chance, steps=25)
    _the_end_is_final(desk.scheme, desk)
    _clocks_run_once(desk.dossier)
    assert fold(desk.journal, scheme.ref) == desk.dossier
    again = [from_json(json.loads(json.dumps(to_json(event)))) for event in desk.journal]
    assert again == desk.journal
    assert fold(again, scheme.ref) == desk.dossier


def _the_end_is_final(scheme: Scheme, desk: Desk) -> None:
    """Only an act that names the end as its source, or an appeal that is upheld, changes what has ended."""
    states = scheme.machines["certificate"].states
    ended, act = "", ""
    for event in desk.journal:
        if event.type == "acted":
            act = event.name
        if event.type != "certificate-moved":
            continue
        if ended and not event.data["new"] and not _may_reopen(scheme, act, ended):
            assert event.data["to"] in ("", ended), f"{act}: withdrawn is final"
            assert not event.data["set"], f"{act}: what has ended is not changed"
            assert not event.data["print"], f"{act}: what has ended is not printed again"
        now = event.data["to"] or ended
        ended = now if now and states[now].outcome else ""


def _may_reopen(scheme: Scheme, act: str, ended: str) -> bool:
    action = scheme.action(act)
    assert action is not None
    return (
        ended in action.sources
        if action.machine == "certificate"
        else scheme.machines[action.machine].process_kind == "appeal"
    )


def in_the_middle(scheme: Scheme, folder: Path, chance: Random) -> Desk:
    """A dossier as it stands after some step of some scenario; chance alone would seldom get that far."""
    found = stories(folder)
    if not found:
        return Desk(scheme, crowd(scheme))
    script = chance.choice(found)
    own = with_settings(scheme, script.scenario.settings)
    past = moments(own, script)[: chance.randint(1, len(script.scenario.steps))]
    desk = Desk(own, {**crowd(scheme), **script.people}, **{**script.scenario.facts, **past[-1].step.facts})
    desk.dossier = past[-1].dossier
    desk.journal = [event for moment in past for event in moment.events]
    return desk


@lru_cache
def stories(folder: Path) -> tuple[Script, ...]:
    try:
        return tuple(scripts(folder))
    except BadSourceError:
        return ()


def wander(desk: Desk, chance: Random, steps: int) -> Desk:
    """At each step somebody does something possible, fairly chosen, so that the dossier grows old."""
    today = desk.dossier.last or START
    for _ in range(steps):
        today += timedelta(days=chance.choice([0, 1, 3, 10, 40, 200]))
        if today.year > 2060:
            break
        desk.wait(today)
        could = [
            (item.action.id, item.subject, person)
            for person in desk.people.values()
            for item in explain(desk.scheme, desk.dossier, person, today, desk.facts)
            if item.permitted
        ]
        if not could:
            continue
        name, subject, person = chance.choice(could)
        desk.ask(today, person, name, item=subject if subject in desk.dossier.items else "", fill=True)
    return desk


def test_the_walk_goes_far_enough_to_prove_something() -> None:
    scheme = loaded(ROOT / "examples/qinghe-svc-01/1.0")
    assert scheme is not None
    lives = [wander(Desk(scheme, crowd(scheme)), Random(seed), steps=80) for seed in range(12)]  # noqa: S311 - a walk that can be repeated
    kinds = {event.type for desk in lives for event in desk.journal}
    assert {"certificate-moved", "clock-breached", "clock-met", "clock-paused", "duty-raised", "duty-settled"} <= kinds
    ends = {desk.dossier.status for desk in lives}
    assert ends & {"withdrawn", "cancelled", "expired"}
