"""Pictures: how large they say they are, from their header alone. A small file can claim to be a wall.

PNG (ISO/IEC 15948), JPEG (ITU-T T.81), TIFF 6.0, WebP (RFC 9649).
"""

from __future__ import annotations

import struct
from typing import IO, TYPE_CHECKING

from hefu.papers.words import BadUpload, bad

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SIDE = 30_000
PIXELS = 250_000_000
"""An A0 drawing at 300 dpi has 140 million."""
_MARKERS = 10_000
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers that begin a frame and tell its size (T.81 table B.1)."""


def look(file: IO[bytes], kind: str) -> BadUpload | None:
    """Why a picture may not come in."""
    file.seek(0)
    try:
        width, height = _SIZES[kind](file)
    except (struct.error, ValueError):
        return bad("damaged", kind=kind.upper())
    if not width or not height:
        return bad("damaged", kind=kind.upper())
    if max(width, height) > SIDE or width * height > PIXELS:
        return bad("picture", width=width, height=height)
    return None


def _png(file: IO[bytes]) -> tuple[int, int]:
    header = file.read(24)
    if header[12:16] != b"IHDR":
        raise ValueError("no header")
    return _two(">2L", header, 16)


def _jpeg(file: IO[bytes]) -> tuple[int, int]:
    file.seek(2)
    for _ in range(_MARKERS):
        mark = file.read(2)
        while mark == b"\xff\xff":  # fill bytes
            mark = b"\xff" + file.read(1)
        if len(mark) < 2 or mark[0] != 0xFF:  # noqa: PLR2004 - every marker begins with it
            raise ValueError("no marker")
        (length,) = struct.unpack(">H", file.read(2))
        if mark[1] in _FRAMES:
            height, width = _two(">2H", file.read(5), 1)
            return width, height
        file.seek(length - 2, 1)
    raise ValueError("no frame")


def _tiff(file: IO[bytes]) -> tuple[int, int]:
    header = file.read(8)
    order = "<" if header[:2] == b"II" else ">"
    file.seek(struct.unpack_from(f"{order}L", header, 4)[0])
    (count,) = struct.unpack(f"{order}H", file.read(2))
    sides = {256: 0, 257: 0}
    for _ in range(count):
        field = file.read(12)
        tag, kind = struct.unpack_from(f"{order}2H", field)
        if tag in sides:
            (sides[tag],) = struct.unpack_from(f"{order}H" if kind == 3 else f"{order}L", field, 8)  # noqa: PLR2004
    return sides[256], sides[257]


def _webp(file: IO[bytes]) -> tuple[int, int]:
    header = file.read(30)
    match header[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(header[24:27], "little"), 1 + int.from_bytes(header[27:30], "little")
        case b"VP8L":
            (bits,) = struct.unpack_from("<L", header, 21)
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case b"VP8 ":
            width, height = _two("<2H", header, 26)
            return width & 0x3FFF, height & 0x3FFF
    raise ValueError("no header")


def _two(layout: str, content: bytes, at: int) -> tuple[int, int]:
    first, second = struct.unpack_from(layout, content, at)
    return int(first), int(second)


_SIZES: Mapping[str, Callable[[IO[bytes]], tuple[int, int]]] = {
    "png": _png, "jpeg": _jpeg, "tiff": _tiff, "webp": _webp,
}  # fmt: skip
