"""wording: what an event says comes from the event and its scheme, and says to which roles."""

from __future__ import annotations

from datetime import date

import pytest

from hefu.notices.wording import Wording, worded
from hefu.rules.events import Event
from tests.notices.office import LAB_LIFE, LAB_SCHEME, Office, office

pytestmark = pytest.mark.usefixtures("site")


def said(made: Office, kind: str, nth: int = 0) -> Wording:
    found = worded(made.store.load("d-1")[0], made.event(kind, nth)[1])
    assert found is not None
    return found


def test_a_notice_of_the_scheme_speaks_in_its_words_and_names_its_clauses() -> None:
    made = office(steps=8)
    words = said(made, "notice-sent")
    assert (words.kind, words.title.zh, words.to) == ("notice-sent", "补充材料通知", ("client",))
    assert words.clauses
    assert words.case == "initial-1"
    assert not words.must


def test_a_document_for_nobody_tells_nobody() -> None:
    made = office(steps=3)
    assert worded(made.store.load("d-1")[0], made.event("document-made")[1]) is None


def test_a_duty_names_the_act_its_ground_and_its_day_and_must_go_by_mail() -> None:
    words = said(office(), "duty-raised", 1)
    assert words.to == ("decision-maker",)
    assert words.title.zh.startswith("暂停（")
    assert words.due == date(2026, 9, 9)
    assert words.must
    assert words.act == "certificate.suspend"


def test_a_reminder_says_which_clock_and_when_it_is_due() -> None:
    made = office()
    number = next(n for n in range(40) if "clock" in made.event("notice-sent", n)[1].data)
    words = said(made, "notice-sent", number)
    assert (words.kind, words.title.zh, words.due) == ("clock-reminded", "监督审核期限", date(2026, 4, 16))
    assert words.must, "a hard deadline"


def test_a_clock_that_ran_out_tells_its_owner_with_the_day_that_was_missed() -> None:
    words = said(office(), "clock-breached")
    assert (words.kind, words.to, words.due) == ("clock-breached", ("planner",), date(2027, 4, 15))


def test_the_end_of_a_validity_is_nobodys_delay() -> None:
    made = office()
    validity = Event("clock-breached", date(2028, 5, 26), "", "", "validity", {"occurrence": 1}, ())
    assert worded(made.store.load("d-1")[0], validity) is None


def test_a_delay_whose_duty_goes_to_the_same_people_is_told_once() -> None:
    made = office(LAB_LIFE, LAB_SCHEME)
    kept = Event("clock-breached", date(2031, 3, 7), "", "", "retention", {"occurrence": 1}, ())
    assert worded(made.store.load("d-1")[0], kept) is None


def test_a_clock_without_a_duty_says_what_its_scheme_flags() -> None:
    made = office()
    late = Event("clock-breached", date(2025, 6, 1), "", "initial-1", "report-delivery", {"occurrence": 1}, ())
    words = worded(made.store.load("d-1")[0], late)
    assert words is not None
    assert words.detail.zh
    assert words.detail.en


def test_an_event_of_a_name_that_the_scheme_no_longer_has_tells_nobody() -> None:
    made = office(steps=1)
    gone = Event("clock-breached", date(2025, 6, 1), "", "initial-1", "no-such-clock", {"occurrence": 1}, ())
    assert worded(made.store.load("d-1")[0], gone) is None
