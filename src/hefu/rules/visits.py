"""Visits: on which days who is out for a case, as the answers of the case say. Pure; the scheme names the fields."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hefu.rules.dossier import Case
    from hefu.rules.model import Scheme


class Visit(NamedTuple):
    """One person out from one day to another, both included; `field` holds the first day, `person` may be empty."""

    field: str
    person: str
    start: date
    end: date


def visits(scheme: Scheme, case: Case) -> Iterator[Visit]:
    """The visits of a case, one for each person of its team, or one without a name while nobody is appointed."""
    for rule in scheme.file.visits:
        start = case.data.get(rule.from_)
        if not isinstance(start, date):
            continue
        last = case.data.get(rule.to) if rule.to else None
        end = last if isinstance(last, date) and last > start else start
        team = case.data.get(rule.team) if rule.team else None
        people = dict.fromkeys(str(row["person"]) for row in team or () if row.get("person"))
        for person in people or ("",):
            yield Visit(rule.from_, person, start, end)
