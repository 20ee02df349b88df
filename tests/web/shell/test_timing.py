"""A clock of 120 working days (NFCC-01/6.6/s2), read on several days around National Day 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from hefu.rules.dossier import ClockRun
from hefu.rules.time import Stop
from hefu.web.timing import Timing, timing
from tests.web.shell.rendering import render, scheme

pytestmark = pytest.mark.usefixtures("product")
ANCHOR = date(2026, 9, 1)


def _run(**more: object) -> ClockRun:
    law = scheme("nfcc-ir-000-01")
    due = law.calendar.add(ANCHOR, 20)
    run = ClockRun("certification", "initial-1", 1, ANCHOR, ANCHOR, due, due, "running", calendar="x")
    return run._replace(**more)  # type: ignore[arg-type]


def _read(run: ClockRun, today: date, language: str = "zh-hans") -> Timing:
    with translation.override(language):
        return timing(scheme("nfcc-ir-000-01"), run, today)


def test_what_is_left_is_counted_in_the_clocks_own_unit() -> None:
    assert _read(_run(), date(2026, 9, 8)).left == "剩15个工作日"
    assert _read(_run(), date(2026, 9, 8), "en").left == "15 working days left"


def test_a_limit_that_ends_today_says_so() -> None:
    run = _run()
    read = _read(run, run.due)
    assert (read.left, read.look, read.state) == ("今天", "soon", "running")


def test_a_limit_that_is_past_is_late_by_the_days_since() -> None:
    run = _run()
    read = _read(run, scheme("nfcc-ir-000-01").calendar.add(run.due, 3))
    assert (read.left, read.look, read.state) == ("逾期3个工作日", "late", "overdue")
    assert [part.look for part in read.parts] == ["u", "o"]


def test_what_was_only_to_last_so_long_is_over_and_not_late() -> None:
    law = scheme("hbfma-2023-15")
    run = _run(name="publicity", status="breached")
    with translation.override("en"):
        read = timing(law, run, run.due + timedelta(days=3))
        told = render("{% clock run scheme today %}", run=run, scheme=law, today=run.due + timedelta(days=3))
    assert (read.left, read.look, read.state) == ("", "", "over")
    assert [part.look for part in read.parts] == ["u"]
    assert "逾期" not in told


def test_a_clock_that_stands_still_has_as_much_left_as_on_the_day_it_stopped() -> None:
    stopped = _run(status="paused", stops=(Stop(date(2026, 9, 8), None, "0:finding-1"),))
    one, later = _read(stopped, date(2026, 9, 10)), _read(stopped, date(2026, 9, 18))
    assert one.left == later.left == "剩15个工作日"
    assert later.pauses[0].words == "2026年9月8日起停表，至今8个工作日 (finding-1)"
    assert [part.look for part in later.parts] == ["u", "p"]


def test_a_stop_that_is_over_shows_its_days_and_the_clause_that_grants_it() -> None:
    run = _run(stops=(Stop(date(2026, 9, 8), date(2026, 9, 15), "0:"),))
    read = _read(run, date(2026, 9, 18), "en")
    assert read.pauses[0].words == "stopped from 8 Sep 2026 to 15 Sep 2026, 5 working days"
    assert read.pauses[0].clauses == scheme("nfcc-ir-000-01").clocks["certification"].pauses[0].clauses
    assert read.counted == "8 working days used, stopped for 5 working days"


def test_the_bar_is_whole() -> None:
    run = _run(stops=(Stop(date(2026, 9, 8), date(2026, 9, 15), "0:"),))
    for today in (ANCHOR, date(2026, 9, 10), run.due, date(2026, 12, 1)):
        widths = [float(part.width.rstrip("%")) for part in _read(run, today).parts]
        assert sum(widths) <= 100.5


def test_a_clock_that_was_met_has_nothing_left() -> None:
    read = _read(_run(status="met", ended=date(2026, 9, 10)), date(2026, 12, 1))
    assert (read.left, read.look, read.state) == ("", "", "met")


def test_a_second_limit_and_a_soft_one_are_named() -> None:
    run = _run(latest=date(2026, 12, 31))
    found = render("{% clock run scheme today %}", run=run, scheme=scheme("nfcc-ir-000-01"), today=date(2026, 9, 8))
    assert "最迟不超过" in found
    assert "一般" in found
    assert "暂定" not in found


def test_the_bar_is_told_to_those_who_do_not_see_it() -> None:
    found = render(
        "{% clock_bar run scheme today %}", run=_run(), scheme=scheme("nfcc-ir-000-01"), today=date(2026, 9, 8)
    )
    assert 'aria-label="认证时限：已用5个工作日，剩15个工作日"' in found


def test_every_clock_of_every_scheme_can_be_shown() -> None:
    for name in ("wal-qp-21", "hbfma-2023-15", "nfcc-ir-000-01", "nfcc-ir-000-02"):
        for clock in scheme(name).clocks:
            run = _run()._replace(name=clock)
            assert "<article" in render("{% clock run scheme today %}", run=run, scheme=scheme(name), today=run.due)
