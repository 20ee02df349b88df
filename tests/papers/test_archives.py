"""An archive is looked through before anybody unpacks it."""

from __future__ import annotations

import struct
import zipfile

import pytest

from hefu.papers.kinds import MB
from tests.papers import files
from tests.papers.test_checks import told


def test_a_bomb_is_refused_by_what_it_says_before_it_is_unpacked() -> None:
    bomb = files.zipped({"a.txt": bytes(40 * MB)})

    assert len(bomb) < MB
    assert told(bomb, "a.zip") == "bomb"


def test_a_bomb_in_an_office_file_is_refused_too() -> None:
    bomb = files.zipped({"word/document.xml": b" " * 40 * MB})

    assert told(bomb, "a.docx") == "bomb"


def test_a_bomb_that_lies_about_its_size_is_told_as_damaged() -> None:
    bomb = bytearray(files.zipped({"a.txt": bytes(40 * MB)}))
    directory = bomb.rfind(b"PK\x01\x02")
    struct.pack_into("<L", bomb, directory + 24, 1_000)

    assert told(bytes(bomb), "a.zip") == "damaged"


def test_entries_that_lie_over_each_other_are_refused() -> None:
    archive = bytearray(files.zipped({"a.txt": b"a" * 100, "b.txt": b"a" * 100}))
    struct.pack_into("<L", archive, archive.rfind(b"PK\x01\x02") + 42, 0)

    assert told(bytes(archive), "a.zip") == "damaged"


def test_too_many_entries_are_refused() -> None:
    assert told(files.zipped({f"{place}.txt": b"" for place in range(5_001)}), "a.zip") == "too-many"


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "C:\\a.txt", "a/../../b.txt", "..\\a.txt"])
def test_names_that_leave_the_folder_are_refused(name: str) -> None:
    assert told(files.zipped({name: b"a"}), "a.zip") == "path"


def test_names_in_gb18030_are_read_as_such() -> None:
    # 誠 ends in the byte of a backslash in GBK; read as a Western name it would seem to lead into a folder.
    archive = files.zipped({"XX/..": b"a"}).replace(b"XX/..", "誠/..".encode("gbk"))

    assert told(archive, "a.zip") == "path"
    assert told(files.zipped({"XX.txt": b"a"}).replace(b"XX", "誠".encode("gbk")), "a.zip") == "zip"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("内.zip", files.zipped({"a.txt": b"a"})),
        ("内.rar", b"Rar!\x1a\x07\x00"),
        ("looks.txt", b"7z\xbc\xaf\x27\x1c"),
    ],
)
def test_an_archive_in_an_archive_is_refused(name: str, content: bytes) -> None:
    assert told(files.zipped({name: content}), "a.zip") == "nested"


@pytest.mark.parametrize(
    ("name", "content"), [("a.EXE", b""), ("tool", b"MZ\x90"), ("run.lnk", b"L"), ("x", b"\x7fELF")]
)
def test_programs_are_refused(name: str, content: bytes) -> None:
    assert told(files.zipped({name: content}), "a.zip") == "program"


def test_a_locked_archive_is_refused() -> None:
    archive = bytearray(files.zipped({"a.txt": b"a"}))
    for header, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        archive[archive.find(header) + place] |= 1

    assert told(bytes(archive), "a.zip") == "encrypted"


def test_a_method_that_few_programs_know_is_refused() -> None:
    assert told(files.zipped({"a.txt": b"a"}, zipfile.ZIP_LZMA), "a.zip") == "method"


def test_a_changed_byte_is_noticed() -> None:
    archive = bytearray(files.zipped({"a.txt": b"content"}, zipfile.ZIP_STORED))
    archive[archive.find(b"content")] ^= 1

    assert told(bytes(archive), "a.zip") == "damaged"


def test_macros_are_refused() -> None:
    inside = {"word/document.xml": b"", "word/vbaProject.bin": b""}

    assert told(files.zipped(inside), "a.docx") == "macros"


def test_a_directory_that_says_more_than_is_there_is_damaged() -> None:
    archive = files.zipped({"a.txt": b"a"})

    assert told(archive + b"more", "a.zip") == "damaged"
    assert told(archive[:4] + archive[-22:], "a.zip") == "damaged"
