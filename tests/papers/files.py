"""Files as people and attackers make them, each made in the test that needs it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

PDF_HEAD, PDF_END = b"%PDF-1.7\n", b"\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def pdf(*objects: bytes) -> bytes:
    """A PDF of a catalogue and some more objects."""
    numbered = (b"%d 0 obj %s endobj\n" % (place, item) for place, item in enumerate(objects, 2))
    return PDF_HEAD + b"1 0 obj <</Type /Catalog>> endobj\n" + b"".join(numbered) + PDF_END


def stream(content: bytes, extra: bytes = b"/Type /ObjStm /N 1 /First 4") -> bytes:
    """A compressed stream of a PDF."""
    packed = zlib.compress(content)
    return b"<<%s /Filter /FlateDecode /Length %d>> stream\r\n%s\nendstream" % (extra, len(packed), packed)


def png(width: int = 100, height: int = 50) -> bytes:
    header = struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"")) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">L", len(content)) + name + content + struct.pack(">L", zlib.crc32(name + content))


def jpeg(width: int = 100, height: int = 50) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00" + bytes(9)
        + b"\xff\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xd9"
    )  # fmt: skip


def tiff(width: int = 100, height: int = 50, order: str = "<") -> bytes:
    fields = struct.pack(f"{order}HHLHH", 256, 3, 1, width, 0) + struct.pack(f"{order}HHLL", 257, 4, 1, height)
    mark = b"II" if order == "<" else b"MM"
    return mark + struct.pack(f"{order}HLH", 42, 8, 2) + fields + bytes(4)


def webp(width: int = 100, height: int = 50, coding: str = "VP8X") -> bytes:
    body = {
        "VP8X": bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little"),
        "VP8L": b"\x2f" + struct.pack("<L", (width - 1) | (height - 1) << 14),
        "VP8 ": bytes(3) + b"\x9d\x01\x2a" + struct.pack("<2H", width, height),
    }[coding] + bytes(16)
    chunk = coding.encode() + struct.pack("<L", len(body)) + body
    return b"RIFF" + struct.pack("<L", len(chunk) + 4) + b"WEBP" + chunk


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml", "ofd": "OFD.xml"}


def office(kind: str) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", OFFICE[kind]: b"<document/>"})


def odt() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", b"application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", b"<office/>")
    return made.getvalue()


def compound(*names: str) -> bytes:
    """A compound file whose directory holds some names: a header, one sector of table, one of directory."""
    free, end, table = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<L", header, 48, 1)
    struct.pack_into("<LL", header, 68, end, 0)
    struct.pack_into("<109L", header, 76, 0, *[free] * 108)
    sectors = 1 + len(names) // 4
    chain = [table, *range(2, sectors + 1), end]
    directory = bytearray(512 * sectors)
    for place, name in enumerate(("Root Entry", *names)):
        raw = name.encode("utf-16-le")
        directory[place * 128 : place * 128 + len(raw)] = raw
        struct.pack_into("<H", directory, place * 128 + 64, len(raw) + 2)
    return bytes(header) + struct.pack("<128L", *chain, *[free] * (128 - len(chain))) + bytes(directory)
