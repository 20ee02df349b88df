"""Clocks: what starts, stops, pauses and ends them, on which day they are due, and what follows when they run out."""

from pathlib import Path

import pytest

from tests.rules.desk import Desk, day, types
from tests.rules.personas import LI, QIAN, WANG, ZHAO
from tests.rules.scheme_factory import toy


def clock(**said: str) -> str:
    """The file `initial` with one clock `answer`: 5 working days from submitting to accepting, unless said otherwise."""
    parts = {
        "title": "{zh: 答复, en: Answer}", "length": "{working-days: 5}", "starts": "initial.submit", "stops": "initial.accept",
        "owner": "application-reviewer", "breach": "{flag: {zh: 逾期, en: late}}", "clauses": "[T/answer]",
    } | said  # fmt: skip
    lines = "".join(f"    {key}: {value}\n" for key, value in parts.items() if value)
    return f"{ASIDES}clocks:\n  answer:\n{lines}"


# Acts that only move clocks: two kinds of question, and an answer to each.
ASIDES = """
actions:
  ask: {title: {zh: 问, en: ask}, by: application-reviewer, from: submitted, clauses: [T/ask]}
  reply: {title: {zh: 答, en: reply}, by: client, from: submitted, clauses: [T/reply]}
  test: {title: {zh: 送检, en: test}, by: application-reviewer, from: submitted, clauses: [T/test]}
  result: {title: {zh: 结果, en: result}, by: client, from: submitted, clauses: [T/result]}
"""
PAUSES = (
    "[{starts: initial.ask, ends: initial.reply, clauses: [T/stop-1]}, {starts: initial.test, ends: initial.result, clauses: [T/stop-2]}]"
)


def submitted(tmp_path: Path, on: str = "2025-01-06", **said: str) -> Desk:
    desk = Desk(toy(tmp_path, initial=clock(**said)))
    desk.do(on, WANG, "initial.submit")
    return desk


def days(desk: Desk) -> tuple[str, str]:
    run = desk.clock("answer")
    return run.due.isoformat(), run.status


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


@pytest.mark.parametrize(("kind", "due"), [("task", "2025-02-05"), ("window", "2025-02-01"), ("validity", "2025-02-01"), ("ban", "2025-02-01")])
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
    assert [(event.type, event.on.day) for event in desk.journal[2:] if event.type.startswith("clock-o")] == [("clock-overdue", 14)]
    assert [(event.type, event.on.day) for event in events] == [("clock-breached", 17), ("flagged", 17)]


# What follows when it runs out.


def test_a_reminder_is_sent_once_on_its_day_to_whom_it_concerns(tmp_path: Path) -> None:
    desk = submitted(tmp_path, length="{days: 30}", kind="window", reminders="[{before: {days: 10}, to: client}, {before: {days: 3}, to: auditor}]")
    assert desk.wait("2025-01-25") == ()
    notices = [event for event in (*desk.wait("2025-01-26"), *desk.wait("2025-01-27"), *desk.wait("2025-02-04")) if event.type == "notice-sent"]
    assert [(event.on, event.name, tuple(event.data["to"])) for event in notices] == [
        (day("2025-01-26"), "answer-reminder", ("client",)),
        (day("2025-02-02"), "answer-reminder", ("auditor",)),
    ]


def test_an_automatic_act_is_done_by_nobody_on_the_day_after_the_last(tmp_path: Path) -> None:
    desk = certified(tmp_path)
    assert desk.wait("2028-01-08") == ()
    assert desk.dossier.status == "valid"  # to the end of its last day
    events = desk.wait("2028-03-01")
    assert [(event.type, event.on, event.by) for event in events][:2] == [
        ("clock-breached", day("2028-01-09"), ""), ("acted", day("2028-01-09"), ""),
    ]  # fmt: skip
    assert desk.dossier.status == "expired"


def certified(tmp_path: Path, certificate: str = "{}", **snippets: str) -> Desk:
    """Given a certificate of three years from 2025-01-09."""
    desk = Desk(toy(tmp_path, certificate=certificate, **snippets))
    for on, by, do in (("06", WANG, "submit"), ("07", LI, "accept"), ("08", ZHAO, "report"), ("09", QIAN, "grant")):
        desk.do(f"2025-01-{on}", by, f"initial.{do}")
    return desk


SUSPEND = "{duty: {act: certificate.suspend, role: decision-maker, within: {working-days: 3}, clauses: [T/duty]}}"


def test_a_duty_is_raised_once_with_its_day_and_settled_by_the_act(tmp_path: Path) -> None:
    desk = certified(tmp_path, f"""
clocks:
  year: {{title: {{zh: 年, en: Year}}, kind: window, length: {{days: 365}}, starts: initial.grant, owner: auditor, breach: {SUSPEND}, clauses: [T/year]}}
  half: {{title: {{zh: 半, en: Half}}, kind: window, length: {{days: 180}}, starts: initial.grant, owner: auditor, breach: {SUSPEND}, clauses: [T/half]}}
""")
    desk.wait("2026-01-10")
    (duty,) = desk.dossier.duties.values()
    assert (duty.act, duty.role, duty.raised, duty.due, duty.clauses) == (
        "certificate.suspend", "decision-maker", day("2025-07-09"), day("2025-07-14"), ("T/duty",),
    )  # fmt: skip
    desk.do("2026-01-12", QIAN, "certificate.suspend")
    assert desk.duties == []


