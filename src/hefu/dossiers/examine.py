"""examine: one dossier held against its journal: the chain, the folded state, every row that lists read.

Audit tells what is found, rebuild puts it right. Dossiers come in pages, in the order of their ids; a page is read in
one transaction, so that an act that is done meanwhile is seen whole or not at all.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from hefu.dossiers.change import whole
from hefu.dossiers.history import entries
from hefu.dossiers.journal import Fault, verify
from hefu.dossiers.models import (
    CaseRow,
    CertificateRow,
    ClockRow,
    DossierRow,
    DutyRow,
    EndedRow,
    FactRow,
    OutboxRow,
    PartyRow,
    StateRow,
    SubjectRow,
    VisitRow,
    WorkRow,
)  # fmt: skip
from hefu.dossiers.rows import About, outward, wakes
from hefu.dossiers.state import encode
from hefu.rules.dossier import Dossier
from hefu.rules.events import BadJournalError
from hefu.rules.evolve import apply

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hefu.dossiers.journal import Entry
    from hefu.dossiers.rows import Row
    from hefu.dossiers.store import Store
    from hefu.rules.events import Event

PAGE = 50
"""Dossiers read at once."""
TABLES = {
    "cases": (CaseRow, ("case", "process", "version", "state", "opened", "outcome", "last")),
    "certificates": (CertificateRow, ("place", "number", "status", "since", "valid_to", "prints")),
    "clocks": (
        ClockRow,
        ("key", "name", "scope", "due", "latest", "status", "provisional", "calendar", "owner", "kind", "run"),
    ),
    "duties": (DutyRow, ("key", "act", "ground", "role", "case", "raised", "due")),
    "subject": (SubjectRow, ("holder", "uscc", "unit", "words")),
    "parties": (PartyRow, ("case", "key", "role")),
    "facts": (FactRow, ("fact", "place", "row")),
    "work": (
        WorkRow,
        (
            "key",
            "role",
            "kind",
            "process",
            "machine",
            "state",
            "case",
            "item",
            "name",
            "ground",
            "clock",
            "since",
            "due",
            "status",
            "body",
            "scheme",
        ),
    ),
    "visits": (VisitRow, ("case", "field", "person", "start", "end")),
    "ended": (
        EndedRow,
        ("key", "name", "kind", "scope", "due", "ended", "status", "late", "gross", "stopped", "net", "body", "scheme"),
    ),
}


def about(store: Store, row: DossierRow) -> About:
    """What the rows of a dossier tell besides its state."""
    return About(store.laws.of(row.scheme, row.settings), row.body, row.title)


class Examined(NamedTuple):
    """One dossier as its journal tells it.

    With `faults` the journal itself is broken, and nothing can be made from it; `differs` names the tables whose rows
    are not those of the fold, `missing` what is not in the outbox and should be.
    """

    row: DossierRow
    events: int
    dossier: Dossier
    faults: tuple[Fault, ...]
    differs: frozenset[str]
    missing: tuple[tuple[int, str], ...]


def pages(store: Store) -> Iterator[tuple[str, str, int]]:
    """First and last id of each page, and how many dossiers it has."""
    last = ""
    while True:
        rows = DossierRow.objects.using(store.using).filter(id__gt=last).order_by("id")
        names = list(rows.values_list("id", flat=True)[:PAGE])
        if not names:
            return
        last = names[-1]
        yield names[0], last, len(names)


def examine(store: Store, first: str, last: str) -> Iterator[Examined]:
    """Every dossier of a page, in the caller's transaction."""
    rows = DossierRow.objects.using(store.using).filter(id__gte=first, id__lte=last).order_by("id")
    journals = groupby(entries(store, first, last), key=lambda entry: entry.dossier)
    found = {name: list(journal) for name, journal in journals}
    folded = StateRow.objects.using(store.using).filter(dossier_id__gte=first, dossier_id__lte=last)
    states = {row.dossier_id: row for row in folded}
    stored = {table: _stored(store, table, first, last) for table in TABLES}
    sent: dict[str, list[tuple[int, str]]] = {}
    outbox = OutboxRow.objects.using(store.using).filter(dossier_id__gte=first, dossier_id__lte=last)
    for name, number, kind in outbox.values_list("dossier_id", "number", "kind"):
        sent.setdefault(name, []).append((number, kind))
    for row in rows:
        read = {table: stored[table].get(row.id, []) for table in TABLES}
        yield _one(store, row, found.pop(row.id, []), states.get(row.id), read, sent.get(row.id, []))
    for name, journal in found.items():
        nobody = DossierRow(id=name, version=0, head=b"")
        fault = Fault(name, 0, "there is a journal but no dossier")
        yield Examined(nobody, journal[-1].version, Dossier(), (fault,), frozenset(), ())


def _stored(store: Store, table: str, first: str, last: str) -> dict[str, list[Row]]:
    model, fields = TABLES[table]
    found: dict[str, list[Row]] = {}
    rows = model._default_manager.using(store.using).filter(dossier_id__gte=first, dossier_id__lte=last)  # noqa: SLF001 - Django's name for any model's rows
    for name, *values in rows.values_list("dossier_id", *fields):
        found.setdefault(name, []).append(tuple(_word(value) for value in values))
    return {name: sorted(rows) for name, rows in found.items()}


def _word(value: object) -> object:
    """A day as the ISO word that rows.py writes."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _one(  # noqa: PLR0913 - a dossier and everything that was stored of it
    store: Store, row: DossierRow, journal: Sequence[Entry], state: StateRow | None, read: dict[str, list[Row]],
    sent: list[tuple[int, str]],
) -> Examined:  # fmt: skip
    name, dossier = row.id, Dossier(row.scheme)
    faults = list(verify(name, journal, bytes(row.head), row.version))
    if not journal:
        faults.append(Fault(name, 0, "there is a dossier but no journal"))
    events: list[Event] = []
    text = ""
    try:
        for entry in journal:
            for event in entry.read():
                events.append(event)
                apply(dossier, event)
            if state is not None and state.version == entry.version:
                text = encode(dossier)
    except (BadJournalError, ValueError) as error:
        faults.append(Fault(name, len(events), f"its events cannot be read: {error}"))
    if faults:
        return Examined(row, journal[-1].version if journal else 0, dossier, tuple(faults), frozenset(), ())
    change = whole(about(store, row), dossier)
    told = {
        "cases": change.cases, "certificates": change.certificates, "clocks": change.clocks.put,
        "duties": change.duties.put, "subject": change.subject, "parties": change.parties.put,
        "facts": change.facts.put, "work": change.work.put, "visits": change.visits.put, "ended": change.ended,
    }  # fmt: skip
    differs = {table for table in TABLES if told[table] != read[table]}
    if state is not None and state.state != text:
        differs.add("state")
    if (row.wakes, row.status, row.last, row.scheme) != (wakes(dossier), dossier.status, dossier.last, dossier.scheme):
        differs.add("dossier")
    missing = tuple(item for item in outward(events, 0) if item not in sent)
    if missing:
        differs.add("outbox")
    return Examined(row, len(events), dossier, (), frozenset(differs), missing)
