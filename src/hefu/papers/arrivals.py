"""A file that comes in pieces, over a line that breaks: announced, continued at the offset that is known, finished.

Pieces lie in the storage, not on one machine, so each may reach another process. A piece counts when it is whole; its
place in the row moves only from the offset at which it began, so a piece that is sent twice counts once. Only what is
finished is checked and kept (uploads.py); the rest is forgotten after a week.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from hefu.papers.blobs import PIECE as COPIED
from hefu.papers.blobs import digest
from hefu.papers.checks import promising
from hefu.papers.kinds import MB
from hefu.papers.models import Arrival, Piece, Upload
from hefu.papers.names import clean
from hefu.papers.uploads import allowance, forget, receive
from hefu.papers.words import BadUpload, bad

if TYPE_CHECKING:
    from datetime import datetime

PIECE = 4 * MB
"""Bytes of the largest piece."""
ON_ITS_WAY = timedelta(days=7)
"""How long an arrival may take."""


class UnknownArrivalError(LookupError):
    """Nothing of this person is on its way under this id."""


class WrongOffsetError(ValueError):
    """A piece that does not continue where the arrival is; `offset` is where it is."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"the arrival is at {offset}")
        self.offset = offset


def announce(account: str, name: str, size: int, sha256: str = "", body: str = "") -> Arrival | BadUpload:
    """Begin an arrival, unless name or size already say that the file cannot come in."""
    refused = promising(name, size) or allowance(account, size)
    if refused:
        return refused
    return Arrival.objects.create(account=account, name=clean(name), size=size, sha256=sha256.lower(), body=body)


def arrival(account: str, arrival_id: str) -> Arrival:
    """One's own arrival. Raises UnknownArrivalError."""
    found = Arrival.objects.filter(pk=arrival_id, account=account).first()
    if found is None:
        raise UnknownArrivalError(arrival_id)
    return found


def continued(coming: Arrival, offset: int, content: bytes) -> int:
    """Take a whole piece that begins at `offset`; where the arrival is now. Raises WrongOffsetError."""
    end = offset + len(content)
    if offset != coming.offset or end > coming.size or not content:
        raise WrongOffsetError(coming.offset)
    path = default_storage.save(f"arriving/{coming.pk}/{offset}-{secrets.token_hex(4)}", ContentFile(content))
    with transaction.atomic():
        moved = Arrival.objects.filter(pk=coming.pk, offset=offset, upload="").update(offset=end)
        if moved:
            Piece.objects.create(arrival=coming, offset=offset, path=path)
    if not moved:  # somebody else has just continued it
        default_storage.delete(path)
        raise WrongOffsetError(arrival(coming.account, coming.pk).offset)
    return end


def finish(coming: Arrival) -> Upload | BadUpload:
    """The upload, once everything is there; asked again, the same one. Raises WrongOffsetError while it is not.

    What is refused has to be sent anew, so its pieces are forgotten.
    """
    if coming.upload:
        return _finished(coming)
    if coming.offset < coming.size:
        raise WrongOffsetError(coming.offset)
    with TemporaryFile() as whole:
        if not _assembled(coming, whole):
            return _missing(coming)
        if coming.sha256 and digest(whole) != coming.sha256:
            answer: Upload | BadUpload = bad("hash")
        else:
            answer = receive(coming.account, File(whole, coming.name), coming.body)
    if isinstance(answer, BadUpload):
        abandon(coming)
        return answer
    if not Arrival.objects.filter(pk=coming.pk, upload="").update(upload=answer.pk):
        forget(coming.account, answer.pk)  # it was finished twice at once
        return _finished(arrival(coming.account, coming.pk))
    _clear(coming)
    return answer


def _finished(coming: Arrival) -> Upload:
    return Upload.objects.select_related("blob").get(pk=coming.upload)


def _missing(coming: Arrival) -> Upload:
    """Pieces that are gone: another process has just finished it, or the storage has lost them and they come anew."""
    fresh = arrival(coming.account, coming.pk)
    if fresh.upload:
        return _finished(fresh)
    _clear(fresh)
    Arrival.objects.filter(pk=fresh.pk).update(offset=0)
    raise WrongOffsetError(0)


def abandon(coming: Arrival) -> None:
    """Forget an arrival with its pieces."""
    _clear(coming)
    coming.delete()


def sweep_arrivals(at: datetime) -> int:
    """Forget what has been on its way for longer than ON_ITS_WAY; how many."""
    old = list(Arrival.objects.filter(begun__lt=at - ON_ITS_WAY))
    for coming in old:
        abandon(coming)
    return len(old)


def _assembled(coming: Arrival, whole: IO[bytes]) -> bool:
    """Write the pieces one after the other; whether all of them were there."""
    try:
        for path in coming.pieces.order_by("offset").values_list("path", flat=True):
            with default_storage.open(path) as piece:
                while content := piece.read(COPIED):
                    whole.write(content)
    except FileNotFoundError:
        return False
    whole.flush()
    return whole.tell() == coming.size


def _clear(coming: Arrival) -> None:
    for piece in coming.pieces.all():
        default_storage.delete(piece.path)
        piece.delete()
