"""A body's people read the document's own words in the notes of clauses; others read the summary."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hefu.papers.models import Wording
from hefu.rules.load import load
from tests.conftest import ROOT
from tests.people import town
from tests.web.papers.place import DOSSIER, browser, place

pytestmark = pytest.mark.usefixtures("site")
SCHEME = load(ROOT / "schemes/wal-qp-21/2.0")
CLAUSE = "WAL-QP-21/6.1.1(1)"
QUOTE = "<原文> 示例措辞"


def file(texts: object) -> SimpleUploadedFile:
    return SimpleUploadedFile("wording.json", json.dumps(texts).encode())


def sent(who: Client, body: str, texts: object, scheme: str = SCHEME.ref) -> int:
    return who.post(f"/bodies/{body}/wording/", {"scheme": scheme, "file": file(texts)}).status_code


def test_an_administrator_loads_it_and_the_bodys_people_read_it() -> None:
    there = place(2)
    admin = browser(town.administrator("gu", there.body))

    assert sent(admin, "body-1", {CLAUSE: QUOTE}) == 302

    page = f"/d/{DOSSIER}/forms/1/"
    assert "&lt;原文&gt; 示例措辞" in there.staff.get(page).content.decode()
    assert "示例措辞" not in there.client.get(page).content.decode()
    assert "示例措辞" not in Client().get("/schemes/wal-qp-21@2.0/forms/application/").content.decode()
    assert "1 / " in admin.get("/bodies/body-1/wording/").content.decode()


def test_what_is_wrong_is_said_and_nothing_is_loaded() -> None:
    admin = browser(town.administrator("gu", town.body("body-1", "wal-qp-21")))

    answer = admin.post("/bodies/body-1/wording/", {"scheme": SCHEME.ref, "file": file({"no-such": "x"})})

    assert answer.status_code == 422
    assert "没有条款 no-such" in answer.content.decode()
    assert not Wording.objects.exists()


def test_it_is_for_administrators_of_that_body_and_for_schemes_that_it_operates() -> None:
    mine, other = town.body("body-1", "wal-qp-21"), town.body("body-2", "nfcc-ir-000-01")
    admin, stranger = browser(town.administrator("gu", mine)), browser(town.administrator("tan", other))

    assert stranger.get("/bodies/body-1/wording/").status_code == 404
    assert sent(stranger, "body-1", {CLAUSE: QUOTE}) == 404
    assert sent(admin, "body-1", {CLAUSE: QUOTE}, "nfcc-ir-000-01@2.0") == 404
    assert Client().get("/bodies/body-1/wording/").status_code == 302


def test_the_navigation_leads_an_administrator_there_and_nobody_else() -> None:
    body = town.body("body-1", "wal-qp-21")
    admin, somebody = browser(town.administrator("gu", body)), browser(town.person("wu"))

    assert admin.get("/wording/")["Location"] == "/bodies/body-1/wording/"
    assert "/wording/" in admin.get("/uploads/").content.decode()
    assert somebody.get("/wording/").status_code == 404
