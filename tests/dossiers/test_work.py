"""What waits for whom, told from the state of a dossier."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hefu.dossiers.laws import Law
from hefu.dossiers.work import CASE, CLOCK, DUTY, work
from tests.rules.desk import Desk
from tests.rules.personas import LI, WANG
from tests.rules.scheme_factory import toy

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.dossiers.work import Work

DAY = date(2025, 3, 3)
LIMITS = {
    "initial": """
        clocks:
          accepting: {title: {zh: 受理, en: Accepting}, length: {days: 5}, starts: initial.submit,
            stops: initial.accept, owner: application-reviewer, clauses: [T/accept],
            breach: {duty: {act: initial.accept, role: director, clauses: [T/accept]}}}
          whole: {title: {zh: 全程, en: Whole}, length: {days: 60}, starts: initial.submit, stops: initial.grant,
            owner: director, clauses: [T/grant], breach: {flag: {zh: 逾期, en: late}}}
          keeping: {title: {zh: 保存, en: Keeping}, kind: ban, length: {days: 9}, starts: initial.submit,
            owner: director, clauses: [T/grant], breach: {flag: {zh: 满, en: over}}}
          later: {title: {zh: 提醒, en: Later}, length: {days: 60}, starts: initial.submit, stops: initial.grant,
            reminders: [{before: {days: 10}, to: auditor}],
            owner: auditor, clauses: [T/grant], breach: {flag: {zh: 逾期, en: late}}}
    """,
}


def waiting(desk: Desk) -> dict[tuple[str, str, str], Work]:
    law = Law(desk.scheme, {desk.scheme.version: desk.scheme})
    return {(one.kind, one.name or one.state, one.role): one for one in work(law, desk.dossier)}


def test_a_case_waits_for_those_whose_turn_it_is_by_their_own_limit(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, **LIMITS))
    desk.do(DAY, WANG, "initial.submit")
    found = waiting(desk)
    case = found[CASE, "submitted", "application-reviewer"]
    assert (case.due, case.clock, case.since) == (date(2025, 3, 10), "accepting@initial-1#1", DAY)
    assert (CLOCK, "accepting", "application-reviewer") not in found, "it is told with the case"
    assert found[CLOCK, "whole", "director"].due == date(2025, 5, 6)


def test_whoever_has_no_limit_of_their_own_is_pressed_by_that_of_the_case(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, **LIMITS))
    desk.do(DAY, WANG, "initial.submit")
    desk.do(DAY, LI, "initial.accept")
    assert waiting(desk)[CASE, "assessing", "auditor"].clock == "later@initial-1#1"


def test_only_limits_within_which_something_must_be_done_wait_and_from_the_first_reminder_on(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, **LIMITS))
    desk.do(DAY, WANG, "initial.submit")
    found = waiting(desk)
    assert not [key for key in found if key[1] == "keeping"]
    assert found[CLOCK, "later", "auditor"].since == date(2025, 4, 26)


def test_a_duty_waits_for_its_role_from_the_day_on_which_it_was_raised(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, **LIMITS))
    desk.do(DAY, WANG, "initial.submit")
    desk.wait("2025-03-20")
    duty = waiting(desk)[DUTY, "initial.accept", "director"]
    assert (duty.machine, duty.case, duty.since) == ("initial", "initial-1", date(2025, 3, 11))
