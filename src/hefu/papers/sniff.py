"""What a file is, by its content: the first bytes, and for containers what lies inside.

Everything that may come in is recognised here by its own signature at its very beginning, so that no file is two
things at once. puremagic only names what is refused.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import puremagic

from hefu.papers import archives, compound
from hefu.papers.words import BadUpload, bad

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

HEAD = 8_192
PIECE = 1 << 16
_BEGINS: Mapping[bytes, str] = {
    b"%PDF-": "pdf",
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"II*\x00": "tiff",
    b"MM\x00*": "tiff",
    b"PK\x03\x04": "zip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "ole",
}
_SCRIPTED = (b"<svg", b"<!doctype html", b"<html", b"<script", b"<?xml-stylesheet")
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_INSIDE: Mapping[str, str] = {
    "word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx", "OFD.xml": "ofd",
}  # fmt: skip
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.textPK"
"""How such a container begins after its first header (OpenDocument 1.3, part 2, 3.3)."""
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 26} | {127}
"""Bytes that no text file has; 26 ends some that were written by old programs."""


def sniff(file: IO[bytes]) -> str | BadUpload:
    """The id of the kind (kinds.py)."""
    file.seek(0)
    head = file.read(HEAD)
    for start, kind in _BEGINS.items():
        if head.startswith(start):
            return _within(file, kind, head)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if b"%PDF-" in head[:1024]:
        return bad("two-in-one", kind="PDF")
    lowered = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if lowered.startswith(b"<") and any(word in lowered for word in _SCRIPTED):
        return bad("script")
    if head.startswith(_MARKS):
        return bad("encoding")
    return "txt" if _is_text(file) else bad("type", seen=_named(head))


def _within(file: IO[bytes], kind: str, head: bytes) -> str | BadUpload:
    """Containers by what they hold."""
    if kind == "ole":
        return compound.look(file)
    if kind == "zip":
        return "odt" if head[30:].startswith(_ODT) else _zipped(file)
    # A ZIP at its end would be opened by programs that look there.
    return bad("two-in-one", kind=kind.upper()) if archives.end_of(file) else kind


def _zipped(file: IO[bytes]) -> str | BadUpload:
    archive = archives.opened(file)
    if isinstance(archive, BadUpload):
        return archive
    with archive:
        names = set(archive.namelist())
    return next((kind for name, kind in _INSIDE.items() if name in names), "zip")


def _is_text(file: IO[bytes]) -> bool:
    """Whether the whole file is UTF-8 or GB18030 text, read piece by piece."""
    return any(_decodes(file, encoding) for encoding in ("utf-8-sig", "gb18030"))


def _decodes(file: IO[bytes], encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(PIECE):
            if not _CONTROLS.isdisjoint(piece):
                return False
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _named(head: bytes) -> str:
    """What puremagic takes it for; it knows thousands of kinds, and is sometimes wrong."""
    try:
        found = puremagic.magic_string(head)
    except puremagic.PureError:
        found = []
    return found[0].name or found[0].extension if found else "?"
