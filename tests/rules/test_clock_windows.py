"""Windows: a clock with `every` runs as fixed windows one after another; doing it early or late moves none of them."""

from pathlib import Path

from hefu.rules.dossier import ClockRun
from tests.rules.desk import Desk, day, types
from tests.rules.personas import LI, QIAN, WANG, ZHAO
from tests.rules.scheme_factory import toy

YEARLY = """
actions:
  visit: {title: {zh: 监督, en: visit}, by: auditor, from: [valid, suspended], clauses: [T/visit]}
clocks:
  visits:
    title: {zh: 监督窗口, en: Visits}
    kind: window
    every: {months: 12}
    from: certificate.valid_from
    until: certificate.valid_to
    starts: initial.grant
    stops: certificate.visit
    owner: auditor
    breach: {flag: {zh: 逾期, en: late}}
    clauses: [T/visits]
"""


def certified(tmp_path: Path) -> Desk:
    """Given a certificate from 2025-01-09 to 2028-01-08 with a visit in every year."""
    desk = Desk(toy(tmp_path, certificate=YEARLY))
    for on, by, do in (("06", WANG, "submit"), ("07", LI, "accept"), ("08", ZHAO, "report"), ("09", QIAN, "grant")):
        desk.do(f"2025-01-{on}", by, f"initial.{do}")
    return desk


def windows(desk: Desk) -> list[tuple[str, str, str]]:
    return [(run.anchor.isoformat(), run.due.isoformat(), run.status) for run in _runs(desk)]


def _runs(desk: Desk) -> list[ClockRun]:
    return sorted(desk.dossier.clocks("visits"), key=lambda run: run.occurrence)


def test_in_time_meets_this_window_and_opens_the_next_at_its_fixed_place(tmp_path: Path) -> None:
    desk = certified(tmp_path)
    desk.do("2025-11-03", ZHAO, "certificate.visit")
    assert windows(desk) == [("2025-01-09", "2026-01-09", "met"), ("2026-01-09", "2027-01-09", "running")]


def test_a_second_visit_before_the_next_window_opens_does_not_count_for_it(tmp_path: Path) -> None:
    desk = certified(tmp_path)
    desk.do("2025-11-03", ZHAO, "certificate.visit")
    assert "clock-met" not in types(desk.do("2025-12-01", ZHAO, "certificate.visit").events)
    assert "clock-met" not in types(desk.do("2026-01-09", ZHAO, "certificate.visit").events)
    assert "clock-met" in types(desk.do("2026-01-10", ZHAO, "certificate.visit").events)


def test_a_window_that_nobody_used_is_breached_and_the_next_runs_beside_it(tmp_path: Path) -> None:
    desk = certified(tmp_path)
    events = desk.wait("2026-03-01")
    assert [event.type for event in events] == ["clock-breached", "flagged", "clock-started"]
    assert {event.on for event in events} == {day("2026-01-10")}
    assert windows(desk) == [("2025-01-09", "2026-01-09", "breached"), ("2026-01-09", "2027-01-09", "running")]


def test_a_late_visit_answers_the_window_that_was_missed_and_moves_none(tmp_path: Path) -> None:
    desk = certified(tmp_path)
    desk.do("2026-03-02", ZHAO, "certificate.visit")
    assert windows(desk)[1] == ("2026-01-09", "2027-01-09", "running")
    desk.do("2026-11-02", ZHAO, "certificate.visit")
    assert windows(desk) == [
        ("2025-01-09", "2026-01-09", "breached"),
        ("2026-01-09", "2027-01-09", "met"),
        ("2027-01-09", "2028-01-08", "running"),
    ]


def test_the_last_window_ends_with_the_certificate_and_none_follows(tmp_path: Path) -> None:
    desk = certified(tmp_path)
    for on in ("2025-06-02", "2026-06-02", "2027-06-02"):
        desk.do(on, ZHAO, "certificate.visit")
    assert windows(desk)[-1] == ("2027-01-09", "2028-01-08", "met")
    assert not [run for run in desk.dossier.live.values() if run.name == "visits"]


def test_windows_do_not_roll_over_days_off(tmp_path: Path) -> None:
    # 9 January 2027 is a Saturday.
    desk = certified(tmp_path)
    desk.wait("2026-06-01")
    assert windows(desk)[-1][1] == "2027-01-09"
