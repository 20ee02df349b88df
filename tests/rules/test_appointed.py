"""Who is appointed in a case, and what today stands against it."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from hefu.rules.appointed import appointed, unfit
from hefu.rules.load import Library, load
from hefu.rules.replay.run import moments
from hefu.rules.replay.scenario import open_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from hefu.rules.dossier import Case, Dossier
    from hefu.rules.model import Scheme
    from hefu.rules.refusal import Refusal
    from hefu.rules.view import Actor

TODAY = date(2025, 3, 20)
CLIENT = "91110000600037341L"


@cache
def lived() -> tuple[Scheme, Dossier, Case, Mapping[str, Actor]]:
    """A case of WAL-QP-21 with a team of two, and the people of its story."""
    folder = next(folder for folder in Library().folders() if folder.parent.name == "wal-qp-21")
    scheme, script = load(folder), open_scenario(folder / "scenarios/a-whole-life.yaml")
    done = [moment.dossier for moment in moments(scheme, script) if moment.step.do == "initial.appoint-team"]
    case = done[0].open_case("initial")
    assert case is not None
    return scheme, done[0], case, script.people


def against(**changed: Any) -> dict[str, tuple[Refusal, ...]]:  # noqa: ANN401 - parts of an actor
    """What stands against whom, once something about zhao has changed."""
    scheme, dossier, case, people = lived()
    return unfit(scheme, dossier, case, {}, {**people, "zhao": people["zhao"]._replace(**changed)}, TODAY)


def test_the_team_is_told_with_its_duties_and_its_leader_first() -> None:
    scheme, _, case, _ = lived()
    assert [(one.person, one.row["duty"], one.action.id) for one in appointed(scheme, case)] == [
        ("zhao", "lead-auditor", "initial.appoint-team"), ("sun", "auditor", "initial.appoint-team"),
    ]  # fmt: skip


def test_nothing_stands_against_people_of_whom_nothing_has_changed() -> None:
    assert not against()


def test_an_interest_declared_since_stands_against_that_member_alone_under_its_clause() -> None:
    found = against(interests=frozenset({CLIENT}))
    assert list(found) == ["zhao"]
    assert [(why.code, why.clauses) for why in found["zhao"]] == [("member-conflicted", ("WAL-QP-21/6.4.2.2/s4#b",))]
    assert found["zhao"][0].remedy is not None


def test_a_competence_that_has_run_out_stands_against_a_member_too() -> None:
    found = against(competence=({"field": "*", "until": date(2025, 3, 19)},))
    assert {key: [why.code for why in said] for key, said in found.items()} == {"zhao": ["not-competent"]}


def test_of_somebody_who_is_not_known_any_more_nothing_is_said() -> None:
    scheme, dossier, case, people = lived()
    rest = {key: one._replace(interests=frozenset({CLIENT})) for key, one in people.items() if key != "zhao"}
    assert list(unfit(scheme, dossier, case, {}, rest, TODAY)) == ["sun"]
