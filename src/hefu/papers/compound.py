"""The compound files of older office programs (MS-CFB): which program wrote it, whether it holds macros.

Only the directory is read: the header (MS-CFB 2.2), the sectors of its allocation table (2.3, 2.5), and the names in
the directory's chain of sectors (2.6).
"""

from __future__ import annotations

import struct
from typing import IO, TYPE_CHECKING

from hefu.papers.words import BadUpload, bad

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTRY = 128
_CHAIN_END = 0xFFFF_FFFA
"""Sector numbers from here on are marks."""
_LONGEST = 4_096
"""Sectors of a directory; real ones have a few."""
_PROGRAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}
_LOCKED = frozenset({"EncryptedPackage", "EncryptionInfo"})
_MACROS = frozenset({"_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA"})


def look(file: IO[bytes]) -> str | BadUpload:
    """The id of the kind, or why it may not come in."""
    try:
        names = frozenset(_names(file))
    except (struct.error, IndexError, ValueError):
        return bad("damaged", kind="OLE")
    if names & _LOCKED:
        return bad("encrypted")
    if names & _MACROS:
        return bad("macros")
    found = next((kind for name, kind in _PROGRAMS.items() if name in names), "")
    return found or bad("type", seen="OLE")


def _names(file: IO[bytes]) -> Iterator[str]:
    """Every name in the directory. Raises struct.error, IndexError or ValueError for what is no compound file."""
    file.seek(0)
    header = file.read(512)
    shift = struct.unpack_from("<H", header, 30)[0]
    if shift not in (9, 12):
        raise ValueError("sector size")
    size = 1 << shift
    sector = struct.unpack_from("<L", header, 48)[0]
    table = _table(file, header, size)
    for _ in range(_LONGEST):
        if sector >= _CHAIN_END:
            return
        content = _sector(file, sector, size)
        for place in range(0, size, _ENTRY):
            length = struct.unpack_from("<H", content, place + 64)[0]
            if 2 <= length <= 64:  # noqa: PLR2004 - a name in UTF-16 with its end
                yield content[place : place + length - 2].decode("utf-16-le", "replace")
        page = _sector(file, table[sector * 4 // size], size)
        sector = struct.unpack_from("<L", page, sector * 4 % size)[0]
    raise ValueError("endless directory")


def _table(file: IO[bytes], header: bytes, size: int) -> list[int]:
    """The sectors of the allocation table: 109 in the header, more in a chain of their own."""
    found = list(struct.unpack_from("<109L", header, 76))
    more = struct.unpack_from("<L", header, 68)[0]
    for _ in range(_LONGEST):
        if more >= _CHAIN_END:
            return found
        *sectors, more = struct.unpack(f"<{size // 4}L", _sector(file, more, size))
        found += sectors
    raise ValueError("endless table")


def _sector(file: IO[bytes], number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    content = file.read(size)
    if len(content) < size:
        raise ValueError("cut off")
    return content
