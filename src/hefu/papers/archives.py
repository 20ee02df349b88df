"""ZIP containers: archives, and the office formats that are made of them.

Everything is decided from the directory at the end of the file before anything is unpacked; then each entry is
unpacked piece by piece and thrown away, which finds damage and sizes that lie. The measures follow what bombs do: a
huge total, an absurd ratio, many entries, entries that lie over each other, archives in archives.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from hefu.papers.kinds import LARGEST, MB, OF_EXTENSION
from hefu.papers.names import extension
from hefu.papers.words import BadUpload, bad

if TYPE_CHECKING:
    from collections.abc import Sequence

ENTRIES = 5_000
UNPACKED = 10 * LARGEST
RATIO = 200
"""Times that the content may be larger than the file, once it is large at all (SMALL); sheets of zeros reach 100."""
SMALL = 20 * MB
_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_RECORD = 46
_LOCAL = 30
_PIECE = 1 << 18
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PACKED = (b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")
_PROGRAMS = (b"MZ", b"\x7fELF")
_RUNS = frozenset({"exe", "com", "scr", "msi", "bat", "cmd", "ps1", "vbs", "vbe", "wsf", "hta", "lnk", "jar", "apk"})
_CONTAINERS = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "odp", "ofd"})
"""Extensions of files that are ZIP containers without being archives."""
_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, ValueError, EOFError)


def opened(file: IO[bytes]) -> zipfile.ZipFile | BadUpload:
    """The archive with its directory read, once that directory is known to be of a decent size."""
    end = end_of(file)
    if end is None:
        return bad("damaged", kind="ZIP")
    entries, length = end
    if entries > ENTRIES or length > ENTRIES * (_RECORD + 400):
        return bad("too-many", count=entries, most=ENTRIES)
    try:
        return zipfile.ZipFile(file)
    except _FAULTS:
        return bad("damaged", kind="ZIP")


def end_of(file: IO[bytes]) -> tuple[int, int] | None:
    """Entries and bytes of the directory of a ZIP that ends where the file ends, or nothing."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END.size - 0xFFFF))
    tail = file.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        return None
    *_, entries, length, offset, comment = _END.unpack_from(tail, at)
    if at + _END.size + comment != len(tail) or offset == 0xFFFF_FFFF:  # noqa: PLR2004 - the mark of ZIP64
        return None
    return entries, length


def look(file: IO[bytes], kind: str) -> BadUpload | None:
    """Why a container may not come in."""
    archive = opened(file)
    if isinstance(archive, BadUpload):
        return archive
    with archive:
        entries = archive.infolist()
        refused = _directory(entries, file.seek(0, os.SEEK_END)) or _named(entries, kind)
        if refused:
            return refused
        try:
            for entry in entries:
                if found := _content(archive, entry, kind):
                    return found
        except _FAULTS:
            return bad("damaged", kind="ZIP")
    return None


def _directory(entries: Sequence[zipfile.ZipInfo], size: int) -> BadUpload | None:
    """What the directory says of sizes, places and methods."""
    total = sum(entry.file_size for entry in entries)
    if total > UNPACKED or (total > SMALL and total > RATIO * size):
        return bad("bomb", total=f"{total / MB:.0f}", size=f"{size / MB:.1f}")
    if any(entry.flag_bits & 0x1 for entry in entries):
        return bad("encrypted")
    if any(entry.compress_type not in _METHODS for entry in entries):
        return bad("method")
    place = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < place or (place == 0 and entry.header_offset > 0):
            return bad("damaged", kind="ZIP")
        place = entry.header_offset + _LOCAL + entry.compress_size
    return None


def _named(entries: Sequence[zipfile.ZipInfo], kind: str) -> BadUpload | None:
    """Names that leave the folder into which they are unpacked; programs; macros."""
    for entry in entries:
        name = told(entry).replace("\\", "/")
        if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/") or "\0" in entry.orig_filename:
            return bad("path", name=name)
        if kind != "zip" and name.rsplit("/", 1)[-1].lower() == "vbaproject.bin":
            return bad("macros")
        if kind == "zip" and extension(name) in _RUNS:
            return bad("program", name=name)
    return None


def told(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; those that Chinese tools write without saying so are GB18030."""
    if entry.flag_bits & 0x800:
        return entry.orig_filename
    raw = entry.orig_filename.encode("cp437", "replace")
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return entry.orig_filename


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, kind: str) -> BadUpload | None:
    """Unpack an entry and throw it away: zipfile checks its size and checksum on the way."""
    with archive.open(entry) as inside:
        head = inside.read(_PIECE)
        name = told(entry)
        if kind == "zip" and head.startswith(_PACKED) and extension(name) not in _CONTAINERS:
            return bad("nested", name=name)
        if kind == "zip" and head.startswith(_PROGRAMS) and extension(name) not in OF_EXTENSION:
            return bad("program", name=name)
        while inside.read(_PIECE):
            pass
    return None