def test_a_duty_that_can_no_longer_be_done_lapses_with_the_certificate(tmp_path: Path) -> None:
    desk = certified(tmp_path, f"""
clocks:
  year: {{title: {{zh: 年, en: Year}}, kind: window, length: {{days: 365}}, starts: initial.grant, owner: auditor, breach: {SUSPEND}, clauses: [T/year]}}
""")
    desk.wait("2026-01-10")
    desk.do("2026-01-12", QIAN, "certificate.withdraw")
    assert desk.duties == []


def test_a_duty_of_a_case_lapses_with_the_case(tmp_path: Path) -> None:
    denial = "{duty: {act: initial.deny, role: decision-maker, clauses: [T/duty]}}"
    desk = submitted(tmp_path, breach=denial)
    for on, by, do in (("21", LI, "accept"), ("22", ZHAO, "report"), ("23", QIAN, "grant")):
        desk.do(f"2025-01-{on}", by, f"initial.{do}")
    assert desk.duties == []


def test_the_same_duty_of_two_cases_is_raised_for_each(tmp_path: Path) -> None:
    denial = "{duty: {act: initial.accept, role: application-reviewer, clauses: [T/duty]}}"
    desk = Desk(toy(tmp_path, initial=clock(breach=denial) + "many: true\n"))
    desk.do("2025-01-06", WANG, "initial.submit")
    desk.do("2025-01-06", WANG, "initial.submit")
    desk.wait("2025-02-10")
    assert desk.duties == ["initial.accept", "initial.accept"]
    desk.do("2025-02-10", LI, "initial.accept", item="initial-1")
    assert [duty.case for duty in desk.dossier.duties.values()] == ["initial-2"]


def test_a_breach_may_start_another_clock_on_its_day(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, initial=clock() + """
  grace: {title: {zh: 宽限, en: Grace}, kind: window, length: {days: 10}, starts: clock.answer.breached, owner: client,
          breach: {flag: {zh: 完, en: over}}, clauses: [T/grace]}
"""))  # fmt: skip
    desk.do("2025-01-06", WANG, "initial.submit")
    desk.wait("2025-01-20")
    assert (desk.clock("grace").started, desk.clock("grace").due) == (day("2025-01-14"), day("2025-01-24"))


# The end of what it belongs to.


def test_a_clock_of_a_case_ends_with_the_case(tmp_path: Path) -> None:
    desk = submitted(tmp_path, length="{days: 300}", stops="initial.reply")
    desk.do("2025-01-07", LI, "initial.accept")
    desk.do("2025-01-08", ZHAO, "initial.report")
    decision = desk.do("2025-01-09", QIAN, "initial.deny")
    assert "clock-dropped" in types(decision.events)
    assert days(desk)[1] == "dropped"
    assert desk.wait("2027-01-01") == ()


def test_a_clock_of_the_certificate_ends_with_it_and_one_that_survives_does_not(tmp_path: Path) -> None:
    desk = certified(tmp_path, """
clocks:
  ban:
    title: {zh: 禁申期, en: Ban}
    kind: ban
    length: {years: 1}
    starts: certificate.withdraw
    owner: client
    survives: true
    breach: {flag: {zh: 解禁, en: over}}
    clauses: [T/ban]
""")
    desk.do("2025-03-03", QIAN, "certificate.withdraw")
    assert desk.clock("validity").status == "dropped"
    assert (desk.clock("ban").status, desk.clock("ban").due) == ("running", day("2026-03-03"))
    assert types(desk.wait("2026-03-04")) == ["clock-breached", "flagged"]


ITEM = """
items:
  finding:
    prefix: NC
    title: {zh: 不符合项, en: Finding}
    states: {open: {title: {zh: 开启, en: open}}, closed: {title: {zh: 关闭, en: closed}, end: closed}}
    actions: {close: {title: {zh: 关闭, en: close}, by: auditor, from: open, to: closed, clauses: [T/close]}}
    clocks:
      rectify: {title: {zh: 整改, en: Rectify}, length: {days: 10}, kind: window, starts: initial.report, stops: finding.close,
                owner: client, breach: {flag: {zh: 逾期, en: late}}, clauses: [T/rectify]}
"""


def test_a_clock_of_an_item_starts_with_the_act_that_raises_the_item_and_runs_for_each(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, scheme=ITEM, initial="actions: {report: {raises: finding, to: assessing}}"))
    for on, by, do in (("06", WANG, "submit"), ("07", LI, "accept"), ("08", ZHAO, "report"), ("09", ZHAO, "report")):
        desk.do(f"2025-01-{on}", by, f"initial.{do}")
    assert {run.scope: run.due.day for run in desk.dossier.live.values()} == {"NC-1": 18, "NC-2": 19}
    desk.do("2025-01-10", ZHAO, "finding.close", item="NC-1")
    assert [run.scope for run in desk.dossier.live.values()] == ["NC-2"]
