"""Uploads and arrivals as tests need them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile

from hefu.papers.filled import Made, deeds, made
from hefu.papers.models import Upload
from hefu.papers.uploads import receive
from tests.papers import files

if TYPE_CHECKING:
    from hefu.dossiers.store import Held, Store

PDF = files.pdf(b"<</Type /Page>>")


def handed(account: str, content: bytes = PDF, name: str = "营业执照.pdf", dossier: str = "") -> Upload:
    """An upload that must come in."""
    upload = receive(account, ContentFile(content, name=name), "body-1", dossier)
    assert isinstance(upload, Upload), upload
    return upload


def stored() -> list[str]:
    """The files that lie in the storage."""
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def documents_of(store: Store, held: Held) -> list[Made]:
    """Every document of a dossier, the oldest first."""
    return [item for deed in deeds(store, held.id) for item in made(held.law.scheme, deed)]
