"""evolve and the events: what a journal may hold, what it may not, and that old ones load."""
# ruff: noqa: E501 - snippets of YAML stand as they would in a scheme, and Chinese signs count double

import contextlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefu.rules.dossier import Dossier
from hefu.rules.events import TYPES, VERSION, BadJournalError, Event, from_json, to_json
from hefu.rules.evolve import evolve, fold
from tests.rules.desk import Desk
from tests.rules.personas import LI, QIAN, USCC, WANG, ZHAO
from tests.rules.scheme_factory import toy

FIELDS = """
actions:
  submit:
    fields:
      - {id: firm, type: organisation, title: {zh: 单位, en: Firm}}
      - {id: report, type: date, title: {zh: 报告, en: Report}}
      - {id: materials, type: materials, title: {zh: 材料, en: Materials}, options: {a: A, b: B, c: C}}
      - {id: team, type: team, title: {zh: 组, en: Team}, part: evaluation}
      - {id: rows, type: rows, title: {zh: 表, en: Rows}, columns: [{id: d, type: date, title: {zh: 日, en: D}}]}
  more:
    title: {zh: 补, en: more}
    by: client
    from: submitted
    fields: [{id: materials, type: materials, title: {zh: 材料, en: Materials}, options: {a: A, b: B, c: C}}]
    clauses: [T/more]
"""
FORM: dict[str, Any] = {
    "firm": {"name": "甲", "uscc": USCC}, "report": date(2025, 1, 2), "materials": ["a"], "team": [{"person": "zhao"}],
    "rows": [{"d": date(2025, 1, 3)}],
}  # fmt: skip


def whole_life(tmp_path: Path) -> Desk:
    desk = Desk(toy(tmp_path, initial=FIELDS))
    desk.do("2025-01-06", WANG, "initial.submit", FORM)
    desk.do("2025-01-06", WANG, "initial.more", {"materials": ["b", "a"]})
    desk.do("2025-01-07", LI, "initial.accept")
    desk.do("2025-01-08", ZHAO, "initial.report")
    desk.do("2025-01-09", QIAN, "initial.grant")
    desk.do("2025-02-06", QIAN, "certificate.suspend")
    desk.do("2025-03-06", QIAN, "certificate.restore")
    desk.wait("2029-01-01")
    return desk


def entries(desk: Desk) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(
        json.dumps([to_json(event) for event in desk.journal], ensure_ascii=False)
    )
    return loaded


def test_the_dossier_is_the_fold_of_its_journal(tmp_path: Path) -> None:
    desk = whole_life(tmp_path)
    assert fold(desk.journal, desk.scheme.ref) == desk.dossier
    dossier = Dossier(desk.scheme.ref)
    for event in desk.journal:
        dossier = evolve(dossier, event)
    assert dossier == desk.dossier
    assert dossier.size == len(desk.journal)


def test_a_journal_survives_json_event_for_event(tmp_path: Path) -> None:
    desk = whole_life(tmp_path)
    again = [from_json(entry, number) for number, entry in enumerate(entries(desk))]
    assert again == desk.journal
    assert fold(again, desk.scheme.ref) == desk.dossier


def test_materials_add_up_after_json_as_before(tmp_path: Path) -> None:
    desk = Desk(toy(tmp_path, initial=FIELDS))
    desk.do("2025-01-06", WANG, "initial.submit", FORM)
    desk.dossier = fold([from_json(entry) for entry in entries(desk)], desk.scheme.ref)
    desk.do("2025-01-07", WANG, "initial.more", {"materials": ["c"]})
    assert tuple(desk.dossier.cases["initial-1"].data["materials"]) == ("a", "c")


def test_evolve_never_changes_the_dossier_that_it_is_given(tmp_path: Path) -> None:
    desk = whole_life(tmp_path)
    dossier = Dossier(desk.scheme.ref)
    for event in desk.journal:
        kept = dossier.copy()
        after = evolve(dossier, event)
        assert dossier == kept
        dossier = after


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"odd": 1}, "odd"), ({"v": VERSION + 1}, "version"), ({"v": 0}, "version"), ({"v": "1"}, "version"), ({"v": True}, "version"),
        ({"v": None}, "version"), ({"type": "sung"}, "sung"), ({"type": ["acted"]}, "type"), ({"type": None}, "type"),
        ({"on": "yesterday"}, "yesterday"), ({"on": 5}, "type"), ({"by": None}, "type"), ({"data": []}, "type"), ({"clauses": "T/1"}, "type"),
        ({"data": {"due": {"$date": "soon"}}}, "soon"), ({"data": {"due": {"$date": 5}}}, ""), ({"clauses": [{"a": 1}]}, ""),
    ],
)  # fmt: skip
def test_an_entry_of_unknown_shape_is_refused_with_its_number_and_why(
    tmp_path: Path, change: dict[str, Any], word: str
) -> None:
    entry = entries(whole_life(tmp_path))[1] | change
    with pytest.raises(BadJournalError, match="entry 7") as refused:
        from_json(entry, 7)
    assert word in str(refused.value)


