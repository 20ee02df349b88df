"""What stands beside the work list: who is out this week, and the newest acts that were refused."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefu.dossiers.journal import canonical
from hefu.dossiers.models import DossierRow, PartyRow, RefusalRow, VisitRow
from tests.web.staff.crowd import TODAY, fill
from tests.web.staff.place import NOW, client, settle, words

if TYPE_CHECKING:
    from hefu.people.models import Account

MONDAY = TODAY - timedelta(days=TODAY.weekday())
SUNDAY = MONDAY + timedelta(days=6)


@pytest.fixture
def people(site: str) -> dict[str, Account]:  # noqa: ARG001 - the database first
    found = settle()
    fill("wal", 40, people=("p-1", found["auditor"].key))
    VisitRow.objects.all().delete()
    return found


def dossier(number: int) -> DossierRow:
    return DossierRow.objects.order_by("pk")[number]


def out(number: int, start: date, end: date | None = None) -> None:
    """Two people are out for one of the dossiers."""
    for person in ("p-1", "p-2"):
        VisitRow.objects.create(
            dossier=dossier(number), case="initial-1", field="on", person=person, start=start, end=end or start
        )


def reject(number: int, on: date = TODAY, text: str = "x") -> None:
    """An act on one of the dossiers was refused for two reasons."""
    said = [{"code": code, "zh": code, "en": f"because {code}", "clauses": ["WAL-QP-21/6.2/s2"], "field": ""}
            for code in (text, "second")]  # fmt: skip
    RefusalRow.objects.create(
        dossier=dossier(number), digest=sha256(f"{on}{text}".encode()).digest(), at=NOW.at, on=on, actor="p-1",
        act="initial.accept", item="", codes=text, reasons=canonical(said),
    )  # fmt: skip


def starts(people: dict[str, Account], who: str = "planner") -> list[date]:
    return [entry.start for entry in client(people[who]).get("/work/").context["week"].visits]


def test_the_visits_of_the_week_from_monday_to_sunday_stand_there_and_no_others(people: dict[str, Account]) -> None:
    for number, day in enumerate((MONDAY - timedelta(days=1), MONDAY, SUNDAY, SUNDAY + timedelta(days=1))):
        out(number, day)
    assert starts(people) == [MONDAY, SUNDAY]
    page = client(people["planner"]).get("/work/")
    assert [entry.people for entry in page.context["week"].visits] == [("p-1", "p-2")] * 2
    assert dossier(1).title in words(page)


def test_of_many_visits_those_that_are_not_over_come_before_those_that_are(people: dict[str, Account]) -> None:
    for number in range(4):
        out(number, MONDAY + timedelta(days=number))
    out(4, MONDAY - timedelta(days=2), TODAY)
    out(5, SUNDAY)
    assert starts(people) == [*(MONDAY + timedelta(days=day) for day in (1, 2, 3)), MONDAY - timedelta(days=2), SUNDAY]
    assert "The calendar has more." in words(client(people["planner"]).get("/work/"))


def test_a_refused_act_is_told_with_its_first_reason_its_clause_and_a_way_to_the_journal(
    people: dict[str, Account],
) -> None:
    reject(3, text="first")
    page = client(people["planner"]).get("/work/")
    assert "because first" in words(page)
    assert "because second" not in words(page)
    assert "§6.2" in words(page)
    assert f'href="/d/{dossier(3).pk}/journal/"' in page.content.decode()


def test_the_five_newest_refused_acts_of_the_last_thirty_days_are_shown(people: dict[str, Account]) -> None:
    for ago in (0, 1, 2, 30, 31):
        reject(ago, TODAY - timedelta(days=ago))
    found = client(people["planner"]).get("/work/").context["refused"]
    assert [(TODAY - act.on).days for act in found] == [0, 1, 2, 30]
    for number in range(3):
        reject(number, text=str(number))
    found = client(people["planner"]).get("/work/").context["refused"]
    assert [(TODAY - act.on).days for act in found] == [0, 0, 0, 0, 1]


def test_nobody_reads_there_of_dossiers_that_they_may_not_know_of(people: dict[str, Account]) -> None:
    for number in range(6):
        out(number, TODAY)
        reject(number, text=str(number))
    named = set(PartyRow.objects.filter(key=people["auditor"].key).values_list("dossier", flat=True))
    auditor, stranger = (client(people[who]).get("/work/").context for who in ("auditor", "stranger"))
    assert {entry.cover.key for entry in auditor["week"].visits} == named & {dossier(one).pk for one in range(6)}
    assert {act.cover.key for act in auditor["refused"]} == named & {dossier(one).pk for one in range(6)}
    assert not stranger["week"].visits
    assert not stranger["refused"]


def test_where_there_is_nothing_a_line_says_so(people: dict[str, Account]) -> None:
    said = words(client(people["planner"]).get("/work/"))
    assert "Nobody is out this week." in said
    assert "No act was refused in the last 30 days." in said


@pytest.mark.parametrize("who", ["planner", "auditor"])
def test_five_lines_take_as_many_queries_as_one(people: dict[str, Account], who: str) -> None:
    numbers = []
    for lines in (range(2), range(2, 12)):
        for number in lines:
            out(number, TODAY)
            reject(number, text=str(number))
        client(people[who]).get("/work/")
        with CaptureQueriesContext(connection) as asked:
            client(people[who]).get("/work/")
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
