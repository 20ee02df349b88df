"""A PDF comes in when it runs nothing and carries nothing, however its names are written."""

from __future__ import annotations

import os
import zlib

import pytest

from tests.papers.files import pdf, stream
from tests.papers.test_checks import told

SCRIPT = b"<</S /JavaScript /JS (app.alert\\(1\\))>>"


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("pdf-script", SCRIPT),
        ("pdf-script", b"<</S/J#61va#53cript /JS 5 0 R>>"),
        ("pdf-script", b"<</AcroForm <</XFA [(a) 3 0 R]>> >>"),
        ("pdf-launch", b"<</S/Launch/F(calc.exe)>>"),
        ("pdf-files", b"<</Type /EmbeddedFile>>"),
        ("pdf-files", b"<</Names <</EmbeddedFiles 5 0 R>> >>"),
        ("pdf-files", b"<</Subtype /RichMedia>>"),
        ("pdf-script", stream(b"5 0 " + SCRIPT)),
        ("pdf-script", stream(b"5 0 " + SCRIPT, b"/N 1 /First 4")),
        ("pdf-launch", stream(os.urandom(70_000) + b"<</S /L#61unch>>")),
        ("pdf-closed", stream(b"", b"/Type /ObjStm /DecodeParms <</Predictor 12>>")),
        ("pdf-closed", b"<</Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode]>> stream\nabc\nendstream"),
        ("pdf-closed", b"<</Type /ObjStm /Filter /FlateDecode>> stream\nnot packed\nendstream"),
        ("pdf-closed", b"<</Type /ObjStm /Filter 7 0 R>> stream\nabc\nendstream"),
    ],
)
def test_what_acts_is_refused_wherever_it_stands(code: str, content: bytes) -> None:
    assert told(pdf(content), "a.pdf") == code


def test_a_name_is_found_across_the_pieces_that_are_read() -> None:
    for shift in range(0, 24, 3):
        filling = b"<</A (" + b"x" * ((1 << 20) - 70 - shift) + b")>>"
        assert told(pdf(filling, SCRIPT), "a.pdf") == "pdf-script"


@pytest.mark.parametrize(
    "content",
    [
        b"<</Title (How /JavaScripted pages work)>>",
        b"<</Launched true>>",
        b"<</Type /Outlines /First 5 0 R /Last 6 0 R>>",
        b"<</Type /ObjStm /N 0 /First 0 /Length 0>> stream\n\nendstream",
        stream(b"5 0 <</Type /Page>>"),
        stream(b"q BT (text) Tj ET Q", b"/Length1 1"),
        b"<</Length 200000>> stream\n" + os.urandom(200_000) + b"\nendstream",
    ],
)
def test_what_only_looks_like_it_comes_in(content: bytes) -> None:
    assert told(pdf(content), "a.pdf") == "pdf"


def test_a_stream_of_objects_that_unpacks_without_end_is_refused() -> None:
    packed = zlib.compressobj()
    bomb = b"".join(packed.compress(bytes(1 << 20)) for _ in range(260)) + packed.flush()
    content = b"<</Type /ObjStm /Filter /FlateDecode>> stream\n" + bomb + b"\nendstream"

    assert told(pdf(content), "a.pdf") == "pdf-closed"


def test_names_without_number_do_not_keep_the_checks_busy() -> None:
    assert told(pdf(b"/ObjStm " * 100_001), "a.pdf") == "pdf-closed"


def test_a_locked_pdf_comes_in_with_a_remark() -> None:
    assert told(pdf(b"<</Encrypt 9 0 R>>", stream(b"locked")), "a.pdf") == "pdf locked"
    assert told(pdf(b"<</Encrypt 9 0 R>>", SCRIPT), "a.pdf") == "pdf-script"
