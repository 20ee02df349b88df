"""Handing files in with a plain form: each is answered for itself."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from hefu.papers.kinds import MB
from hefu.papers.models import Upload
from tests.papers import files
from tests.papers.makers import PDF, handed, stored
from tests.people import town
from tests.web.papers.place import browser

pytestmark = pytest.mark.usefixtures("site")


def chosen(name: str, content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_my_files_are_for_somebody() -> None:
    assert Client().get("/uploads/").status_code == 302


def test_files_of_a_plain_form_come_in() -> None:
    wang = town.person("wang")

    answer = browser(wang).post("/uploads/", {"file": [chosen("a.pdf"), chosen("b.pdf", PDF + b"b")]}, follow=True)

    text = answer.content.decode()
    assert answer.redirect_chain == [("/uploads/", 302)]
    assert list(Upload.objects.values_list("name", "account")) == [("a.pdf", wang.key), ("b.pdf", wang.key)]
    assert "a.pdf" in text
    assert "b.pdf" in text


@pytest.mark.parametrize(("language", "what", "remedy"), [("zh-hans", "脚本", "PNG"), ("en", "scripts", "PNG")])
def test_of_a_refused_file_one_reads_why_and_what_to_do(language: str, what: str, remedy: str) -> None:
    wang = browser(town.person("wang", language=language))

    answer = wang.post("/uploads/", {"file": [chosen("good.pdf"), chosen("plan.svg", b"<svg><script/></svg>")]})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "plan.svg" in text
    assert what in text
    assert remedy in text
    assert Upload.objects.get().name == "good.pdf"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("安装.pdf", b"MZ\x90\x00" + bytes(200), "type"),
        ("plan.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "script"),
        ("empty.pdf", b"", "empty"),
        ("bomb.zip", files.zipped({"a.txt": bytes(40 * MB)}), "bomb"),
        ("bomb.docx", files.zipped({"word/document.xml": b" " * 40 * MB}), "bomb"),
        ("out.zip", files.zipped({"../../etc/passwd.txt": b"x"}), "path"),
    ],
)
def test_what_could_harm_is_refused_plainly_by_both_ways_in(name: str, content: bytes, code: str) -> None:
    wang = browser(town.person("wang", language="en"))

    plain = wang.post("/uploads/", {"file": chosen(name, content)})
    begun = wang.post("/uploads/new/", {"name": name, "size": len(content)})
    if begun.status_code == 201:
        address = begun.json()["address"]
        kind = "application/offset+octet-stream"
        assert wang.patch(address, content, content_type=kind, headers={"Upload-Offset": "0"}).status_code == 204
        begun = wang.post(address)

    assert plain.status_code == 422
    assert name in plain.content.decode()
    assert (begun.status_code, begun.json()["code"]) == (422, code)
    assert escape(begun.json()["message"]) in plain.content.decode()
    assert not stored()


def test_the_folders_of_a_name_are_not_kept() -> None:
    wang = browser(town.person("wang"))

    wang.post("/uploads/", {"file": chosen("../../etc/passwd.pdf")})
    wang.post("/uploads/", {"file": chosen("C:\\secret\\a.pdf", PDF + b"b")})

    assert sorted(Upload.objects.values_list("name", flat=True)) == ["a.pdf", "passwd.pdf"]


def test_a_file_beyond_every_limit_is_not_written_to_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hefu.papers.handler.LARGEST", MB)
    monkeypatch.setattr("hefu.papers.checks.LARGEST", MB)

    answer = browser(town.person("wang")).post("/uploads/", {"file": chosen("a.pdf", PDF + bytes(3 * MB))})

    assert answer.status_code == 422
    assert "1.1 MB" in answer.content.decode()
    assert not stored()


def test_one_takes_away_ones_own_file_only() -> None:
    wang, wu = town.person("wang"), town.person("wu")
    upload = handed(wang.key)

    refused = browser(wu).post(f"/uploads/{upload.pk}/forget/")
    done = browser(wang).post(f"/uploads/{upload.pk}/forget/")

    assert (refused.status_code, done.status_code) == (404, 302)
    assert not stored()


def test_every_change_needs_the_forms_secret() -> None:
    wang = town.person("wang")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(wang, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert strict.post("/uploads/", {"file": chosen("a.pdf")}).status_code == 403
    assert strict.post("/uploads/new/", {"name": "a.pdf", "size": 9}).status_code == 403
    assert strict.patch("/uploads/arriving/x/").status_code == 403
    assert strict.delete("/uploads/arriving/x/").status_code == 403
