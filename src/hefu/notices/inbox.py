"""What somebody was told: how much of it is unread, the list, and that it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.dossiers.models import DossierRow
from hefu.notices.models import NoticeRow
from hefu.notices.signs import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from hefu.people.models import Account


class Listed(NamedTuple):
    """A notice with the dossier that it is about."""

    notice: NoticeRow
    dossier: DossierRow | None


def unread(account: Account, most: int) -> int:
    """How many notices somebody has not read, up to one more than `most`: an index of them, and never many rows."""
    return NoticeRow.objects.filter(account=account, read__isnull=True)[: most + 1].count()


def notices(account: Account, *, only_unread: bool = False, kind: str = "", dossier: str = "") -> QuerySet[NoticeRow]:
    """What somebody was told, the newest first. An unknown kind finds nothing."""
    found = NoticeRow.objects.filter(account=account).order_by("-pk")
    found = found.filter(read__isnull=True) if only_unread else found
    found = found.filter(kind=kind) if kind else found
    return found.filter(dossier=dossier) if dossier else found


def kinds(account: Account) -> list[str]:
    """The kinds of notices that somebody has, the most urgent first."""
    held = set(NoticeRow.objects.filter(account=account).order_by().values_list("kind", flat=True).distinct())
    return [kind for kind in SIGNS if kind in held]


def with_dossiers(rows: Iterable[NoticeRow]) -> Sequence[Listed]:
    """Notices with their dossiers, in one query more."""
    listed = list(rows)
    found = DossierRow.objects.select_related("subject").in_bulk({row.dossier for row in listed})
    return [Listed(row, found.get(row.dossier)) for row in listed]


def mark_read(account: Account, at: datetime, notice: int | None = None) -> int:
    """Somebody has read one notice, or all of theirs; how many became read. Another's is not there."""
    rows = NoticeRow.objects.filter(account=account, read__isnull=True)
    return (rows.filter(pk=notice) if notice is not None else rows).update(read=at)