@pytest.mark.parametrize("entry", [None, 5, "acted", [], [{}], {}])
def test_what_is_no_entry_at_all_is_refused(entry: object) -> None:
    with pytest.raises(BadJournalError):
        from_json(entry)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["v", "type", "on", "data", "$date", "form", "to", "case"]), inner)
    ),
    max_leaves=8,
)


@given(
    entry=st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("v", "type", "on", "by", "subject", "name", "data", "clauses", "x"), JSON)
    )
)
def test_no_entry_whatever_crashes_the_reader(entry: dict[str, Any]) -> None:
    with contextlib.suppress(BadJournalError):
        assert isinstance(from_json(entry), Event)


@given(kind=st.sampled_from(sorted(TYPES)), data=st.dictionaries(st.sampled_from(
    ["form", "to", "outcome", "parts", "state", "version", "case", "new", "set", "print", "occurrence", "anchor", "due", "latest",
     "provisional", "reason", "ground", "role", "adds"]), JSON), subject=st.sampled_from(["certificate", "initial-1", ""]))  # fmt: skip
def test_an_event_that_does_not_fit_is_a_bad_journal_never_a_crash(
    kind: str, data: dict[str, Any], subject: str
) -> None:
    opened = Event(
        "case-opened", date(2025, 1, 6), "", "initial-1", "initial", {"version": "1", "state": "submitted"}, ()
    )
    dossier = evolve(Dossier("toy@1"), opened)
    kept = dossier.copy()
    with contextlib.suppress(BadJournalError):
        evolve(dossier, Event(kind, date(2025, 1, 7), "", subject, "initial.submit", data, ()))
    assert dossier == kept


def test_an_event_out_of_order_is_refused(tmp_path: Path) -> None:
    opened, submitted, *rest = whole_life(tmp_path).journal
    accepted = next(event for event in rest if event.name == "initial.accept")
    with pytest.raises(BadJournalError, match="2025-01-06 stands after one of 2025-01-07"):
        fold([opened, accepted, submitted])


def test_an_event_about_what_is_not_there_is_refused(tmp_path: Path) -> None:
    journal = whole_life(tmp_path).journal
    with pytest.raises(BadJournalError, match="does not fit"):
        fold(journal[1:])
    with pytest.raises(BadJournalError, match="does not fit"):
        fold([event for event in journal if event.type != "clock-started"])


def test_a_case_opened_twice_is_refused(tmp_path: Path) -> None:
    journal = whole_life(tmp_path).journal
    with pytest.raises(BadJournalError, match="open already"):
        fold([journal[0], journal[0]])


def test_a_clock_day_that_is_no_day_is_refused(tmp_path: Path) -> None:
    desk = whole_life(tmp_path)
    journal = [
        event._replace(data={**event.data, "due": "2028-01-08"}) if event.type == "clock-started" else event
        for event in desk.journal
    ]
    with pytest.raises(BadJournalError):
        fold(journal)


def test_a_journal_of_the_first_release_still_loads() -> None:
    """The entries stand here as they were written; they are never brought up to date."""
    old = [
        {"v": 1, "type": "case-opened", "on": "2025-01-06", "by": "", "subject": "initial-1", "name": "initial",
         "data": {"version": "1", "state": "submitted"}, "clauses": ["T/submit"]},
        {"v": 1, "type": "acted", "on": "2025-01-06", "by": "wang", "subject": "initial-1", "name": "initial.submit",
         "data": {"form": {"report": {"$date": "2025-01-02"}}, "to": "submitted", "outcome": "", "parts": {"wang": ["evaluation"]}},
         "clauses": ["T/submit"]},
        {"v": 1, "type": "clock-started", "on": "2025-01-06", "by": "", "subject": "initial-1", "name": "answer",
         "data": {"occurrence": 1, "anchor": {"$date": "2025-01-06"}, "due": {"$date": "2025-01-13"}, "latest": {"$date": "2025-01-13"},
                  "provisional": False, "calendar": "2026.1", "reminders": []}, "clauses": ["T/answer"]},
    ]  # fmt: skip
    dossier = fold([from_json(entry, number) for number, entry in enumerate(old)], "toy@1")
    assert dossier.cases["initial-1"].data["report"] == date(2025, 1, 2)
    assert dossier.cases["initial-1"].parts["wang"] == {"evaluation"}
    assert dossier.clocks("answer")[0].due == date(2025, 1, 13)
