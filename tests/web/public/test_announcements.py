"""Announcements: the list with its filters, one of them, the feed of a body, objections, the sitemap, robots."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from hefu.register.models import EntryRow, StepRow
from tests.dossiers.lives import life
from tests.web.public import square
from tests.web.public.square import LIST, SLUG, WAL, lived

if TYPE_CHECKING:
    from django.test import Client

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_what_is_published_is_announced_with_its_clauses(visitor: Client) -> None:
    lived(WAL)
    step = StepRow.objects.get(name="grant")
    said = visitor.get("/announcements/").content.decode()
    assert step.en in said
    assert step.holder in said
    assert f"/c/{step.entry}/" in said
    assert step.holder in visitor.get(f"/announcements/{step.public}/").content.decode()


def test_filters_narrow_by_scheme_kind_and_month(visitor: Client) -> None:
    lived(WAL)
    lived(LIST, dossier="d-2")

    def kinds(**asked: str) -> set[str]:
        return {one.step.name for one in visitor.get("/announcements/", asked).context["rows"]}

    assert kinds(kind="grant") == {"grant"}
    assert "grant" not in kinds(scheme="hbfma-2023-15")
    month = StepRow.objects.get(name="grant").on.strftime("%Y-%m")
    assert "grant" in kinds(month=month)
    assert kinds(month="1999-01") == set()
    assert "grant" in kinds(month="2026-99")


@pytest.mark.parametrize("asked", [{"kind": "'"}, {"page": "x"}, {"month": "0000-01"}, {"body": "\0"}, {"scheme": "%"}])
def test_whatever_is_asked_the_list_answers(visitor: Client, asked: dict[str, str]) -> None:
    assert visitor.get("/announcements/", asked).status_code == 200


def publicised() -> date:
    """Something is in publicity; the day on which that began."""
    steps = life(LIST, "listed-after-publicity").steps
    number = next(n for n, step in enumerate(steps, 1) if step.act.do == "nomination.publicise")
    lived(LIST, "listed-after-publicity", steps=number)
    return steps[number - 1].on


def test_while_something_is_in_publicity_anybody_may_object(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(square, "TODAY", publicised())
    step = StepRow.objects.get(name="publicity")
    assert f"/complain/?about={step.public}" in visitor.get(f"/announcements/{step.public}/").content.decode()
    lived(LIST, "listed-after-publicity", dossier="d-2")
    other = StepRow.objects.get(name="publicity", dossier="d-2")
    assert "/complain/?about=" not in visitor.get(f"/announcements/{other.public}/").content.decode()


def test_nobody_is_asked_to_object_once_publicity_is_over(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    began = publicised()
    step = StepRow.objects.get(name="publicity")
    last = date.fromisoformat(json.loads(step.shown)["publicity_until"])
    for today, asked in ((began, True), (last, True), (last + timedelta(days=1), False)):
        monkeypatch.setattr(square, "TODAY", today)
        said = visitor.get(f"/announcements/{step.public}/").content.decode()
        assert (f"/complain/?about={step.public}" in said) is asked, today


def test_a_step_that_was_not_published_has_no_page(visitor: Client) -> None:
    lived(WAL)
    StepRow.objects.filter(name="grant").update(name="")
    assert visitor.get(f"/announcements/{StepRow.objects.filter(name='').first().public}/").status_code == 404  # type: ignore[union-attr]


def test_a_body_has_a_feed_that_a_reader_understands(visitor: Client) -> None:
    lived(WAL)
    response = visitor.get(f"/announcements/of/{SLUG}.atom")
    feed = ET.fromstring(response.content)  # noqa: S314 - our own
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert len(feed.findall(f"{ATOM}entry")) == StepRow.objects.exclude(name="").count()
    assert feed.findtext(f"{ATOM}entry/{ATOM}id")
    assert visitor.get("/announcements/of/nobody.atom").status_code == 404


def test_the_sitemap_names_every_public_page_and_robots_name_the_sitemap(visitor: Client) -> None:
    lived(WAL)
    index = ET.fromstring(visitor.get("/sitemap.xml").content)  # noqa: S314 - our own
    places = []
    for file in index.iter(f"{MAP}loc"):
        part = ET.fromstring(visitor.get(str(file.text).removeprefix("http://testserver")).content)  # noqa: S314 - our own
        places += [str(one.text).removeprefix("http://testserver") for one in part.iter(f"{MAP}loc")]
    assert f"/c/{EntryRow.objects.get().public}/" in places
    assert {"/", "/rules/", "/announcements/", "/rules/wal-qp-21/2.0/"} <= set(places)
    assert all(visitor.get(place).status_code == 200 for place in places)
    assert "Sitemap: http://testserver/sitemap.xml" in visitor.get("/robots.txt").content.decode()
    assert visitor.get("/sitemap/99.xml").status_code == 404
