"""A file comes back to those who may have it, in a way that cannot harm them; for everybody else it does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.test import Client

from tests.papers import files
from tests.papers.makers import PDF, handed
from tests.people import town
from tests.web.papers.place import DOSSIER, browser, place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hefu.papers.models import Upload

pytestmark = pytest.mark.usefixtures("site")


class Fetched(NamedTuple):
    """An answer, read to its end."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def fetched(who: Client, upload: Upload, **query: str) -> Fetched:
    answer = who.get(f"/uploads/{upload.pk}/", query)
    content = b"".join(answer) if answer.streaming else answer.content
    answer.close()
    return Fetched(answer.status_code, answer.headers, content)


def test_the_owner_gets_the_file_as_a_download_under_its_name() -> None:
    wang = town.person("wang")
    upload = handed(wang.key, name='营业执照 "副本".pdf')

    answer = fetched(browser(wang), upload)

    assert answer.content == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8%90%A5")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("content", "name", "inline"),
    [
        (PDF, "a.pdf", True),
        (files.png(), "a.png", True),
        (files.office("docx"), "a.docx", False),
        (b"text", "a.txt", False),
        (files.pdf(b"<</Encrypt 9 0 R>>"), "a.pdf", False),
    ],
)
def test_only_what_is_harmless_and_was_looked_into_is_shown_on_the_page(
    content: bytes, name: str, inline: bool
) -> None:
    wang = town.person("wang")

    answer = fetched(browser(wang), handed(wang.key, content, name), show="")

    assert answer.headers["Content-Disposition"].startswith("inline" if inline else "attachment")


def test_an_unused_file_of_somebody_else_does_not_exist() -> None:
    upload = handed(town.person("wang").key)

    assert fetched(browser(town.person("wu")), upload).status == 404
    assert fetched(browser(town.person("op", operator=True)), upload).status == 404
    assert fetched(Client(), upload).status == 302


def test_a_file_that_never_was_does_not_exist() -> None:
    assert browser(town.person("wang")).get("/uploads/never/").status_code == 404


def test_a_dossiers_files_are_for_those_who_may_know_of_it() -> None:
    there = place(2)
    upload = handed(there.accounts["wang"].key, dossier=DOSSIER)

    assert fetched(there.staff, upload).status == 200
    assert fetched(there.client, upload).status == 200
    assert fetched(there.stranger, upload).status == 404
    assert fetched(there.other_staff, upload).status == 404


def test_what_the_body_notes_for_itself_is_not_the_clients() -> None:
    there = place(2)
    upload = handed(there.accounts["he"].key, dossier=DOSSIER)

    assert fetched(there.staff, upload).status == 200
    assert fetched(there.client, upload).status == 404
