"""The people of a dossier: who leads, what stands against somebody, and who may act instead."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hefu.people.interests import declare
from hefu.people.models import Assignment
from tests.web.dossier.scene import TODAY, Scene, scene

if TYPE_CHECKING:
    from hefu.web.dossier.people import People, Person

pytestmark = [pytest.mark.usefixtures("site"), pytest.mark.usefixtures("today")]


def interested(held: Scene, who: str) -> None:
    """Somebody declares an interest in the organisation that applies."""
    declare(held.cast.accounts[who], held.cast.organisations["anxin"].uscc, "配偶在该单位任职", TODAY, TODAY)


def people(held: Scene, who: str) -> People:
    found: People = held.page(who).context["page"].people
    return found


def of(held: Scene, who: str, seen: People) -> Person:
    return next(one for one in seen.everybody if one.key == held.cast.accounts[who].key)


def test_the_team_stands_first_with_its_leader_and_the_man_days_of_each() -> None:
    held = scene("initial.open-audit")
    seen = people(held, "li")
    assert seen.everybody[0].key == held.cast.accounts["zhao"].key
    assert seen.everybody[0].duties[0] == "审核组长"
    assert seen.everybody[0].duties[-1] == "人日 2"
    assert [(row.title, row.text) for row in seen.man_days] == [("审核人天", "5")]
    assert "审核组长" in held.page("li").content.decode()


def test_an_interest_declared_since_is_told_with_its_clause_and_the_planner_is_led_to_another_appointment() -> None:
    held = scene("initial.hand-over")
    interested(held, "zhao")
    page = held.page("pan").content.decode()
    panel = page[page.index('id="people-h"') :]
    panel = panel[: panel.index("</section>")]
    assert "有成员与申请组织存在利害关系" in panel
    assert "请回避并改派" in panel
    assert f'href="/d/{held.dossier}/do/initial.appoint-team/"' in panel
    assert "§6.4.2.2" in panel
    assert len([one for one in people(held, "pan").everybody if one.against]) == 1


def test_whoever_may_not_appoint_reads_whose_matter_it_is() -> None:
    held = scene("initial.hand-over")
    interested(held, "zhao")
    (act,) = of(held, "zhao", people(held, "li")).change
    assert (act.action.id, bool(act.refusals)) == ("initial.appoint-team", True)
    assert "项目管理人员" in held.page("li", "people/").content.decode()


def test_once_no_act_appoints_any_more_that_is_said() -> None:
    held = scene("initial.close-audit")
    interested(held, "zhao")
    zhao = of(held, "zhao", people(held, "li"))
    assert (bool(zhao.against), zhao.change) == (True, ())
    assert "当前状态没有可改派人员的操作" in held.page("li").content.decode()


def test_the_client_reads_neither_interests_nor_man_days() -> None:
    held = scene("initial.hand-over")
    interested(held, "zhao")
    seen = people(held, "wang")
    assert not any(one.against for one in seen.everybody)
    assert not seen.man_days


def test_whoever_may_not_decide_for_reasons_of_their_own_reads_who_may() -> None:
    held = scene("initial.review")
    since, yu = date(2026, 1, 1), held.cast.accounts["yu"]
    Assignment.objects.create(account=yu, body_id="wal", role="decision-maker", since=since)
    interested(held, "qian")
    page = held.page("qian")
    act = next(one for one in page.context["page"].acts.cannot if one.action.id == "initial.grant")
    assert [why.code for why in act.refusals] == ["decider-conflicted"]
    assert act.instead == (held.cast.accounts["yu"].name,)
    assert "可由下列人员办理" in page.content.decode()


def test_where_the_rules_refuse_everybody_nobody_is_named() -> None:
    held = scene("initial.submit")
    cannot = held.page("li").context["page"].acts.cannot
    assert [one.instead for one in cannot if one.action.id == "initial.review-application"] == [()]
