"""The figures: over what somebody sees and nothing else, each the length of the list that it leads to."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefu.dossiers.journal import canonical
from hefu.dossiers.models import CertificateRow, ClockRow, EndedRow, PartyRow, RefusalRow, VisitRow
from hefu.web.figures import charts
from hefu.web.figures.counted import Load
from hefu.web.figures.sheet import sheet
from tests.web.staff.crowd import TODAY, fill
from tests.web.staff.place import NOW, client, settle, words

if TYPE_CHECKING:
    from hefu.people.models import Account

PAGE = "/figures/"


@pytest.fixture
def people(site: str) -> dict[str, Account]:  # noqa: ARG001 - the database first
    return settle()


def expire() -> None:
    """Let some certificates expire within the next months, the others later."""
    for number, row in enumerate(CertificateRow.objects.order_by("dossier_id")[:40]):
        CertificateRow.objects.filter(dossier_id=row.dossier_id).update(valid_to=TODAY + timedelta(days=12 * number))


def test_the_page_exists_only_for_people_of_a_body(people: dict[str, Account]) -> None:
    assert client().get(PAGE).status_code == 302
    assert client(people["outsider"]).get(PAGE).status_code == 404
    assert "Nothing to count yet" in words(client(people["planner"]).get(PAGE))


def test_another_bodys_dossiers_are_not_counted(people: dict[str, Account]) -> None:
    fill("wal", 60, people=(people["auditor"].key,))
    assert "Nothing to count yet" in words(client(people["stranger"]).get(PAGE))
    assert client(people["planner"]).get(PAGE).context["all_certificates"] == 50


def test_an_auditor_gets_the_figures_of_the_dossiers_in_which_they_are_named(people: dict[str, Account]) -> None:
    fill("wal", 60, people=(people["auditor"].key, "p-2", "p-3"))
    named = PartyRow.objects.filter(key=people["auditor"].key).values("dossier_id")
    seen = client(people["auditor"]).get(PAGE).context
    assert seen["all_certificates"] == CertificateRow.objects.filter(dossier_id__in=named).count()
    assert 0 < seen["all_certificates"] < 50


@pytest.mark.parametrize("who", ["planner", "auditor"])
def test_it_takes_as_many_queries_for_many_dossiers_as_for_few(people: dict[str, Account], who: str) -> None:
    browser, counts, crew = client(people[who]), [], (people["auditor"].key, *(f"p-{n}" for n in range(40)))
    for first, count in ((0, 60), (60, 600)):
        fill("wal", count, start=first, people=crew)
        browser.get(PAGE)  # whatever is remembered is remembered now
        with CaptureQueriesContext(connection) as seen:
            browser.get(PAGE)
        counts.append(len(seen))
    assert counts[0] == counts[1], counts


def test_every_number_is_the_length_of_the_list_to_which_it_leads(people: dict[str, Account]) -> None:
    fill("wal", 400, people=(people["auditor"].key,))
    expire()
    browser = client(people["planner"])
    page = browser.get(PAGE).content.decode()
    links = re.findall(r'<a href="(/(?:dossiers|certificates)/\?[^"]+)"[^>]*>(?:<b>)?(\d+)<', page)
    assert len(links) > 20
    for href, number in links:
        listed = browser.get(href.replace("&amp;", "&"))
        assert listed.context["page"].paginator.count == int(number), href


def test_a_limit_is_told_with_gross_stopped_and_net_days(people: dict[str, Account]) -> None:
    fill("wal", 120)
    EndedRow.objects.update(gross=30, stopped=10, net=20, late=False)
    for row in EndedRow.objects.all()[:25]:
        EndedRow.objects.filter(dossier_id=row.dossier_id).update(gross=50, stopped=10, net=40, late=True)
    seen = client(people["planner"]).get(f"{PAGE}?period=")
    chosen = seen.context["chosen"]
    slow = chosen.spread.get(40, 0)
    assert (chosen.median, chosen.late) == (20, slow)
    assert chosen.gross == 30 * chosen.number + 20 * slow
    assert chosen.stopped_mean == 10.0
    assert chosen.on_time == round(100 * (chosen.number - slow) / chosen.number, 1)
    assert sum(number for _, number in seen.context["chart_rows"]) == chosen.number
    assert "half within 20" in words(seen)


def test_a_period_and_a_scheme_narrow_the_figures(people: dict[str, Account]) -> None:
    fill("wal", 300)
    browser = client(people["planner"])
    whole, quarter = (browser.get(f"{PAGE}?period={period}").context for period in ("", "quarter"))
    assert 0 < quarter["decided"] < whole["decided"]
    assert quarter["asked"].first == date(2026, 10, 1)
    other = browser.get(f"{PAGE}?scheme=nfcc-ir-000-01&period=nonsense&limit=nothing").context
    assert (other["asked"].scheme, other["asked"].period) == ("", ""), "a scheme of other people is none"
    assert other["all_certificates"] == whole["all_certificates"]


def test_dossiers_overdue_are_counted_once_however_many_limits_are(people: dict[str, Account]) -> None:
    fill("wal", 30)
    ClockRow.objects.update(status="running", due=TODAY)
    late = ClockRow.objects.first()
    assert late is not None
    late.due, late.status = date(2026, 11, 19), "breached"
    late.save()
    more = ClockRow.objects.filter(dossier_id=late.dossier_id).values().get()
    ClockRow.objects.create(**{**more, "key": "another", "name": "another"})
    seen = client(people["planner"]).get(PAGE).context["limits"]
    assert (seen["overdue"], seen["soon"], seen["paused"]) == (1, 29, 0)


def test_the_load_of_a_person_is_their_days_done_and_to_come(people: dict[str, Account]) -> None:
    fill("wal", 7)
    dossier = CertificateRow.objects.values_list("dossier_id", flat=True)[0]
    for start, end in (("2026-10-30", "2026-11-02"), ("2026-11-19", "2026-11-23")):
        VisitRow.objects.create(dossier_id=dossier, case="c", field="on", person=people["auditor"].key, start=start,
                                end=end)  # fmt: skip
    (load,) = client(people["planner"]).get(PAGE).context["loads"]
    assert (load.name, load.done, load.planned, load.cases) == ("auditor", 2 + 2, 3, 1)


def test_each_chart_is_well_formed_and_stands_as_a_table_beside_it(people: dict[str, Account]) -> None:
    fill("wal", 200, people=(people["auditor"].key, people["planner"].key))
    expire()
    page = client(people["planner"], "zh-hans").get(PAGE).content.decode()
    drawn = re.findall(r'<svg class="chart".*?</svg>', page, re.DOTALL)
    assert len(drawn) == 4
    for svg in drawn:
        root = ET.fromstring(svg)  # noqa: S314 - our own
        assert root.get("aria-label")
        wide, tall = map(float, str(root.get("viewBox")).split()[2:])
        for bar in root.iter("rect"):
            x, y = float(bar.get("x", 0)), float(bar.get("y", 0))
            assert 0 <= x <= x + float(bar.get("width", 0)) <= wide + 0.2
            assert 0 <= y <= y + float(bar.get("height", 0)) <= tall
    assert page.count('<details class="data">') == 4


def test_the_scale_of_a_chart_is_round() -> None:
    assert [charts.step_of(most) for most in (1, 4, 5, 12, 33, 90, 1200)] == [1, 1, 2, 5, 10, 50, 500]


def test_the_sheet_says_the_numbers_of_the_page_for_the_same_period_and_scheme(people: dict[str, Account]) -> None:
    fill("wal", 120, people=(people["auditor"].key,))
    browser = client(people["planner"])
    seen = browser.get(f"{PAGE}?period=quarter").context
    answer = browser.get(f"{PAGE}figures.csv?period=quarter")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0] == "Table"
    assert all(len(row) == len(rows[0]) for row in rows)
    decided = [int(row[-1]) for row in rows if row[0] == "Decisions and other ends"]
    assert sum(decided) == seen["decided"] > 0
    assert sum(int(row[-1]) for row in rows if row[0] == "Certificates by status") == seen["all_certificates"]
    assert "2026-10-01" in answer["Content-Disposition"]
    assert client(people["outsider"]).get(f"{PAGE}figures.csv").status_code == 404


def test_a_name_that_a_spreadsheet_would_run_is_a_text_in_the_sheet() -> None:
    empty = dict.fromkeys(("certificates", "all_kept", "months", "stages", "decisions", "refused"), ())
    said = sheet({**empty, "loads": [Load("=cmd", 1, 0, 1, "")]})
    assert ",'=cmd," in said


def reject(dossier: str, act: str, *codes: str, day: date = TODAY, text: str = "x") -> None:
    """A refused act, as it is kept."""
    said = [{"code": code, "zh": code, "en": f"because {code}", "clauses": ["WAL-QP-21/6.2/s2"], "field": text}
            for code in codes]  # fmt: skip
    RefusalRow.objects.create(
        dossier_id=dossier, digest=sha256(f"{act}{codes}{day}{text}".encode()).digest(), at=NOW.at, on=day, actor="p",
        act=act, item="", codes=" ".join(sorted(codes)), reasons=canonical(said),
    )  # fmt: skip


def test_refused_acts_are_counted_by_act_and_reason_within_the_period(people: dict[str, Account]) -> None:
    fill("wal", 5)
    first, second, *_rest = CertificateRow.objects.values_list("dossier_id", flat=True)
    reject(first, "initial.grant", "separation-of-duties")
    reject(first, "initial.grant", "separation-of-duties", "field-required")
    reject(second, "initial.accept", "field-required", day=date(2026, 10, 2))
    reject(second, "initial.accept", "field-required", day=date(2024, 1, 2))
    browser = client(people["planner"])
    grant, accept = browser.get(PAGE).context["refused"]
    assert (grant.number, [(why.code, why.number) for why in grant.reasons]) == (
        2, [("separation-of-duties", 2), ("field-required", 1)],
    )  # fmt: skip
    assert (accept.title, accept.number) == ("Initial certification · accept", 1)
    shown = words(browser.get(PAGE))
    assert "because separation-of-duties" in shown
    assert "“…” must be filled in" in shown, "what it was about differs each time"
    assert browser.get(f"{PAGE}?period=quarter").context["refused_number"] == 3
    rows = list(csv.reader(io.StringIO(browser.get(f"{PAGE}figures.csv").content.decode("utf-8-sig"))))
    told = next(row[2:] for row in rows if row[0] == "Refused acts")
    assert told == [grant.title, "because separation-of-duties", "2"]
    assert client(people["stranger"]).get(PAGE).context["refused"] == [], "another body's are not counted"
