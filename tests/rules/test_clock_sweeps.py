"""Time is swept late or early: the journal is the same; what rests on an unpublished year moves when it is known."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from hefu.rules.due import due
from hefu.rules.load import home, load
from hefu.rules.model import Scheme
from hefu.rules.time import Calendar
from tests.conftest import ROOT
from tests.rules.desk import Desk, day
from tests.rules.personas import LI, QIAN, WANG, ZHAO
from tests.rules.scheme_factory import toy

BUSY = """
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
    reminders: [{before: {months: 2}, to: client}, {before: {days: 7}, to: auditor}]
    breach:
      duty: {act: certificate.suspend, role: decision-maker, clauses: [T/duty]}
      notices: [{name: missed, to: client, title: {zh: 通知, en: Notice}, clauses: [T/missed]}]
    clauses: [T/visits]
  report:
    title: {zh: 年报, en: Report}
    length: {days: 200}
    latest: {days: 400}
    starts: [initial.grant, clock.visits.breached]
    stops: certificate.visit
    owner: client
    breach: {flag: {zh: 逾期, en: late}}
    clauses: [T/report-clock]
  grace:
    title: {zh: 宽限, en: Grace}
    length: {working-days: 20}
    starts: clock.report.breached
    owner: client
    breach: {duty: {act: certificate.withdraw, role: decision-maker, clauses: [T/duty]}}
    clauses: [T/grace]
"""


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(toy(tmp_path_factory.mktemp("busy"), certificate=BUSY))
    for on, by, do in (("06", WANG, "submit"), ("07", LI, "accept"), ("08", ZHAO, "report"), ("09", QIAN, "grant")):
        desk.do(f"2025-01-{on}", by, f"initial.{do}")
    return desk


def another(desk: Desk) -> Desk:
    """The same dossier at a desk of its own."""
    other = Desk(desk.scheme, desk.people)
    other.dossier = desk.dossier
    return other


@settings(max_examples=60)
@given(gaps=st.lists(st.integers(1, 400), min_size=1, max_size=8))
def test_a_late_sweep_gives_the_same_journal_as_daily_ones(busy: Desk, gaps: list[int]) -> None:
    daily, late = another(busy), another(busy)
    today = day("2025-01-09")
    for gap in gaps:
        for number in range(1, gap + 1):
            daily.wait(today + timedelta(days=number))
        today += timedelta(days=gap)
    late.wait(today)
    assert late.journal == daily.journal
    assert late.dossier == daily.dossier


@given(visits=st.lists(st.integers(1, 300), max_size=6), rest=st.integers(0, 700))
def test_sweeping_twice_brings_nothing_new_and_events_stand_in_the_order_of_their_days(
    busy: Desk, visits: list[int], rest: int
) -> None:
    desk, today = another(busy), day("2025-01-09")
    for gap in visits:
        today += timedelta(days=gap)
        if not desk.ask(today, ZHAO, "certificate.visit").ok:
            break
    today += timedelta(days=rest)
    desk.wait(today)
    assert desk.wait(today) == ()
    days = [event.on for event in desk.journal]
    assert days == sorted(days)
    assert all(on <= today for on in days)


# Unpublished years (AMBIGUITIES A2).


def published(scheme: Scheme, *off: str) -> Scheme:
    """The scheme once the arrangement for 2027 is known."""
    data: Mapping[str, object] = YAML(typ="safe").load((ROOT / "schemes/calendars/cn.yaml").read_text(encoding="utf-8"))
    years = data["years"]
    assert isinstance(years, Mapping)
    more = {
        **data,
        "version": "next",
        "published": ["2004..2027"],
        "years": {**years, 2027: {"off": list(off), "work": []}},
    }
    return replace(scheme, calendar=Calendar.from_data(more))


def answered(tmp_path: Path, length: str) -> Desk:
    """Given a clock from 2026-12-28 that runs into a year that is not published."""
    desk = Desk(
        toy(
            tmp_path,
            initial=f"""
clocks:
  answer: {{title: {{zh: 答复, en: Answer}}, length: {length}, starts: initial.submit, stops: initial.accept,
           owner: client, breach: {{flag: {{zh: 逾期, en: late}}}}, clauses: [T/answer]}}
""",
        )
    )
    desk.do("2026-12-28", WANG, "initial.submit")
    return desk


@pytest.mark.parametrize("length", ["{working-days: 5}", "{days: 7}", "{months: 1}"])
def test_a_due_day_that_rests_on_an_unpublished_year_is_provisional(tmp_path: Path, length: str) -> None:
    assert answered(tmp_path, length).clock("answer").provisional


def test_a_provisional_due_day_moves_when_the_year_is_published_and_is_certain_then(tmp_path: Path) -> None:
    desk = answered(tmp_path, "{working-days: 5}")
    assert desk.clock("answer").due == date(2027, 1, 4)
    desk.scheme = published(desk.scheme, "01-01..01-03", "01-04")
    (event,) = desk.wait("2026-12-29")
    assert (event.type, event.data["due"], event.data["provisional"]) == ("clock-rescheduled", date(2027, 1, 6), False)
    assert not desk.clock("answer").provisional
    assert desk.wait("2026-12-30") == ()


def test_a_due_day_of_the_published_years_never_moves(tmp_path: Path) -> None:
    desk = answered(tmp_path, "{working-days: 2}")
    assert not desk.clock("answer").provisional
    desk.scheme = published(desk.scheme, "01-01..01-10")
    assert desk.wait("2026-12-30") == ()


def test_a_validity_is_never_provisional(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path))
    for on, by, do in (("06", WANG, "submit"), ("07", LI, "accept"), ("08", ZHAO, "report"), ("09", QIAN, "grant")):
        desk.do(f"2025-01-{on}", by, f"initial.{do}")
    assert desk.clock("validity").due == date(2028, 1, 8)
    assert not desk.clock("validity").provisional


def test_nothing_comes_due_in_an_empty_dossier() -> None:
    scheme = load(ROOT / "examples/qinghe-svc-01/1.0", home())
    desk = Desk(scheme)
    passed = due(scheme, desk.dossier, date(2050, 1, 1))
    assert passed.events == ()
    assert passed.dossier is desk.dossier
