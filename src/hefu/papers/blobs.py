"""Contents, kept once each under their SHA-256 in Django's storage: a folder by default, S3 at scale.

A content counts as kept when it has a row. The file comes first and the row second, so a crash between the two leaves
a file that nobody refers to; whoever hands in the same content next looks whether that file is whole.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from hefu.papers.models import Blob, address

if TYPE_CHECKING:
    from typing import IO

PIECE = 1 << 20


def digest(file: IO[bytes]) -> str:
    """The SHA-256 of a stream in hexadecimal, read piece by piece; leaves it at its beginning."""
    file.seek(0)
    running = sha256()
    while piece := file.read(PIECE):
        running.update(piece)
    file.seek(0)
    return running.hexdigest()


def keep(file: IO[bytes], sha: str, size: int) -> Blob:
    """Keep a content and give its row, locked until the end of the caller's transaction."""
    path = address(sha)
    if not Blob.objects.filter(pk=sha).exists() or not default_storage.exists(path):
        _store(file, path, sha)
    blob, _ = Blob.objects.get_or_create(sha256=sha, defaults={"size": size})
    Blob.objects.select_for_update().get(pk=sha)
    if not default_storage.exists(path):  # swept away in between
        _store(file, path, sha)
    return blob


def drop(sha: str) -> bool:
    """Forget a content that no upload has; whether it was forgotten."""
    with transaction.atomic():
        blob = Blob.objects.select_for_update().filter(pk=sha).first()
        if blob is None or blob.uploads.exists():
            return False
        default_storage.delete(blob.path)
        blob.delete()
        return True


def _store(file: IO[bytes], path: str, sha: str) -> None:
    """Write the file where it belongs, unless it lies there whole already."""
    if default_storage.exists(path):
        with default_storage.open(path) as lying:
            whole = digest(lying) == sha
        if whole:
            return
        default_storage.delete(path)
    file.seek(0)
    saved = default_storage.save(path, File(file))
    _settle(saved)
    if saved != path:  # somebody else has just written the same content
        default_storage.delete(saved)


def _settle(name: str) -> None:
    """Have a file of the local disk written through a power cut; other storages do so themselves."""
    with suppress(NotImplementedError):
        path = Path(default_storage.path(name))
        for place in (path, path.parent):
            handle = os.open(place, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
