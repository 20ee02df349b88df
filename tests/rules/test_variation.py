"""What if: a scenario with a changed day or answer goes another way, and what is too large is not tried."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefu.rules.load import BadSourceError, Library, load
from hefu.rules.load.source import parse
from hefu.rules.replay import variation
from hefu.rules.replay.variation import Changes, answers, flow, varied, went, written

NFCC = next(folder for folder in Library().folders() if folder.parent.name == "nfcc-ir-000-01")
STORY = NFCC / "scenarios" / "report-exactly-24-months.yaml"
NET = NFCC / "scenarios" / "certification-120-net-of-two-overlapping-stops.yaml"


def test_a_later_day_brings_the_refusal_that_the_original_has_not() -> None:
    scheme = load(NFCC)
    original = written(NET.read_text(encoding="utf-8"), "net", scheme)
    changed = varied(original, Changes({23: date(2026, 8, 3)}, {23: {}}))

    before, after = went(scheme, original, "zh"), went(scheme, changed, "zh")

    assert before[23].shown["outcome"] == "ok"
    assert after[23].shown["outcome"] == "refused"
    assert [item["code"] for item in after[23].shown["refusals"]] == ["over-120-days"]
    assert before[23].same != after[23].same
    assert [one.same for one in before[:22]] == [one.same for one in after[:22]]


def test_later_steps_move_along_where_that_is_asked_for() -> None:
    original = written(NET.read_text(encoding="utf-8"), "net", load(NFCC))
    moved = varied(original, Changes({1: date(2026, 1, 12)}, {}, later=True)).scenario.steps
    days = [(step.on - was.on).days for step, was in zip(moved, original.scenario.steps, strict=True)]
    assert days == [0, *[7] * (len(days) - 1)]


def test_a_day_before_that_of_the_step_before_is_refused() -> None:
    original = written(NET.read_text(encoding="utf-8"), "net", load(NFCC))
    with pytest.raises(BadSourceError, match="is before the step before it"):
        varied(original, Changes({5: date(2020, 1, 1)}, {}))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * (variation.LONGEST + 1), "longer than"),
        ("scheme: wal-qp-21\ntitle: a\nsteps:\n  - {on: 2026-01-01}\n", "not of nfcc-ir-000-01"),
        ("scheme: nfcc-ir-000-01\ntitle: a\nsteps:\n" + "  - {on: 2026-01-01}\n" * 121, "more than 120 steps"),
        ("scheme: nfcc-ir-000-01\ntitle: a\nsteps:\n  - {on: 2001-01-01}\n  - {on: 2080-01-01}\n", "span more than"),
        ("scheme: nfcc-ir-000-01\ntitle: a\nsettings: {none: 1}\nsteps:\n  - {on: 2026-01-01}\n", "no setting"),
        ("scheme: nfcc-ir-000-01\ntitle: a\nsteps: 7\n", "steps"),
    ],
)
def test_what_is_too_large_or_no_scenario_of_this_scheme_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(BadSourceError, match=said):
        written(text, "own", load(NFCC))


@pytest.mark.parametrize("text", ["- 1", "", "{", "7", "a: &x [1]\nb: *x"])
def test_what_is_no_scenario_at_all_is_refused(text: str) -> None:
    with pytest.raises(BadSourceError):
        written(text, "own", load(NFCC))


def test_answers_are_pairs() -> None:
    assert answers("{report_date: 2026-01-01}", "step 1") == {"report_date": date(2026, 1, 1)}
    assert answers("", "step 1") == {}
    with pytest.raises(BadSourceError, match="answers are pairs"):
        answers("[1]", "step 1")


DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.dates() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(DATA)
def test_data_written_in_one_line_reads_back_as_the_same(data: object) -> None:
    assert parse(f"[{flow(data)}]", "").data == [data]
