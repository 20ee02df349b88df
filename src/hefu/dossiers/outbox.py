"""outbox: what acts send out reaches its courier at least once, and for each dossier in the order of its journal.

A row is written with the act that causes it (append.py), so nothing is sent that was not done and nothing done is
forgotten. Delivery takes the dossiers whose turn it is, for a while (LEASE), hands over their parcels outside any
transaction, and marks them. Whoever is killed in between has the parcel delivered again by the next one: its key is
the same, and the receiver drops what it has. A parcel that cannot be delivered holds back the later ones of its own
dossier only, and is tried again after 1, 2, 4 … minutes, at last once a day.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, Protocol

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from hefu.dossiers.history import happened
from hefu.dossiers.models import OutboxRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from hefu.dossiers.store import Store
    from hefu.rules.events import Event

LEASE = timedelta(minutes=5)
"""Time for one dossier's parcels; after it somebody else may take them."""
LONGEST = timedelta(days=1)
CHUNK = 100
"""Dossiers taken at once."""


class Parcel(NamedTuple):
    """An event to be delivered; `key` names it for ever and is the same at every attempt."""

    dossier: str
    number: int
    kind: str
    event: Event

    @property
    def key(self) -> str:
        return f"{self.dossier}/{self.number}"


class Courier(Protocol):
    """The port through which parcels leave.

    A durable job runner takes it over by starting a workflow with the id `parcel.key`, which does nothing when it has
    been started before.
    """

    def deliver(self, parcel: Parcel) -> None:
        """Take a parcel. Whatever it raises means: not delivered, try again later."""


class Delivered(NamedTuple):
    """How many parcels were handed over, and how many were refused."""

    sent: int
    failed: int


def deliver(store: Store, courier: Courier, at: datetime) -> Delivered:
    """Hand over everything whose turn it is at the instant `at`, until nothing is left that can go."""
    sent = failed = 0
    while _any(store, at) and (taken := _take(store, at)):
        for _, rows in groupby(taken, key=lambda row: row.dossier_id):
            done, problem = _hand_over(store, courier, list(rows), at)
            sent, failed = sent + done, failed + problem
    return Delivered(sent, failed)


def waiting(store: Store) -> int:
    """How many parcels are not delivered yet."""
    return _undelivered(store).count()


def _undelivered(store: Store) -> QuerySet[OutboxRow]:
    return OutboxRow.objects.using(store.using).filter(delivered__isnull=True)


def _due(at: datetime) -> Q:
    return Q(not_before__isnull=True) | Q(not_before__lte=at)


def _any(store: Store, at: datetime) -> bool:
    """Whether a parcel may go: asked every second, so without a transaction, which is a lock on SQLite."""
    return _undelivered(store).filter(_due(at)).exists()


def _take(store: Store, at: datetime) -> list[OutboxRow]:
    """Undelivered rows of some dossiers, all of them of each, taken so that nobody else delivers them meanwhile."""
    rows = _undelivered(store)
    earlier = rows.filter(dossier_id=OuterRef("dossier_id"), number__lt=OuterRef("number"))
    heads = rows.filter(_due(at)).filter(~Exists(earlier))
    with transaction.atomic(using=store.using):
        free = list(heads.order_by("dossier_id").select_for_update(skip_locked=True)[:CHUNK])
        # The first parcel of a dossier holds back the others: who leases it has them all, and what an act adds
        # meanwhile has not to wait for the end of the lease.
        rows.filter(pk__in=[row.pk for row in free]).update(not_before=at + LEASE)
        return list(rows.filter(dossier_id__in=[row.dossier_id for row in free]).order_by("dossier_id", "number"))


def _hand_over(store: Store, courier: Courier, rows: Sequence[OutboxRow], at: datetime) -> tuple[int, int]:
    """Deliver the rows of one dossier in order, up to the first that fails: how many went, and 1 if one failed."""
    events: dict[int, Event] = {}
    gone: list[int] = []
    ours = _undelivered(store).filter(dossier_id=rows[0].dossier_id)
    failure: tuple[OutboxRow, str] | None = None
    for row in rows:
        try:
            events = events or happened(store, row.dossier_id, [row.number for row in rows])
            courier.deliver(Parcel(row.dossier_id, row.number, row.kind, events[row.number]))
        except Exception as error:  # noqa: BLE001 - the port's contract: whatever it raises means not delivered
            failure = row, f"{type(error).__name__}: {error}"
            break
        gone.append(row.number)
    with transaction.atomic(using=store.using):
        ours.filter(number__in=gone).update(delivered=at, problem="", attempts=F("attempts") + 1, not_before=None)
        if failure is not None:
            row, problem = failure
            wait = min(timedelta(minutes=2 ** min(row.attempts, 11)), LONGEST)
            ours.filter(number=row.number).update(attempts=row.attempts + 1, not_before=at + wait, problem=problem)
    return len(gone), int(failure is not None)
