"""A file comes in for what it is: its content decides, its name must fit, and a refusal says what to do."""

from __future__ import annotations

import io

import pytest

from hefu.papers.checks import Checked, check
from hefu.papers.kinds import KINDS, LARGEST, MB
from hefu.papers.words import BadUpload
from tests.papers import files


def told(content: bytes, name: str) -> str:
    """The code of the refusal, or the kind that it came in as, with remarks."""
    answer = check(io.BytesIO(content), name)
    if isinstance(answer, BadUpload):
        for text in (answer.message, answer.remedy):
            assert text.zh
            assert text.en
            assert "{" not in text.zh + text.en
        return answer.code
    return " ".join((answer.kind.id, *answer.remarks))


GOOD = [
    ("pdf", files.pdf(), "报告.PDF"),
    ("png", files.png(), "a.png"),
    ("jpeg", files.jpeg(), "a.JPG"),
    ("tiff", files.tiff(), "a.tif"),
    ("tiff", files.tiff(order=">"), "a.tiff"),
    ("webp", files.webp(), "a.webp"),
    ("webp", files.webp(coding="VP8L"), "a.webp"),
    ("webp", files.webp(coding="VP8 "), "a.webp"),
    ("docx", files.office("docx"), "a.docx"),
    ("xlsx", files.office("xlsx"), "a.xlsx"),
    ("pptx", files.office("pptx"), "a.pptx"),
    ("ofd", files.office("ofd"), "发票.ofd"),
    ("odt", files.odt(), "a.odt"),
    ("doc", files.compound("1Table", "WordDocument"), "a.doc"),
    ("doc", files.compound("WordDocument"), "a.wps"),
    ("xls", files.compound("a", "b", "c", "d", "e", "Workbook"), "a.xls"),
    ("ppt", files.compound("PowerPoint Document"), "a.ppt"),
    ("zip", files.zipped({"设计/文档.docx": files.office("docx"), "b.txt": b"b"}), "a.zip"),
    ("txt", "名称,型号\r\n网关,A1\r\n".encode("gb18030"), "a.csv"),
    ("txt", "名称\t型号\n".encode("utf-8-sig"), "a.txt"),
]


@pytest.mark.parametrize(("kind", "content", "name"), GOOD, ids=[f"{kind}-{name}" for kind, _, name in GOOD])
def test_every_kind_in_the_table_comes_in(kind: str, content: bytes, name: str) -> None:
    assert told(content, name) == kind


def test_the_table_is_covered() -> None:
    assert {kind for kind, _, _ in GOOD} == set(KINDS)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00" + bytes(200), "安装.pdf"),
        (b"\x7fELF" + bytes(200), "a.png"),
        (b"GIF89a" + bytes(200), "a.gif"),
        (b"Rar!\x1a\x07\x00" + bytes(200), "a.rar"),
        (bytes(1000), "a.txt"),
        (files.compound("Something"), "a.doc"),
    ],
)
def test_what_is_not_in_the_table_is_refused_whatever_its_name_says(content: bytes, name: str) -> None:
    assert told(content, name) == "type"


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xef\xbb\xbf <?xml version='1.0'?>\n<!-- a --><svg/>",
        b"<!DOCTYPE html><p>",
        b"<HTML><script>",
    ],
)
@pytest.mark.parametrize("name", ["a.svg", "a.txt", "a.png"])
def test_what_can_carry_scripts_is_refused_with_the_reason(content: bytes, name: str) -> None:
    assert told(content, name) == "script"


def test_text_in_another_encoding_is_told_apart_from_a_wrong_kind() -> None:
    assert told("名称".encode("utf-16"), "a.txt") == "encoding"


def test_a_name_must_fit_the_content() -> None:
    assert told(files.pdf(), "a.docx") == "extension"
    assert told(files.pdf(), "pdf") == "extension"
    assert told(files.office("docx"), "a.zip") == "extension"
    # shown by careless programs as cod.pdf
    assert told(files.pdf(), "\u202efdp.doc") == "extension"


@pytest.mark.parametrize("name", ["", "...", "../..", "\u202e\u200b", "/"])
def test_a_name_of_which_nothing_is_left_is_refused(name: str) -> None:
    assert told(files.pdf(), name) == "name"


def test_an_empty_file_is_refused() -> None:
    assert told(b"", "a.pdf") == "empty"


class Long(io.BytesIO):
    """A stream that says it is longer than it is."""

    def __init__(self, content: bytes, size: int) -> None:
        super().__init__(content)
        self.length = size

    def seek(self, offset: int, whence: int = 0) -> int:
        if whence == io.SEEK_END:
            return self.length + offset
        return super().seek(offset, whence)


def test_each_kind_has_its_limit_and_no_file_is_larger_than_the_largest() -> None:
    over = check(Long(files.png(), 21 * MB), "a.png")
    huge = check(Long(files.pdf(), LARGEST + 1), "a.pdf")

    assert isinstance(over, BadUpload)
    assert (over.code, "20 MB" in over.message.en) == ("too-large", True)
    assert isinstance(huge, BadUpload)
    assert (huge.code, "50 MB" in huge.message.en) == ("too-large", True)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.png(30_001, 10), "a.png"),
        (files.jpeg(20_000, 20_000), "a.jpg"),
        (files.tiff(60_000, 60_000), "a.tif"),
        (files.webp(16_000, 16_000), "a.webp"),
    ],
)
def test_a_picture_that_claims_to_be_a_wall_is_refused(content: bytes, name: str) -> None:
    assert told(content, name) == "picture"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.png()[:20], "a.png"),
        (files.png(0, 10), "a.png"),
        (files.jpeg()[:25], "a.jpg"),
        (b"\xff\xd8\xff\xe0\x00\x10" + bytes(100), "a.jpg"),
        (files.tiff()[:12], "a.tif"),
        (files.webp(coding="VP8X").replace(b"VP8X", b"VP8?"), "a.webp"),
        (files.pdf()[:-8], "a.pdf"),
        (files.office("docx")[:-30], "a.docx"),
        (files.compound("WordDocument")[:700], "a.doc"),
        (files.compound("WordDocument")[:100], "a.doc"),
    ],
)
def test_a_damaged_file_is_told_as_damaged(content: bytes, name: str) -> None:
    assert told(content, name) == "damaged"


def test_a_file_that_is_two_things_at_once_is_refused() -> None:
    archive = files.zipped({"a.txt": b"a"})

    assert told(b"#!/bin/sh\n" + files.pdf(), "a.pdf") == "two-in-one"
    assert told(files.pdf() + archive, "a.pdf") == "two-in-one"
    assert told(files.png() + archive, "a.png") == "two-in-one"
    assert told(archive[:-22] + archive, "a.zip") == "damaged"
    assert told(b"MZ" + archive, "a.zip") == "type"


def test_locked_office_files_and_macros_are_refused() -> None:
    assert told(files.compound("EncryptedPackage", "EncryptionInfo"), "a.docx") == "encrypted"
    assert told(files.compound("WordDocument", "Macros", "VBA"), "a.doc") == "macros"


def test_a_check_leaves_the_stream_at_its_beginning() -> None:
    file = io.BytesIO(files.pdf())

    assert isinstance(check(file, "a.pdf"), Checked)
    assert file.tell() == 0
