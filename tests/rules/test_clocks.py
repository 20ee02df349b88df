"""Clocks: what starts, stops, pauses and ends them, on which day they are due, and what follows when they run out."""

from pathlib import Path

import pytest

from tests.rules.answer_clock import PAUSES, clock, days, submitted
from tests.rules.desk import Desk, day, types
from tests.rules.personas import LI, WANG
from tests.rules.scheme_factory import toy

# Start and stop.


def test_the_first_day_is_not_counted(tmp_path: Path) -> None:
    assert days(submitted(tmp_path)) == ("2025-01-13", "running")  # Monday to Monday


def test_the_act_that_it_waits_for_meets_it_on_its_last_day(tmp_path: Path) -> None:
    desk = submitted(tmp_path)
    decision = desk.do("2025-01-13", LI, "initial.accept")
    assert "clock-met" in types(decision.events)
    assert days(desk) == ("2025-01-13", "met")
    assert desk.wait("2025-06-01") == ()


def test_a_day_later_it_is_breached_once_on_that_day_and_stays_so_when_it_is_met(tmp_path: Path) -> None:
    desk = submitted(tmp_path)
    assert desk.wait("2025-01-13") == ()
    events = desk.wait("2025-01-20")
    assert [(event.type, event.on, event.clauses) for event in events] == [
        ("clock-breached", day("2025-01-14"), ("T/answer",)),
        ("flagged", day("2025-01-14"), ("T/answer",)),
    ]
    desk.do("2025-01-21", LI, "initial.accept")
    assert days(desk) == ("2025-01-13", "breached")


def test_a_clock_does_not_start_where_its_condition_fails(tmp_path: Path) -> None:
    assert not submitted(tmp_path, when="today == never").dossier.live


def test_a_clock_runs_once_at_a_time_and_may_run_again(tmp_path: Path) -> None:
    desk = submitted(tmp_path, starts="[initial.submit, initial.ask]", stops="initial.reply")
    desk.do("2025-01-07", LI, "initial.ask")
    assert days(desk) == ("2025-01-13", "running")
    desk.do("2025-01-08", WANG, "initial.reply")
    desk.do("2025-01-09", LI, "initial.ask")
    assert [(run.occurrence, run.status) for run in desk.dossier.clocks("answer")] == [(1, "met"), (2, "running")]


def test_a_clock_may_count_from_another_day_than_that_of_its_start(tmp_path: Path) -> None:
    assert days(submitted(tmp_path, **{"from": '"plus_days(today, -3)"'}))[0] == "2025-01-10"


def test_a_clock_may_be_due_on_a_day_that_somebody_set(tmp_path: Path) -> None:
    assert days(submitted(tmp_path, length="", due='"plus_days(today, 10)"'))[0] == "2025-01-16"


def test_its_number_may_be_a_setting(tmp_path: Path) -> None:
    setting = "settings: {answer_days: {type: integer, default: 2, title: {zh: 日, en: Days}}}"
    desk = Desk(toy(tmp_path, scheme=setting, initial=clock(length="{working-days: answer_days}")))
    desk.do("2025-01-06", WANG, "initial.submit")
    assert days(desk)[0] == "2025-01-08"


@pytest.mark.parametrize(
    ("kind", "due"),
    [("task", "2025-02-05"), ("window", "2025-02-01"), ("validity", "2025-02-01"), ("ban", "2025-02-01")],
)
def test_only_a_task_rolls_over_days_off(tmp_path: Path, kind: str, due: str) -> None:
    # 26 days on is the Saturday of the Spring Festival; work begins on Wednesday, 5 February.
    assert days(submitted(tmp_path, length="{days: 26}", kind=kind))[0] == due


def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(tmp_path: Path) -> None:
    assert days(submitted(tmp_path, "2025-01-31", length="{months: 1}", kind="window"))[0] == "2025-02-28"


# Stops.


def test_two_overlapping_stops_are_taken_out_once(tmp_path: Path) -> None:
    desk = submitted(tmp_path, length="{days: 20}", kind="window", pauses=PAUSES)
    assert days(desk)[0] == "2025-01-26"
    desk.do("2025-01-08", LI, "initial.ask")
    assert days(desk)[1] == "paused"
    desk.do("2025-01-10", LI, "initial.test")
    desk.do("2025-01-14", WANG, "initial.reply")
    assert days(desk)[1] == "paused"  # the test is still out
    decision = desk.do("2025-01-16", WANG, "initial.result")
    # Stopped from the 8th to the 16th: 8 days, not 6 + 6.
    assert days(desk) == ("2025-02-03", "running")
    assert ("clock-resumed", ("T/stop-2",)) in [(event.type, event.clauses) for event in decision.events]


def test_gross_stopped_and_net_days_are_told_apart(tmp_path: Path) -> None:
    from hefu.rules.clocks import reading  # noqa: PLC0415 - used once

    desk = submitted(tmp_path, length="{days: 20}", kind="window", pauses=PAUSES)
    desk.do("2025-01-08", LI, "initial.ask")
    desk.do("2025-01-14", WANG, "initial.reply")
    read = reading(desk.scheme, desk.clock("answer"), day("2025-01-16"))
    assert (read.gross, read.stopped, read.net) == (10, 6, 4)
    desk.do("2025-01-17", LI, "initial.accept")
    read = reading(desk.scheme, desk.clock("answer"), day("2025-12-31"))
    assert (read.gross, read.stopped, read.net) == (11, 6, 5)  # it counts no day after its end


def test_a_clock_that_is_stopped_does_not_run_out(tmp_path: Path) -> None:
    desk = submitted(tmp_path, pauses=PAUSES)
    desk.do("2025-01-08", LI, "initial.ask")
    assert desk.wait("2026-01-08") == ()
    desk.do("2026-01-08", WANG, "initial.reply")
    assert days(desk) == ("2026-01-13", "running")


def test_asking_twice_stops_once_and_a_reply_to_no_question_changes_nothing(tmp_path: Path) -> None:
    desk = submitted(tmp_path, pauses=PAUSES)
    assert "clock-resumed" not in types(desk.do("2025-01-07", WANG, "initial.reply").events)
    desk.do("2025-01-08", LI, "initial.ask")
    assert "clock-paused" not in types(desk.do("2025-01-09", LI, "initial.ask").events)
    desk.do("2025-01-10", WANG, "initial.reply")
    assert days(desk) == ("2025-01-15", "running")


# A second limit.


def test_a_first_limit_passed_is_overdue_and_only_the_second_is_a_breach(tmp_path: Path) -> None:
    desk = submitted(tmp_path, latest="{working-days: 8}")
    desk.wait("2025-01-16")
    assert days(desk) == ("2025-01-13", "running")
    assert desk.clock("answer").overdue
    events = desk.wait("2025-01-31")
    assert [(event.type, event.on.day) for event in desk.journal[2:] if event.type.startswith("clock-o")] == [
        ("clock-overdue", 14)
    ]
    assert [(event.type, event.on.day) for event in events] == [("clock-breached", 17), ("flagged", 17)]
