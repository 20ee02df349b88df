"""Rounds over all dossiers: the sweep and the audit, noted while they go on. Daily and on demand are the same code.

A round that is killed is made again under the same key; what a sweep has done stays done, so it goes on where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from hefu.dossiers.audit import audit
from hefu.dossiers.sweep import sweep
from hefu.jobs.models import RoundRow
from hefu.register.rebuild import audit_register

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hefu.dossiers.journal import Fault
    from hefu.dossiers.outcome import When
    from hefu.dossiers.store import Store

    Progress = Callable[[int, int], None]

SWEEP, AUDIT = "sweep", "audit"
SHOWN = 100
"""Faults that are kept with a round; all of them are counted."""


class Found(Protocol):
    """What any round finds."""

    @property
    def dossiers(self) -> int: ...
    @property
    def events(self) -> int: ...
    @property
    def faults(self) -> Sequence[Fault]: ...


class Round(NamedTuple):
    """A round to be made: which, for which moment, under which key, and who has asked."""

    kind: str
    when: When
    key: str
    by: str = ""


def asked_for(kind: str, when: When, by: str = "") -> Round:
    """A round on demand; two within the same second are one."""
    return Round(kind, when, f"{kind}/{when.on}/{when.at:%Y%m%dT%H%M%S}", by)


def make(store: Store, what: Round, now: Callable[[], When], progress: Progress | None = None) -> Found:
    """Make a round; whatever ends it is noted and raised again."""
    rows = RoundRow.objects.using(store.using)
    row, _ = rows.update_or_create(
        key=what.key, defaults={"finished": None, "problem": ""},
        create_defaults={"kind": what.kind, "on": what.when.on, "by": what.by, "started": what.when.at},
    )  # fmt: skip
    here = rows.filter(pk=row.pk)

    def told(done: int, total: int) -> None:
        here.update(done=done, total=total)
        if progress:
            progress(done, total)

    try:
        found = KINDS[what.kind](store, what.when, told)
    except Exception as error:
        here.update(finished=now().at, problem=f"{type(error).__name__}: {error}")
        raise
    faults = [[fault.dossier, fault.number, fault.what] for fault in found.faults]
    here.update(
        finished=now().at, dossiers=row.dossiers + found.dossiers, events=row.events + found.events,
        fault_count=len(faults), faults=faults[:SHOWN],
    )  # fmt: skip
    return found


def newest(using: str = "default") -> Mapping[str, RoundRow]:
    """The newest round of each kind."""
    rows = RoundRow.objects.using(using)
    found = {kind: rows.filter(kind=kind).order_by("-started").first() for kind in KINDS}
    return {kind: row for kind, row in found.items() if row is not None}


def _sweep(store: Store, when: When, progress: Progress) -> Found:
    return sweep(store, when, progress)


def _audit(store: Store, _: When, progress: Progress) -> Found:
    found = audit(store, progress)
    return found._replace(faults=(*found.faults, *audit_register(store)))


KINDS: Mapping[str, Callable[[Store, When, Progress], Found]] = {SWEEP: _sweep, AUDIT: _audit}
