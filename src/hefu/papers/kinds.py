"""The kinds of files that may come in: nothing that is not in this table does.

A scheme names materials, never formats, so one table holds for all. The limits are generous for a scan of a long
document and small enough for a poor line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.rules.model import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

MB = 1024 * 1024
LARGEST = 50 * MB
"""Bytes of the largest file of any kind."""


class Kind(NamedTuple):
    """A kind of file: how it is served, which extensions fit it, its largest size in bytes."""

    id: str
    mime: str
    extensions: tuple[str, ...]
    title: Text
    limit: int = LARGEST
    inline: bool = False
    """Whether a browser may show it in a sandbox; everything else is only downloaded."""


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_WORD = Text("Word 文档", "Word document")
_SHEET = Text("Excel 表格", "Excel workbook")
_SLIDES = Text("PowerPoint 演示文稿", "PowerPoint slides")

KINDS: Mapping[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind("pdf", "application/pdf", ("pdf",), Text("PDF 文件", "PDF"), inline=True),
        Kind("ofd", "application/ofd", ("ofd",), Text("OFD 版式文件", "OFD document")),
        Kind("png", "image/png", ("png",), Text("PNG 图片", "PNG picture"), 20 * MB, inline=True),
        Kind("jpeg", "image/jpeg", ("jpg", "jpeg"), Text("JPEG 图片", "JPEG picture"), 20 * MB, inline=True),
        Kind("webp", "image/webp", ("webp",), Text("WebP 图片", "WebP picture"), 20 * MB),
        Kind("tiff", "image/tiff", ("tif", "tiff"), Text("TIFF 图片", "TIFF picture")),
        Kind("docx", f"{_OFFICE}wordprocessingml.document", ("docx",), _WORD),
        Kind("xlsx", f"{_OFFICE}spreadsheetml.sheet", ("xlsx",), _SHEET),
        Kind("pptx", f"{_OFFICE}presentationml.presentation", ("pptx",), _SLIDES),
        Kind("odt", f"{_OPEN}text", ("odt",), Text("OpenDocument 文本", "OpenDocument text")),
        # WPS Office writes the same containers under names of its own.
        Kind("doc", "application/msword", ("doc", "wps"), _WORD),
        Kind("xls", "application/vnd.ms-excel", ("xls", "et"), _SHEET),
        Kind("ppt", "application/vnd.ms-powerpoint", ("ppt", "dps"), _SLIDES),
        Kind("txt", "text/plain", ("txt", "csv"), Text("文本文件", "plain text"), 10 * MB),
        Kind("zip", "application/zip", ("zip",), Text("ZIP 压缩包", "ZIP archive")),
    )
}
OF_EXTENSION: Mapping[str, Kind] = {extension: kind for kind in KINDS.values() for extension in kind.extensions}
ACCEPT = ",".join(f".{extension}" for extension in OF_EXTENSION)
"""What an `<input type=file accept>` says; a hint only."""
