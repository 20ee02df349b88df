"""PDF (ISO 32000-2): whether it runs anything, carries other files, or is cut off.

The whole file is searched for the names under which a PDF acts. Names may be written with #-codes (7.3.5) and may
stand in compressed streams of objects (7.5.7), which are unpacked within limits. Tables of references are not
believed, so a name cannot hide behind a wrong one. It is a sieve, not a proof: what comes in is still served as a
download or in a sandbox. A locked file hides its streams; it comes in with a remark.
"""

from __future__ import annotations

import os
import re
import zlib
from typing import IO, TYPE_CHECKING

from hefu.papers.kinds import MB
from hefu.papers.words import BadUpload, bad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOCKED = "locked"
_PIECE = 1 << 20
_OVERLAP = 1 << 12
"""Bytes that are looked at twice, so that no name is missed between two pieces; also the longest dictionary."""
_BEFORE = 512
_TAIL = 2_048
_OBJECTS = 256 * MB
"""Bytes that all object streams of a file may unpack to."""
_STREAMS = 100_000
_CLOSED = "pdf-closed"


def _spelt(*texts: str, ends: bytes = rb"(?![^\s()<>\[\]{}/%])") -> bytes:
    """A pattern for some names without their stroke, each of their characters plain or as #-code."""
    names = (b"".join(b"(?:%s|#(?i:%02x))" % (sign.encode(), ord(sign)) for sign in text) for text in texts)
    return b"(?:" + b"|".join(names) + b")" + ends


def _name(*texts: str) -> re.Pattern[bytes]:
    return re.compile(b"/" + _spelt(*texts))


_ACTS = (
    b"(?P<pdf_script>" + _spelt("JavaScript") + b"|" + _spelt("XFA") + rb"\s*(?:\[|\d+\s+\d+\s+R))"
    b"|(?P<pdf_launch>" + _spelt("Launch") + b")"
    b"|(?P<pdf_files>" + _spelt("EmbeddedFile", "RichMedia", ends=b"") + b")"
)  # fmt: skip
_MORE = b"|(?P<locked>" + _spelt("Encrypt") + b")|(?P<objects>" + _spelt("ObjStm", "First") + b")"
# The stroke stands before everything else: Python then runs from stroke to stroke, ten times as fast.
_INSIDE, _ANYWHERE = re.compile(b"/(?:" + _ACTS + b")"), re.compile(b"/(?:" + _ACTS + _MORE + b")")
_STREAM = re.compile(rb"stream\r?\n|endobj")
_FILTER, _FLATE = _name("Filter", "F"), _name("FlateDecode", "Fl")
_ODD = _name("Predictor", "LZWDecode", "LZW", "ASCIIHexDecode", "AHx", "ASCII85Decode", "A85", "Crypt")


def look(file: IO[bytes]) -> BadUpload | tuple[str, ...]:
    """Why it may not come in, or remarks on what could not be looked into."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    if b"%%EOF" not in file.read():
        return bad("damaged", kind="PDF")
    file.seek(0)
    streams, locked = [], False
    for word, at in _found(_ANYWHERE, iter(lambda: file.read(_PIECE), b"")):
        if word == "objects":
            streams.append(at)
        elif word == LOCKED:
            locked = True
        else:
            return bad(word.replace("_", "-"))
    if locked:
        return (LOCKED,)
    code = _within(file, streams) if len(streams) <= _STREAMS else _CLOSED
    return bad(code) if code else ()


def _found(pattern: re.Pattern[bytes], pieces: Iterable[bytes]) -> Iterator[tuple[str, int]]:
    """Each name that matters, with its place."""
    start, window, seen = 0, b"", -1
    for piece in pieces:
        kept = window[-_OVERLAP:]
        start += len(window) - len(kept)
        window = kept + piece
        for match in pattern.finditer(window):
            at = start + match.start()
            if at > seen and match.end() < len(window):  # at its end, the next piece may make it another name
                seen = at
                yield match.lastgroup or "", at


def _within(file: IO[bytes], streams: Iterable[int]) -> str:
    """What is wrong inside the object streams, as a code; empty if nothing is."""
    left = _OBJECTS
    for at in streams:
        file.seek(max(0, at - _BEFORE))
        around = file.read(_BEFORE + _OVERLAP)
        here = min(at, _BEFORE)
        begins = _STREAM.search(around, here)
        if begins is None or begins[0] == b"endobj":  # a name in some other object
            continue
        packing = around[max(0, around.rfind(b"obj", 0, here)) : begins.start()]
        if not _FILTER.search(packing):  # not compressed, so its names were found already
            continue
        if _ODD.search(packing) or not _FLATE.search(packing):
            return _CLOSED
        file.seek(at - here + begins.end())
        try:
            for piece in _inflated(file):
                left -= len(piece)
                if match := _INSIDE.search(piece):
                    return (match.lastgroup or "").replace("_", "-")
                if left < 0:
                    return _CLOSED
        except zlib.error:
            return _CLOSED
    return ""


def _inflated(file: IO[bytes]) -> Iterator[bytes]:
    """What is packed from here on, in pieces that overlap. Raises zlib.error."""
    packed, kept = zlib.decompressobj(), b""
    while not packed.eof and (piece := packed.unconsumed_tail or file.read(1 << 16)):
        fresh = packed.decompress(piece, _PIECE)
        yield kept + fresh
        kept = (kept + fresh)[-64:]
