"""audit: every chain verified, every folded state and read row held against the fold of its journal. Writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connections, transaction

from hefu.dossiers.examine import examine, pages
from hefu.dossiers.journal import Fault
from hefu.dossiers.models import DossierRow, JournalRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from hefu.dossiers.store import Store


class Audited(NamedTuple):
    """How many dossiers and events were looked at, and every fault found."""

    dossiers: int
    events: int
    faults: tuple[Fault, ...]


def audit(store: Store, progress: Callable[[int, int], None] | None = None) -> Audited:
    """Look at every dossier; `progress` is told how many are done, and of how many."""
    total = DossierRow.objects.using(store.using).count()
    dossiers = events = 0
    faults: list[Fault] = []
    for first, last, count in pages(store):
        with transaction.atomic(using=store.using):
            _freeze(store)
            for found in examine(store, first, last):
                events += found.events
                faults += found.faults
                faults += [
                    Fault(found.row.id, 0, f"its {what} is not what its journal says") for what in sorted(found.differs)
                ]
        dossiers += count
        if progress:
            progress(dossiers, total)
    return Audited(dossiers, events, (*faults, *_orphans(store)))


def _freeze(store: Store) -> None:
    """Let this transaction see one moment only; SQLite does so by itself."""
    connection = connections[store.using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _orphans(store: Store) -> list[Fault]:
    """Journals without a dossier."""
    known = DossierRow.objects.using(store.using).values("id")
    rows = JournalRow.objects.using(store.using).filter(number=1).exclude(dossier_id__in=known)
    return [Fault(name, 0, "there is a journal but no dossier") for name in rows.values_list("dossier_id", flat=True)]
