"""rebuild: every row that lists read, made again from the journals, and the proof of whether it was the same.

A dossier whose journal is broken is left as it is and reported: nothing is ever derived from a journal that fails its
own chain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from hefu.dossiers import sql
from hefu.dossiers.change import whole
from hefu.dossiers.examine import TABLES, about, examine, pages
from hefu.dossiers.models import DossierRow, StateRow
from hefu.dossiers.rows import wakes
from hefu.dossiers.state import encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from hefu.dossiers.examine import Examined
    from hefu.dossiers.journal import Fault
    from hefu.dossiers.store import Store


class Rebuilt(NamedTuple):
    """How many dossiers and events were read, whose rows were not the same, and what could not be rebuilt."""

    dossiers: int
    events: int
    changed: tuple[str, ...]
    faults: tuple[Fault, ...]


def rebuild(store: Store, progress: Callable[[int, int], None] | None = None) -> Rebuilt:
    """Make every read row again; only those that differ are written. `progress` as for audit."""
    total = DossierRow.objects.using(store.using).count()
    dossiers = events = 0
    changed: list[str] = []
    faults: list[Fault] = []
    for first, last, count in pages(store):
        with transaction.atomic(using=store.using):
            page = DossierRow.objects.using(store.using).filter(id__range=(first, last)).order_by("id")
            list(page.select_for_update().values_list("id"))
            for found in examine(store, first, last):
                events += found.events
                faults += found.faults
                if found.differs:
                    _put_right(store, found)
                    changed.append(found.row.id)
        dossiers += count
        if progress:
            progress(dossiers, total)
    return Rebuilt(dossiers, events, tuple(changed), tuple(faults))


def _put_right(store: Store, found: Examined) -> None:
    """Write the rows of one dossier anew. Its scheme, hash and version are not derived, and are not touched."""
    name, dossier = found.row.id, found.dossier
    for table in found.differs & set(TABLES):
        model, _ = TABLES[table]
        model._default_manager.using(store.using).filter(dossier_id=name).delete()  # noqa: SLF001 - Django's name for any model's rows
    rows = whole(about(store, found.row), dossier)
    sql.rewrite(store.using, name, rows, found.missing)
    DossierRow.objects.using(store.using).filter(id=name).update(
        wakes=wakes(dossier), status=dossier.status, last=dossier.last
    )
    if "state" in found.differs:
        StateRow.objects.using(store.using).filter(dossier_id=name).update(version=dossier.size, state=encode(dossier))
