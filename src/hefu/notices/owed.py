"""Owed: what is due from whom by a day, over all dossiers: duties to the holders of their role, clocks to their owners.

Read from the rows that lists read, so it costs as much as there is due, not as much as there is.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from hefu.dossiers.models import ClockRow, DossierRow, DutyRow
from hefu.notices.recipients import recipients
from hefu.notices.wording import case_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from hefu.dossiers.store import Held, Store
    from hefu.people.models import Account
    from hefu.rules.model import Text

UNMET = ("running", "breached")
"""States of a clock in which somebody still has to do what it is about, and time runs or has run out."""


class Owed(NamedTuple):
    """Something that is due from somebody."""

    dossier: str
    title: Text
    due: date
    clauses: tuple[str, ...]
    provisional: bool = False


class Claim(NamedTuple):
    """Something owed, before it is known by whom: by those who hold `role`, or by the one act that is owed."""

    what: Owed
    role: str
    case: str
    act: str


def owed(store: Store, until: date, on: date) -> Mapping[Account, Sequence[Owed]]:
    """What is due from each person up to a day, the most urgent first, as the roles are held on `on`."""
    found: dict[Account, list[Owed]] = defaultdict(list)
    for name in _dossiers(until):
        held, _ = store.load(name)
        for claim in _claims(held, until):
            for account in recipients(held, (claim.role,), claim.case, on, claim.act):
                found[account].append(claim.what)
    return {account: sorted(items, key=lambda item: item.due) for account, items in found.items()}


def _dossiers(until: date) -> list[str]:
    """The dossiers in which something is due."""
    clocks = ClockRow.objects.filter(status__in=UNMET, due__lte=until).values_list("dossier_id", flat=True)
    duties = DutyRow.objects.filter(due__lte=until).values_list("dossier_id", flat=True)
    there = DossierRow.objects.filter(pk__in={*clocks, *duties})
    return list(there.order_by("pk").values_list("pk", flat=True))


def _claims(held: Held, until: date) -> Iterator[Claim]:
    scheme = held.law.scheme
    for duty in held.dossier.duties.values():
        action = scheme.action(duty.act)
        if duty.due <= until and action is not None:
            yield Claim(Owed(held.id, action.title, duty.due, duty.clauses), duty.role, duty.case, duty.act)
    for run in held.dossier.live.values():
        clock = scheme.clocks.get(run.name)
        if clock is not None and run.status in UNMET and run.due <= until and clock.kind in ("task", "window"):
            item = Owed(held.id, clock.title, run.due, clock.clauses, run.provisional)
            yield Claim(item, clock.owner, case_of(held, run.scope), "")
