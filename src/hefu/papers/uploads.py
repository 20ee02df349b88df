"""Uploads: received, bound to a dossier, opened again, and forgotten if nobody has used them.

An upload belongs to the account that handed it in until an act takes it into a dossier; from then on it is a record
of that dossier and stays.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Case, Sum, Value, When
from django.utils import timezone

from hefu.papers.blobs import digest, drop, keep
from hefu.papers.checks import check
from hefu.papers.kinds import MB
from hefu.papers.models import Upload
from hefu.papers.words import BadUpload, bad

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from django.core.files.base import File
    from django.db.models import QuerySet

UNBOUND = timedelta(days=30)
"""How long an upload waits for a dossier."""


ALLOWANCE = 2_048 * MB
"""Bytes that the unbound uploads of one account may come to."""


class UnknownUploadError(LookupError):
    """An upload that is not there for this person: another's, another dossier's, forgotten, or never received."""


def receive(account: str, file: File[bytes], body: str = "", dossier: str = "") -> Upload | BadUpload:
    """Check a file and keep it for an account (its key). The file's `name` is what the person called it."""
    checked = check(file, file.name or "")
    if isinstance(checked, BadUpload):
        return checked
    if not dossier and (refused := allowance(account, checked.size)):
        return refused
    sha = digest(file)
    with transaction.atomic():
        blob = keep(file, sha, checked.size)
        return Upload.objects.create(
            blob=blob, kind=checked.kind.id, name=checked.name, remarks=list(checked.remarks), account=account,
            body=body, dossier=dossier, bound=timezone.now() if dossier else None,
        )  # fmt: skip


def allowance(account: str, more: int) -> BadUpload | None:
    """Why somebody may not hand in so many bytes more before they use what they have."""
    held = unbound(account).aggregate(total=Sum("blob__size"))["total"] or 0
    return bad("quota", limit=ALLOWANCE // MB) if held + more > ALLOWANCE else None


def forget(account: str, upload_id: str) -> bool:
    """Take away one's own upload that no dossier has; whether it was there."""
    upload = unbound(account).filter(pk=upload_id).first()
    return upload is not None and _forget(upload)


def bind(upload_ids: Collection[str], dossier: str, account: str, materials: Mapping[str, str] | None = None) -> None:
    """Tie one's own unbound uploads to a dossier, in the caller's transaction; those that it has already stay.

    `materials` says of an upload as which material it was handed in (Upload.material). Raises UnknownUploadError if any
    of them is neither: nobody files another person's papers by guessing an id.
    """
    wanted = set(upload_ids)
    if not wanted:
        return
    own = Upload.objects.filter(pk__in=wanted, account=account, dossier="")
    known = [When(pk=key, then=Value(name)) for key, name in (materials or {}).items()]
    done = own.update(dossier=dossier, bound=timezone.now(), material=Case(*known, default=Value("")))
    if done < len(wanted) and Upload.objects.filter(pk__in=wanted, dossier=dossier).count() < len(wanted):
        raise UnknownUploadError(", ".join(sorted(wanted)))


def move(place: str, dossier: str) -> int:
    """What was received for some place that is no dossier becomes part of one; how many files."""
    return Upload.objects.filter(dossier=place).update(dossier=dossier, bound=timezone.now())


def of(dossier: str) -> QuerySet[Upload]:
    """What a dossier holds, in the order in which it came."""
    return Upload.objects.filter(dossier=dossier).select_related("blob").order_by("bound", "received", "pk")


def unbound(account: str) -> QuerySet[Upload]:
    """What somebody has handed in and not yet used."""
    return Upload.objects.filter(account=account, dossier="").select_related("blob").order_by("received", "pk")


def open_upload(upload: Upload) -> File[bytes]:
    """The content, to be read and closed. Raises OSError when the storage does not have it."""
    return default_storage.open(upload.blob.path)


_needed: list[Callable[[], Collection[str]]] = []


def needed_by(function: Callable[[], Collection[str]]) -> None:
    """Let a function name uploads that are unbound and still needed, as those of drafts are."""
    _needed.append(function)


def sweep_unbound(at: datetime) -> int:
    """Forget unbound uploads older than UNBOUND that nobody needs, with contents that nobody else has; how many."""
    needed = set[str]().union(*(function() for function in _needed))
    old = Upload.objects.filter(dossier="", received__lt=at - UNBOUND)
    return sum(_forget(upload) for upload in old.iterator() if upload.pk not in needed)


def _forget(upload: Upload) -> bool:
    """Delete an upload that is still unbound, and its content if nobody else has it."""
    # The condition again: since it was read, an act may have taken it into a dossier.
    count, _ = Upload.objects.filter(pk=upload.pk, dossier="").delete()
    drop(upload.blob_id)
    return count > 0
