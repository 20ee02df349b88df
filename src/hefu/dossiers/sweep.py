"""sweep: what the passing of time brings to all dossiers, daily and on demand.

A dossier is visited when its next day has come (`wakes`, an index) or when a day of it rests on a calendar that has
since changed. The core dates each event on the day on which it came about, so a late sweep writes the same events as
a daily one. Dossiers are taken in chunks, each one transaction; one that cannot be read is reported and left, and
does not hold up the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import DatabaseError, transaction

from hefu.dossiers.append import append
from hefu.dossiers.given import Asked, Given
from hefu.dossiers.journal import Fault
from hefu.dossiers.models import ClockRow, DossierRow
from hefu.rules.due import due

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from hefu.dossiers.outcome import When
    from hefu.dossiers.store import Store

CHUNK = 100
"""Dossiers in one transaction: enough that the disk's part in each is small, few enough that nobody waits long."""


class Swept(NamedTuple):
    """How many dossiers had something to come, how many events it was, and what could not be done."""

    dossiers: int
    events: int
    faults: tuple[Fault, ...]


def sweep(store: Store, when: When, progress: Callable[[int, int], None] | None = None) -> Swept:
    """Let time pass up to and including `when.on`; `progress` is told how many dossiers are done, and of how many."""
    names = waiting(store, when.on)
    dossiers = events = 0
    faults: list[Fault] = []
    for start in range(0, len(names), CHUNK):
        with transaction.atomic(using=store.using):
            for name in names[start : start + CHUNK]:
                try:
                    count = _pass(store, name, when)
                except DatabaseError:
                    raise
                except Exception as error:  # noqa: BLE001 - whatever is wrong with one dossier, the others' clocks run
                    faults.append(Fault(name, 0, f"time cannot pass: {error}"))
                else:
                    events += count
                    dossiers += bool(count)
        if progress:
            progress(min(start + CHUNK, len(names)), len(names))
    return Swept(dossiers, events, tuple(faults))


def waiting(store: Store, on: date) -> list[str]:
    """The dossiers to which time brings something on a day, in the order of their ids, in which they are locked."""
    woken = DossierRow.objects.using(store.using).filter(wakes__lte=on).values_list("id", flat=True)
    provisional = ClockRow.objects.using(store.using).filter(provisional=True)
    stale = set(provisional.values_list("calendar", flat=True).distinct()) - {store.laws.calendar}
    moved = provisional.filter(calendar__in=stale).values_list("dossier_id", flat=True) if stale else ()
    return sorted({*woken, *moved})


def _pass(store: Store, name: str, when: When) -> int:
    """Let time pass for one dossier; the number of events that it brought."""
    held, _ = store.load(name, lock=True)
    around = store.surroundings(held.body, held.law.scheme.id)
    facts = Asked(around.facts)
    passed = due(held.law.scheme, held.dossier, when.on, facts, around.people, held.law.versions)
    if not passed.events:
        return 0
    append(store, held, passed.events, passed.dossier, Given(when.on, None, facts.answered(), {}), when.at)
    return len(passed.events)
