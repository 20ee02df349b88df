"""Many dossiers of one kind, made without living each of their lives. Django must be ready.

One dossier lives up to a moment shortly before time brings something. The others are copies of its rows under ids of
their own, with journals whose hashes are right for them, so that whatever reads them finds nothing wrong. Bystanders,
to whom time brings nothing for a month, have only the rows that are searched for who is due.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import connections, transaction

from bench.living import life, live
from bench.stories import states
from hefu.dossiers.history import entries
from hefu.dossiers.journal import link
from hefu.dossiers.models import (
    CaseRow,
    CertificateRow,
    ClockRow,
    DossierRow,
    DutyRow,
    JournalRow,
    OutboxRow,
    StateRow,
)
from hefu.dossiers.rows import wakes
from hefu.rules.due import due

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import Model

    from bench.stories import Story
    from hefu.dossiers.store import Store

FIRST = "d000000"
"""The dossier that lives, and that the others are copies of."""
COPIED: tuple[type[Model], ...] = (CaseRow, CertificateRow, ClockRow, DutyRow, OutboxRow)
SEARCHED: tuple[type[Model], ...] = (CaseRow, CertificateRow, ClockRow, DutyRow)
PAGE = 100
"""Dossiers copied at once."""
FAR, SPREAD = 30, 700
"""Days after the sweep from which bystanders wake, and over how many they are spread."""


class Moment(NamedTuple):
    """A story up to some act: the day on which time then brings something, how many events, after how many."""

    story: Story
    acts: int
    day: date
    brought: int
    size: int


def moment(told: Sequence[Story]) -> Moment:
    """Of all moments at which a certificate is held, an ordinary one: the middle by what time brings, then by size."""
    found = []
    for story in told:
        done = 0
        for state in states(story):
            done += state.step.act is not None
            day = wakes(state.after)
            if state.step.act is not None and state.after.certificate is not None and day is not None:
                brought = len(due(story.scheme, state.after, day).events)
                found.append(Moment(story, done, day, brought, state.after.size))
    return sorted(found, key=lambda one: (one.brought, one.size))[len(found) // 2]


def settle(store: Store, now: Moment) -> None:
    """The dossier that lives, up to its moment."""
    live(store, FIRST, life(now.story, now.acts))


def join(store: Store, first: int, last: int) -> None:
    """Dossiers with these numbers, from 1, that stand as the living one does, each with its whole journal."""
    journal = list(entries(store, FIRST, FIRST))
    (row,) = DossierRow.objects.using(store.using).filter(id=FIRST).values()
    (folded,) = StateRow.objects.using(store.using).filter(dossier_id=FIRST).values()
    rows = {kind: list(_rows(store, kind)) for kind in COPIED}
    for start in range(first, last, PAGE):
        names = [f"d{number:06d}" for number in range(start, min(start + PAGE, last))]
        chained = []
        for name in names:
            head = bytes(32)
            for entry in journal:
                bare = entry._replace(dossier=name, previous=head)
                head = link(bare)
                held = bare._replace(hash=head)._asdict()
                chained.append(JournalRow(dossier_id=held.pop("dossier"), **held))
        heads = {one.dossier_id: one.hash for one in chained}
        with transaction.atomic(using=store.using):
            _put(store, [DossierRow(**{**row, "id": name, "head": heads[name]}) for name in names])
            _put(store, [StateRow(**{**folded, "dossier_id": name}) for name in names])
            _put(store, chained)
            for kind, held in rows.items():
                _put(store, [kind(**{**_own(one), "dossier_id": name}) for name in names for one in held])


def _rows(store: Store, kind: type[Model]) -> Iterable[dict[str, object]]:
    """The rows of the living dossier."""
    return kind._default_manager.using(store.using).filter(dossier_id=FIRST).values()  # noqa: SLF001 - Django's name for any model's rows


def _own(row: dict[str, object]) -> dict[str, object]:
    """A row without the number that the database gives it."""
    return {key: value for key, value in row.items() if key != "id"}


def _put(store: Store, rows: Sequence[Model]) -> None:
    if rows:
        type(rows[0])._default_manager.using(store.using).bulk_create(rows)  # noqa: SLF001 - as above


def stand_by(store: Store, day: date, first: int, last: int) -> None:
    """Bystanders with these numbers, by one statement a table: a copied row with days of its own."""
    later = f"date('{day + timedelta(days=FAR)}', '+' || (n.i % {SPREAD}) || ' days')"
    fresh = {"id": "'b' || printf('%08d', n.i)", "dossier_id": "'b' || printf('%08d', n.i)", "wakes": later,
             "due": later, "latest": later}  # fmt: skip
    with connections[store.using].cursor() as cursor, transaction.atomic(using=store.using):
        kinds: tuple[type[Model], ...] = (DossierRow, *SEARCHED)
        for kind in kinds:
            meta = kind._meta  # noqa: SLF001 - Django's name for what it knows of a table
            columns = [field.column for field in meta.local_concrete_fields]
            shown = ", ".join(f'"{column}"' for column in columns)
            taken = ", ".join(fresh.get(column, f'r."{column}"') for column in columns)
            key = "id" if kind is DossierRow else "dossier_id"
            cursor.execute(
                f"WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {last})"  # noqa: S608 - our own names and numbers
                f' INSERT INTO "{meta.db_table}" ({shown}) SELECT {taken} FROM n, "{meta.db_table}" r'
                f" WHERE r.\"{key}\" = '{FIRST}'"
            )
