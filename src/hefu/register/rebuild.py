"""rebuild and audit: the register from the journals alone, and what of it is not what they say.

A journal that is broken is left to the rebuild and audit of dossiers, which report it; nothing is derived from it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from hefu.dossiers import sql
from hefu.dossiers.examine import pages
from hefu.dossiers.history import each, entries
from hefu.dossiers.journal import Fault
from hefu.dossiers.models import DossierRow
from hefu.register.models import EntryRow, ShownRow, StepRow
from hefu.register.project import ENTRY, SHOWN, STEP, entry_row, parts, shown_row, step_row
from hefu.register.public import Happened, Public, walk
from hefu.rules.dossier import Dossier
from hefu.rules.events import BadJournalError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from hefu.dossiers.rows import Row
    from hefu.dossiers.statements import Put
    from hefu.dossiers.store import Store


class Rows(NamedTuple):
    """The register's rows of one dossier (project.py)."""

    entries: list[Row]
    shown: list[Row]
    steps: list[Row]


def audit_register(store: Store) -> tuple[Fault, ...]:
    """Every dossier whose public rows are not those of its journal, and rows of no dossier. Writes nothing."""
    faults = []
    for first, last, _ in pages(store):
        with transaction.atomic(using=store.using):
            for name, told, found in _compared(store, first, last):
                if told != found:
                    faults.append(Fault(name, 0, "its register is not what its journal says"))
    return (*faults, *(Fault(name, 0, "it is in the register, but there is no dossier") for name in _orphans(store)))


def rebuild_register(store: Store) -> tuple[str, ...]:
    """Make the register again; the dossiers whose rows were not the same."""
    changed = []
    for first, last, _ in pages(store):
        with transaction.atomic(using=store.using):
            rows = DossierRow.objects.using(store.using).filter(id__range=(first, last)).order_by("id")
            list(rows.select_for_update().values_list("id"))
            for name, told, found in _compared(store, first, last):
                if told != found:
                    _forget(store, name)
                    sql.put(store.using, parts(store.using, *told))
                    changed.append(name)
    for name in _orphans(store):
        _forget(store, name)
        changed.append(name)
    return tuple(changed)


def _compared(store: Store, first: str, last: str) -> Iterator[tuple[str, Rows, Rows]]:
    """For each dossier of a page the rows that its journal tells, and those that are there."""
    here = {"dossier__gte": first, "dossier__lte": last}
    entries_of = _by_dossier(EntryRow.objects.using(store.using).filter(**here).order_by("dossier", "place"), ENTRY)
    steps_of = _by_dossier(StepRow.objects.using(store.using).filter(**here).order_by("dossier", "number"), STEP)
    named = [row[0] for rows in entries_of.values() for row in rows]
    shown = ShownRow.objects.using(store.using).filter(entry__in=named).values_list(*SHOWN.columns)
    shown_of = {row[0]: row for row in shown}
    journals = groupby(entries(store, first, last), key=lambda entry: entry.dossier)
    known = {row.id: row for row in DossierRow.objects.using(store.using).filter(id__gte=first, id__lte=last)}
    for name, journal in journals:
        row = known.get(name)
        if row is None:
            continue
        law = store.laws.of(row.scheme, row.settings)
        try:
            happened = [Happened(item.number, item.at, item.event) for item in each(journal)]
            told = walk(law, Dossier(row.scheme), happened)
        except BadJournalError:
            continue
        mine = entries_of.get(name, [])
        with_fields = [shown_of[entry[0]] for entry in mine if entry[0] in shown_of]
        yield name, _rows(row, told), Rows(mine, with_fields, steps_of.get(name, []))


def _by_dossier(rows: QuerySet[Any], put: Put) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    place = put.columns.index("dossier")
    for row in rows.values_list(*put.columns):
        found.setdefault(row[place], []).append(row)
    return found


def _rows(row: DossierRow, told: Public) -> Rows:
    held = [told.entries[place] for place in sorted(told.entries)]
    return Rows(
        [entry_row(row.id, row.body, row.scheme, entry) for entry in held],
        [shown_row(row.id, entry) for entry in held],
        [step_row(row.id, row.body, row.scheme, step) for step in told.steps],
    )


def _orphans(store: Store) -> list[str]:
    known = DossierRow.objects.using(store.using).values("id")
    found: set[str] = set()
    for model in (EntryRow, StepRow):
        rows = model._default_manager.using(store.using).exclude(dossier__in=known)  # noqa: SLF001 - Django's name for any model's rows
        found.update(rows.values_list("dossier", flat=True))
    return sorted(found)


def _forget(store: Store, dossier: str) -> None:
    mine = EntryRow.objects.using(store.using).filter(dossier=dossier)
    ShownRow.objects.using(store.using).filter(entry__in=list(mine.values_list("public", flat=True))).delete()
    mine.delete()
    StepRow.objects.using(store.using).filter(dossier=dossier).delete()
