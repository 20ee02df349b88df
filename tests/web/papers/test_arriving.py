"""The protocol of a file in pieces, as a script speaks it."""

from __future__ import annotations

import io
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from hefu.papers.models import Arrival, Upload
from tests.papers.makers import PDF, stored
from tests.people import town
from tests.web.papers.place import browser

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.usefixtures("site")


def begun(wang: Client, content: bytes = PDF, **more: str) -> str:
    sent: dict[str, Any] = {"name": "报告.pdf", "size": len(content), "sha256": sha256(content).hexdigest(), **more}
    answer = wang.post("/uploads/new/", sent)
    assert answer.status_code == 201, answer.content
    address: str = answer.json()["address"]
    assert answer["Location"] == address
    return address


def piece(wang: Client, address: str, offset: int, content: bytes, **more: Any) -> Answer:  # noqa: ANN401 - headers
    kind = "application/offset+octet-stream"
    return wang.patch(address, content, content_type=kind, headers={"Upload-Offset": str(offset)}, **more)


@pytest.fixture
def wang(site: str) -> Client:  # noqa: ARG001 - tables first
    return browser(town.person("wang", language="en"))


def test_an_interrupted_file_goes_on_where_it_was(wang: Client) -> None:
    address = begun(wang)
    first = piece(wang, address, 0, PDF[:40])
    repeated = piece(wang, address, 0, PDF[:40])
    early = wang.post(address)
    known = wang.head(address)
    last = piece(wang, address, 40, PDF[40:])

    done = wang.post(address, {"field": "materials.licence.upload"})

    assert (first.status_code, first["Upload-Offset"]) == (204, "40")
    assert (repeated.status_code, repeated["Upload-Offset"]) == (409, "40")
    assert (early.status_code, early["Upload-Offset"]) == (409, "40")
    assert (known.status_code, known["Upload-Offset"], known["Cache-Control"]) == (200, "40", "no-store")
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(PDF)))
    upload = Upload.objects.get()
    assert done.status_code == 201
    assert done.json()["id"] == upload.pk
    assert f'name="materials.licence.upload" value="{upload.pk}"' in done.json()["html"]
    assert wang.post(address).json()["id"] == upload.pk


def test_a_piece_that_arrives_torn_does_not_count(wang: Client) -> None:
    address = begun(wang)

    cut = {"wsgi.input": io.BytesIO(PDF[:40]), "CONTENT_LENGTH": "80"}
    torn = piece(wang, address, 0, PDF[:80], **cut)

    assert (torn.status_code, torn["Upload-Offset"]) == (409, "0")
    assert not stored()


@pytest.mark.parametrize(("offset", "content"), [("x", PDF), ("-1", PDF), ("0", b""), ("0", bytes((4 << 20) + 1))])
def test_a_piece_that_cannot_be_one_is_answered_with_the_offset(wang: Client, offset: str, content: bytes) -> None:
    kind = "application/offset+octet-stream"
    address = begun(wang)

    answer = wang.patch(address, content, content_type=kind, headers={"Upload-Offset": offset})

    assert (answer.status_code, answer["Upload-Offset"]) == (409, "0")


def test_what_cannot_come_in_is_said_before_it_is_sent(wang: Client) -> None:
    answer = wang.post("/uploads/new/", {"name": "a.exe", "size": "100"})

    assert answer.status_code == 422
    assert answer.json()["code"] == "type"
    assert "PDF" in answer.json()["remedy"]
    assert "a.exe" in answer.json()["html"]


def test_a_size_that_is_none_is_a_bad_request(wang: Client) -> None:
    assert wang.post("/uploads/new/", {"name": "a.pdf", "size": "many"}).status_code == 400


def test_a_wrong_hash_is_refused_in_words(wang: Client) -> None:
    address = begun(wang, sha256="0" * 64)
    piece(wang, address, 0, PDF)

    answer = wang.post(address)

    assert (answer.status_code, answer.json()["code"]) == (422, "hash")
    assert wang.get(address).status_code == 404


def test_giving_up_leaves_nothing(wang: Client) -> None:
    address = begun(wang)
    piece(wang, address, 0, PDF[:40])

    assert wang.delete(address).status_code == 204
    assert not stored()
    assert not Arrival.objects.exists()


def test_another_persons_arrival_does_not_exist_and_nobody_has_none(wang: Client) -> None:
    address = begun(wang)
    wu = browser(town.person("wu"))

    assert [wu.get(address).status_code, wu.delete(address).status_code, wu.post(address).status_code] == [404] * 3
    assert piece(wu, address, 0, PDF).status_code == 404
    assert Client().get(address).status_code == 403
    assert Client().post("/uploads/new/", {"name": "a.pdf", "size": "9"}).status_code == 403
