"""Clocks that run out, and clocks whose owner ends: reminders, automatic acts, duties, flags; what ends with what."""
# ruff: noqa: E501 - snippets of YAML stand as they would in a scheme, and Chinese signs count double

from pathlib import Path

from tests.rules.answer_clock import clock, days, submitted
from tests.rules.desk import Desk, day, types
from tests.rules.personas import LI, QIAN, WANG, ZHAO
from tests.rules.scheme_factory import toy

# What follows when it runs out.


def test_a_reminder_is_sent_once_on_its_day_to_whom_it_concerns(tmp_path: Path) -> None:
    desk = submitted(
        tmp_path,
        length="{days: 30}",
        kind="window",
        reminders="[{before: {days: 10}, to: client}, {before: {days: 3}, to: auditor}]",
    )
    assert desk.wait("2025-01-25") == ()
    notices = [
        event
        for event in (*desk.wait("2025-01-26"), *desk.wait("2025-01-27"), *desk.wait("2025-02-04"))
        if event.type == "notice-sent"
    ]
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
    desk = certified(
        tmp_path,
        f"""
clocks:
  year: {{title: {{zh: 年, en: Year}}, kind: window, length: {{days: 365}}, starts: initial.grant, owner: auditor, breach: {SUSPEND}, clauses: [T/year]}}
  half: {{title: {{zh: 半, en: Half}}, kind: window, length: {{days: 180}}, starts: initial.grant, owner: auditor, breach: {SUSPEND}, clauses: [T/half]}}
""",
    )
    desk.wait("2026-01-10")
    (duty,) = desk.dossier.duties.values()
    assert (duty.act, duty.role, duty.raised, duty.due, duty.clauses) == (
        "certificate.suspend", "decision-maker", day("2025-07-09"), day("2025-07-14"), ("T/duty",),
    )  # fmt: skip
    desk.do("2026-01-12", QIAN, "certificate.suspend")
    assert desk.duties == []


def test_a_duty_that_can_no_longer_be_done_lapses_with_the_certificate(tmp_path: Path) -> None:
    desk = certified(
        tmp_path,
        f"""
clocks:
  year: {{title: {{zh: 年, en: Year}}, kind: window, length: {{days: 365}}, starts: initial.grant, owner: auditor, breach: {SUSPEND}, clauses: [T/year]}}
""",
    )
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
    desk = certified(
        tmp_path,
        """
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
""",
    )
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
