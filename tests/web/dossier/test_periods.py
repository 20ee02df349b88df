"""Periods in which nothing is to be done, but that have to pass: nobody is late for them."""

from __future__ import annotations

import pytest

from hefu.dossiers.models import WorkRow
from hefu.rules.events import Event
from hefu.rules.told import told
from tests.web.dossier.scene import TODAY, Scene, scene

pytestmark = [pytest.mark.usefixtures("site"), pytest.mark.usefixtures("today")]


def listing(until: str) -> Scene:
    return scene(until, "hbfma", "hbfma-2023-15/a-whole-life", "jizhou")


def test_neither_a_call_nor_its_publicity_is_work_with_a_limit() -> None:
    rows = WorkRow.objects.filter(dossier=listing("nomination.publicise").dossier)
    held = {(row.state, row.due) for row in rows if row.kind == "case"}
    assert {state for state, _due in held} == {"open", "publicised"}
    assert {due for _state, due in held} == {None}


def test_a_limit_of_the_whole_dossier_that_runs_is_not_told_as_not_begun() -> None:
    page = listing("campaign.open-campaign").page("ban").context["page"]
    assert "next-campaign" in {run.name for run in page.clocks}
    assert "next-campaign" not in {clock.name for clock in page.idle}


def test_a_period_that_the_act_of_its_end_closes_is_told_as_done_and_not_as_late() -> None:
    scheme = listing("campaign.open-campaign").page("ban").context["page"].door.scheme
    late = {"occurrence": 1, "late": True}
    for name in ("campaign", "campaign-opening"):
        said = told(scheme, Event("clock-met", TODAY, "", "campaign-1", name, late, ()))
        assert said is not None
        assert said.how == "clock-done"
