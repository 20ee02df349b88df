"""Whose turn it is, and who is out on which days: what lists and calendars read from a scheme and a case."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hefu.rules.load import home, load
from hefu.rules.turn import shared, turn
from hefu.rules.visits import Visit, visits
from tests.rules.desk import Desk
from tests.rules.personas import WANG
from tests.rules.scheme_factory import toy

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2025, 3, 3)
MORE_ACTS = {
    "initial": """
        states: {waiting: {stage: assessment, title: {zh: 等, en: waiting}}}
        actions:
          ask: {by: application-reviewer, from: submitted, to: waiting, title: {zh: 问, en: Ask}, clauses: [T/accept]}
          answer: {by: client, from: waiting, to: submitted, title: {zh: 答, en: Answer}, clauses: [T/accept]}
          stop: {by: decision-maker, from: [submitted, waiting], to: denied, title: {zh: 止, en: Stop},
            clauses: [T/deny]}
          note: {by: director, from: waiting, title: {zh: 记, en: Note}, clauses: [T/accept]}
          lapse: {by: system, from: waiting, to: denied, title: {zh: 失效, en: Lapse}, clauses: [T/deny]}
    """,
}
OUT = {
    "scheme": "visits: [{from: out_on, to: back_on, team: team}]",
    "initial": """
        actions:
          submit:
            fields:
              - {id: out_on, type: date, title: {zh: 起, en: From}}
              - {id: back_on, type: date, required: false, title: {zh: 止, en: To}}
              - {id: team, type: team, required: false, title: {zh: 组, en: Team},
                 columns: [{id: person, type: text, title: {zh: 人, en: Person}}]}
    """,
}


def test_it_is_the_turn_of_whoever_can_lead_on(tmp_path: Path) -> None:
    scheme = toy(tmp_path, **MORE_ACTS)
    assert turn(scheme, "initial", "submitted") == {"application-reviewer": ("accept", "ask")}
    assert turn(scheme, "initial", "waiting") == {"client": ("answer",)}


def test_the_states_in_which_several_roles_wait_are_told_by_their_machine() -> None:
    scheme = load(home() / "wal-qp-21" / "2.0")
    roles = {"application-reviewer", "certificate-officer"}
    found = shared(scheme, roles)
    assert "appointed" in found["initial"]
    for name, machine in scheme.machines.items():
        for state in machine.states:
            assert (state in found.get(name, ())) == (roles <= turn(scheme, name, state).keys())
    assert shared(scheme, {"planner", "certificate-officer"}) == {}


def test_nobody_is_asked_to_end_a_file_that_is_only_kept() -> None:
    scheme = load(home() / "nfcc-ir-000-01" / "2.0")
    assert [action.name for action in scheme.machines["use"].actions.values() if action.targets]
    assert turn(scheme, "use", "open") == {}


def test_where_everything_ends_the_thing_it_is_the_turn_of_whoever_can_end_it(tmp_path: Path) -> None:
    scheme = toy(tmp_path)
    assert turn(scheme, "initial", "deciding") == {"decision-maker": ("grant", "deny")}
    assert turn(scheme, "initial", "granted") == turn(scheme, "other", "granted") == {}


def test_a_visit_is_one_day_until_its_end_is_known_and_one_for_each_who_goes(tmp_path: Path) -> None:
    scheme = toy(tmp_path, **OUT)
    ones = []
    for form in (
        {"out_on": DAY},
        {"out_on": DAY, "back_on": date(2025, 3, 5), "team": [{"person": "li"}, {"person": "wang"}]},
    ):
        desk = Desk(scheme)
        desk.do(DAY, WANG, "initial.submit", form)
        case = desk.dossier.case("initial")
        assert case is not None
        ones.append(list(visits(scheme, case)))
    alone, both = ones
    assert alone == [Visit("out_on", "", DAY, DAY)]
    assert both == [
        Visit("out_on", "li", DAY, date(2025, 3, 5)),
        Visit("out_on", "wang", DAY, date(2025, 3, 5)),
    ]
