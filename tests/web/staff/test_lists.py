"""The lists of a body's people: who sees which rows, how many queries they take, what narrows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefu.dossiers.models import DossierRow, PartyRow, WorkRow
from hefu.people.models import Assignment, Body, Delegation
from hefu.register.models import EntryRow
from hefu.web import kept
from tests.conftest import ROOT
from tests.dossiers.lives import life, live
from tests.people.town import BEFORE, assign
from tests.web.staff.crowd import TODAY, fill
from tests.web.staff.place import client, settle, words

if TYPE_CHECKING:
    from hefu.people.models import Account

PAGES = (
    "/work/", "/work/?due=overdue", "/work/?due=later", "/work/?process=initial", "/work/?whose=named",
    "/duties/", "/dossiers/", "/dossiers/?open=1", "/certificates/", "/certificates/?months=12", "/search/?q=北京",
    "/search/?q=wal-qp-21-2026", "/calendar/", "/calendar/?view=list",
)  # fmt: skip


@pytest.fixture
def people(site: str) -> dict[str, Account]:  # noqa: ARG001 - the database first
    return settle()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_exists_only_for_people_of_a_body(people: dict[str, Account], path: str) -> None:
    assert client().get(path).status_code == 302
    assert client(people["outsider"]).get(path).status_code == 404
    assert client(people["administrator"]).get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_another_bodys_people_see_nothing_of_it(people: dict[str, Account], path: str) -> None:
    fill("wal", 60, people=(people["auditor"].key, "p-2"))
    text = client(people["stranger"]).get(path).content.decode()
    assert "WAL-QP-21-20" not in text
    assert "科技有限公司" not in text


def test_a_duty_offers_its_act_to_those_for_whom_it_waits_and_opens_the_dossier_for_others(
    people: dict[str, Account],
) -> None:
    fill("wal", 240)
    theirs = set(WorkRow.objects.filter(kind="duty").values_list("role", flat=True))
    assert theirs == {"decision-maker"}
    for who, acts in (("decider", 1), ("planner", 0)):
        answer = client(people[who]).get("/duties/")
        lines = answer.context["lines"]
        assert lines, who
        assert {len(line.acts) for line in lines} == {acts}, who
        assert all(f"/d/{line.dossier.pk}/" in answer.content.decode() for line in lines)


def test_an_auditor_sees_only_dossiers_in_which_they_are_named(people: dict[str, Account]) -> None:
    fill("wal", 30, people=(people["auditor"].key, "p-2", "p-3"))
    answer = client(people["auditor"]).get("/dossiers/")
    named = set(PartyRow.objects.filter(key=people["auditor"].key).values_list("dossier_id", flat=True))
    assert {line.row.pk for line in answer.context["lines"]} == named
    assert 0 < len(named) < 30
    mine = {line.dossier.pk for line in client(people["auditor"]).get("/work/").context["lines"]}
    assert mine <= named


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["planner", "auditor"])
def test_a_page_takes_as_many_queries_for_many_dossiers_as_for_few(
    people: dict[str, Account], path: str, who: str
) -> None:
    names, browser = (people["auditor"].key, "p-2"), client(people[who])
    numbers = []
    for start, end in ((0, 250), (250, 700)):
        fill("wal", end - start, start=start, people=names)
        browser.get(path)  # schemes are loaded once a process
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(path).status_code == 200
            numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 32


@pytest.mark.parametrize(
    "path", ["/?q=北京", "/?q=有限公司", "/?q=C-00000001", "/?status=certification:valid", "/c/{public}/"]
)
def test_the_register_takes_as_many_queries_for_many_certificates_as_for_few(
    people: dict[str, Account], path: str
) -> None:
    browser, numbers = client(), []
    assert people
    for start, end in ((0, 250), (250, 700)):
        fill("wal", end - start, start=start)
        page = path.format(public=EntryRow.objects.latest("pk").public)
        browser.get(page)  # schemes are loaded once a process
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(page)
        assert answer.status_code == 200
        assert "科技有限公司" in answer.content.decode()
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 12


def test_a_dossiers_page_takes_as_many_queries_among_many_as_alone(people: dict[str, Account]) -> None:
    browser, numbers = client(people["planner"]), []
    live(kept.store(), life(ROOT / "schemes/wal-qp-21/2.0"), "d-1")
    DossierRow.objects.filter(pk="d-1").update(body="wal")
    for start, end in ((0, 10), (10, 500)):
        fill("wal", end - start, start=start)
        browser.get("/d/d-1/")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/d/d-1/").status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 30


def test_the_counters_narrow_the_list_to_what_they_count(people: dict[str, Account]) -> None:
    fill("wal", 240)
    browser = client(people["planner"])
    page = browser.get("/work/")
    counted = page.context["counted"]
    assert counted["overdue"] > 0
    assert counted["paused"] > 0
    assert counted["all"] == page.context["page"].paginator.count
    for name in ("overdue", "today", "week", "paused", "duties", "none"):
        narrowed = browser.get(f"/work/?due={name}").context
        assert narrowed["page"].paginator.count == counted[name]
        assert narrowed["counted"] == counted, "the counters keep telling about the whole list"
    lines = browser.get("/work/?due=overdue").context["lines"]
    assert all(line.due < TODAY for line in lines)


def test_the_list_is_in_the_order_of_due_days(people: dict[str, Account]) -> None:
    fill("wal", 240)
    days = [line.due for line in client(people["planner"]).get("/work/").context["lines"]]
    assert days == sorted(days)
    assert len(days) == 25


def test_what_waits_for_two_of_ones_roles_is_told_once(people: dict[str, Account]) -> None:
    fill("wal", 12)
    case = "case:initial-1"
    rows = [(case, "application-reviewer"), (case, "certificate-officer"), ("clock:x", "planner")]
    assign(people["planner"], Body.objects.get(slug="wal"), "application-reviewer")
    name = DossierRow.objects.order_by("pk").first()
    assert name is not None
    WorkRow.objects.all().delete()
    for key, role in rows:
        WorkRow.objects.create(
            dossier_id=name.pk, key=key, role=role, kind=key.partition(":")[0], process="initial", machine="initial",
            state="appointed", case="initial-1", since=TODAY, body="wal", scheme="wal-qp-21",
        )  # fmt: skip
    answer = client(people["planner"]).get("/work/").context
    assert [line.id for line in answer["lines"]] == [f"{name.pk}/case:initial-1", f"{name.pk}/clock:x"]
    assert answer["counted"]["all"] == 2


def test_a_deputy_has_the_absent_ones_work(people: dict[str, Account]) -> None:
    fill("wal", 60)
    before = client(people["reviewer"]).get("/duties/").context["page"].paginator.count
    assert before > 0, "everybody of the scheme sees its duties"
    empty = client(people["reviewer"]).get("/work/?role=decision-maker").context["counted"]["all"]
    assert empty == 0
    Delegation.objects.create(absent=people["decider"], deputy=people["reviewer"], body_id="wal", since=BEFORE,
                              until=None, reason="leave")  # fmt: skip
    assert client(people["reviewer"]).get("/work/?role=decision-maker").context["counted"]["all"] > 0


def test_whoever_has_left_sees_nothing_any_more(people: dict[str, Account]) -> None:
    Assignment.objects.filter(account=people["planner"]).update(until=BEFORE)
    assert client(people["planner"]).get("/work/").status_code == 404


def test_a_view_is_kept_replaced_and_forgotten_by_its_owner(people: dict[str, Account]) -> None:
    mine, other = client(people["planner"]), client(people["reviewer"])
    mine.post("/work/views/", {"name": "Late ones", "query": "due=overdue&junk=1"})
    answer = mine.get("/work/?due=overdue")
    assert [view.name for view in answer.context["views"]] == ["Late ones"]
    assert answer.context["views"][0].query == "due=overdue"
    assert answer.context["present"] == answer.context["views"][0]
    assert "Late ones" not in words(other.get("/work/"))
    assert other.post(f"/work/views/{answer.context['present'].pk}/").status_code == 404
    mine.post("/work/views/", {"name": "Late ones", "query": "due=today"})
    assert mine.get("/work/").context["views"][0].query == "due=today"
    gone = mine.post(f"/work/views/{answer.context['present'].pk}/", follow=True)
    assert not gone.context["views"]
    assert "“Late ones” is forgotten" in words(gone)
    assert gone.context["asked"].due == "today", "what was forgotten by mistake can be kept again"
    refused = mine.post("/work/views/", {"name": "  ", "query": ""}, follow=True)
    assert "has no name" in words(refused)


def test_a_view_is_renamed_but_not_to_the_name_of_another_or_to_none(people: dict[str, Account]) -> None:
    mine, other = client(people["planner"]), client(people["reviewer"])
    for name, query in (("Late ones", "due=overdue"), ("Today", "due=today")):
        mine.post("/work/views/", {"name": name, "query": query})
    late = mine.get("/work/?due=overdue").context["present"]
    renamed = mine.post(f"/work/views/{late.pk}/", {"name": " Overdue   ones "}, follow=True)
    assert renamed.context["present"].name == "Overdue ones"
    assert "another view named “Today”" in words(mine.post(f"/work/views/{late.pk}/", {"name": "Today"}, follow=True))
    assert "keeps its name" in words(mine.post(f"/work/views/{late.pk}/", {"name": " "}, follow=True))
    assert other.post(f"/work/views/{late.pk}/", {"name": "Mine"}).status_code == 404
    assert [view.name for view in mine.get("/work/").context["views"]] == ["Overdue ones", "Today"]


def test_what_leaves_no_choice_is_not_asked(people: dict[str, Account]) -> None:
    page = client(people["reviewer"]).get("/work/").content.decode()
    assert 'name="process"' in page
    assert 'name="scheme"' not in page, "the body operates one scheme"
    assert 'name="role"' not in page, "they hold one role"


def test_search_finds_by_two_characters_number_certificate_person_and_clause(people: dict[str, Account]) -> None:
    fill("wal", 40)
    browser = client(people["planner"], "zh-hans")
    assert "北京数据0科技有限公司" in words(browser.get("/search/?q=北京"))
    assert "WAL-QP-21-2026-000007" in words(browser.get("/search/?q=000007"))
    found = browser.get("/search/?q=planner").context["answer"]
    assert [one.title for one in found.people] == ["planner"]
    assert browser.get("/search/?q=6.4.4").context["answer"].clauses
    assert not browser.get("/search/?q=火星").context["answer"]
    fragment = browser.get("/search/?q=北京", headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
