"""The calendar: what a day shows and what it leaves to its own list, conflicts, and the plan of people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from hefu.dossiers.models import ClockRow, DossierRow, VisitRow
from tests.web.staff.crowd import TODAY, fill
from tests.web.staff.place import client, settle, words

if TYPE_CHECKING:
    from hefu.people.models import Account

SUNDAY = date(2026, 11, 22)


@pytest.fixture
def people(sites: str) -> dict[str, Account]:  # noqa: ARG001 - the database first
    found = settle()
    fill("wal", 40, people=("p-1",))
    VisitRow.objects.all().delete()
    return found


def out(number: int, person: str, start: date, days: int = 1) -> None:
    """Somebody is out for one of the dossiers."""
    dossier = DossierRow.objects.order_by("pk")[number].pk
    end = start + timedelta(days=days - 1)
    VisitRow.objects.create(dossier_id=dossier, case="initial-1", field="on", person=person, start=start, end=end)


def day(people: dict[str, Account], on: date, query: str = "") -> object:
    weeks = client(people["planner"]).get(f"/calendar/?month={on:%Y-%m}{query}").context["weeks"]
    return next(one for week in weeks for one in week if one.day == on)


def visits_on(people: dict[str, Account], on: date) -> list[tuple[str, ...]]:
    found = day(people, on)
    return [entry.people for entry in found.entries if entry.look == "ev-au"]  # type: ignore[attr-defined]


def test_people_who_go_together_are_one_entry_and_nothing_more(people: dict[str, Account]) -> None:
    for person in ("p-1", "p-2", "p-3", "p-4", "p-5"):
        out(0, person, SUNDAY)
    assert visits_on(people, SUNDAY) == [("p-1", "p-2", "p-3", "p-4", "p-5")]
    assert not day(people, SUNDAY).more  # type: ignore[attr-defined]


def test_what_a_day_has_no_room_for_stands_in_its_own_list(people: dict[str, Account]) -> None:
    for number in range(7):
        out(number, "p-1", SUNDAY)
    assert len(visits_on(people, SUNDAY)) == 3
    browser = client(people["planner"])
    assert f"?day={SUNDAY}" in browser.get("/calendar/").content.decode()
    listed = browser.get(f"/calendar/?day={SUNDAY}").context["listed"]
    assert [(on, len([entry for entry in entries if entry.look == "ev-au"]), more) for on, entries, more in listed] == [
        (SUNDAY, 7, False)
    ]


def test_a_day_that_is_none_shows_the_present_month(people: dict[str, Account]) -> None:
    page = client(people["planner"]).get("/calendar/?day=2026-06-31")
    assert page.context["only"] is None
    assert page.context["first"] == TODAY.replace(day=1)


def test_a_visit_that_began_before_the_sheet_is_still_in_it(people: dict[str, Account]) -> None:
    out(0, "p-1", date(2026, 10, 24), days=4)
    assert visits_on(people, date(2026, 10, 27)) == [("p-1",)]
    assert visits_on(people, date(2026, 10, 28)) == []


def test_a_limit_that_has_run_out_is_among_the_first_of_a_full_day(people: dict[str, Account]) -> None:
    fill("wal", 900, start=40)
    late = TODAY - timedelta(days=3)
    last = ClockRow.objects.filter(due=late).latest("dossier_id")
    ClockRow.objects.filter(pk=last.pk).update(status="breached")
    found = day(people, late)
    assert found.more  # type: ignore[attr-defined]
    assert last.dossier_id in [entry.cover.key for entry in found.entries]  # type: ignore[attr-defined]


def test_two_dossiers_on_one_day_are_a_conflict_and_one_dossier_is_none(people: dict[str, Account]) -> None:
    out(0, "p-1", SUNDAY, days=2)
    out(1, "p-1", SUNDAY + timedelta(days=1))
    out(2, "p-2", SUNDAY)
    out(3, "p-2", SUNDAY + timedelta(days=1))
    page = client(people["planner"]).get("/calendar/")
    assert [(name, len(held)) for name, held in page.context["clashes"]] == [("p-1", 2)]
    rows = [row for person in page.context["plan"].people for row in person.rows]
    assert [[cell.clash for cell in row if cell.entry] for row in rows] == [[True], [True], [False, False]]


def test_the_plan_looks_ahead_and_leaves_out_days_off_without_anybody(people: dict[str, Account]) -> None:
    out(0, "p-1", SUNDAY)
    columns = [column.day for column in client(people["planner"]).get("/calendar/").context["plan"].days]
    assert columns[0] == date(2026, 11, 16), "the Monday of this week"
    assert SUNDAY in columns
    assert date(2026, 11, 21) not in columns
    assert columns[-1] == date(2026, 12, 4)


def test_the_plan_says_how_many_people_it_does_not_show(people: dict[str, Account]) -> None:
    for number in range(15):
        out(number, f"p-{number:02}", SUNDAY)
    page = client(people["planner"]).get("/calendar/")
    assert page.context["plan"].more == 7
    assert "7 more people" in words(page)


def test_somebodys_calendar_has_their_visits_and_the_limits_of_their_dossiers(people: dict[str, Account]) -> None:
    out(0, "p-1", SUNDAY)
    out(6, "p-2", SUNDAY)
    found = day(people, SUNDAY, "&person=p-2")
    assert [entry.people for entry in found.entries if entry.look == "ev-au"] == [("p-2",)]  # type: ignore[attr-defined]


def test_an_auditor_sees_the_visits_of_their_own_dossiers_alone(people: dict[str, Account]) -> None:
    fill("wal", 6, start=40, people=(people["auditor"].key,))
    VisitRow.objects.all().delete()
    for number in (0, 42):
        out(number, "p-1", SUNDAY)
    weeks = client(people["auditor"]).get("/calendar/").context["weeks"]
    entries = next(one for week in weeks for one in week if one.day == SUNDAY).entries
    assert [entry.cover.key for entry in entries if entry.look == "ev-au"] == [DossierRow.objects.order_by("pk")[42].pk]
