"""May this file come in? Decided by its content; its name must then fit.

Pure over a seekable stream: nothing is kept, nothing is executed, and never is more of the file in memory than a
piece. The steps, in this order, each ending in a BadUpload: 1 a name, 2 not empty, 3 not too large, 4 a kind that we
know, 5 not too large for that kind, 6 an extension that fits, 7 nothing inside that is dangerous or cannot be read.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from hefu.papers import archives, pdf, pictures
from hefu.papers.kinds import KINDS, LARGEST, MB, OF_EXTENSION, Kind
from hefu.papers.names import clean, extension
from hefu.papers.sniff import sniff
from hefu.papers.words import BadUpload, bad
from hefu.rules.model import Text

if TYPE_CHECKING:
    from typing import IO

_PICTURES = frozenset({"png", "jpeg", "tiff", "webp"})
_ZIPPED = frozenset({"zip", "docx", "xlsx", "pptx", "odt", "ofd"})
_SCRIPTED = frozenset({"svg", "svgz", "html", "htm", "xhtml"})
_ANY = Text("文件", "any file")


class Checked(NamedTuple):
    """A file that may come in; `remarks` are codes of what could not be looked into."""

    kind: Kind
    name: str
    size: int
    remarks: tuple[str, ...] = ()


def check(file: IO[bytes], name: str) -> Checked | BadUpload:
    """Whether a file may come in under a name. Leaves the stream at its beginning."""
    try:
        return _check(file, name)
    finally:
        file.seek(0)


def _check(file: IO[bytes], name: str) -> Checked | BadUpload:
    kept, size = clean(name), file.seek(0, os.SEEK_END)
    if refused := _at_once(kept, size):  # 1-3
        return refused
    found = sniff(file)  # 4
    if isinstance(found, BadUpload):
        return found
    kind = KINDS[found]
    if size > kind.limit:  # 5
        return too_large(size, kind)
    if extension(kept) not in kind.extensions:  # 6
        return bad("extension", extension=extension(kept), kind=kind.title, right=kind.extensions[0])
    remarks = _inside(file, found)  # 7
    return remarks if isinstance(remarks, BadUpload) else Checked(kind, kept, size, remarks)


def _inside(file: IO[bytes], kind: str) -> BadUpload | tuple[str, ...]:
    """Why the inside is refused, or remarks on what could not be looked into. Compound files are known by theirs."""
    if kind == "pdf":
        return pdf.look(file)
    if kind in _PICTURES:
        return pictures.look(file, kind) or ()
    return archives.look(file, kind) or () if kind in _ZIPPED else ()


def _at_once(name: str, size: int) -> BadUpload | None:
    """What can be said without a look at the content."""
    if not name:
        return bad("name")
    if size == 0:
        return bad("empty")
    return too_large(size) if size > LARGEST else None


def promising(name: str, size: int) -> BadUpload | None:
    """What can be said of a file that is still to come, by its name and size: steps 1 to 3, and its extension."""
    kept = clean(name)
    refused = _at_once(kept, size)
    if refused:
        return refused
    kind = OF_EXTENSION.get(extension(kept))
    if kind is None:
        return bad("script") if extension(kept) in _SCRIPTED else bad("type", seen=extension(kept) or "?")
    return too_large(size, kind) if size > kind.limit else None


def too_large(size: int, kind: Kind | None = None) -> BadUpload:
    """The refusal of a file with so many bytes, of a kind or of any."""
    limit = (kind.limit if kind else LARGEST) // MB
    return bad("too-large", size=f"{size / MB:.1f}", limit=limit, kind=kind.title if kind else _ANY)
