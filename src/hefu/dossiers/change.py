"""What an act changes in the tables that lists read: the rows that are new or different, and those that are gone. Pure.

Rows that are worked out from the whole dossier are remembered with it (Told), so that the next act compares with them
and works out only its own; of cases only those are looked at that the act has touched, so that a long dossier costs no
more than a short one.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.dossiers.rows import (
    OF_CERTIFICATE,
    case_row,
    certificate_rows,
    clock_row,
    duty_row,
    ended_row,
    fact_rows,
    holder_rows,
    party_rows,
    subject_row,
    visit_rows,
)  # fmt: skip
from hefu.dossiers.work import row as work_row
from hefu.dossiers.work import work
from hefu.rules.dossier import Dossier

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hefu.dossiers.rows import About, Row
    from hefu.dossiers.work import Work


class Changed(NamedTuple):
    """The rows of one table that are new or different, and the keys of those that are gone."""

    put: list[Row]
    gone: list[Any]


class Change(NamedTuple):
    """What an act changes in the tables that lists read; `acted` are cases that only have a later last act."""

    cases: list[Row]
    acted: list[Row]
    certificates: list[Row]
    clocks: Changed
    duties: Changed
    subject: list[Row]
    parties: Changed
    facts: Changed
    work: Changed
    visits: Changed
    ended: list[Row]


class Told(NamedTuple):
    """What a dossier tells as a whole: what waits, by its key and role; parties and visits, by case."""

    subject: Row
    facts: frozenset[Row]
    work: Mapping[tuple[str, str], Work]
    parties: Mapping[str, frozenset[Row]]
    visits: Mapping[str, frozenset[Row]]


NOTHING = Told((), frozenset(), {}, {}, {})
"""What a dossier tells that has not begun."""
SAME = Changed([], [])
LAST = 6
"""The place of the day of the last act in the row of a case."""


def tell(about: About, dossier: Dossier, before: Dossier, told: Told = NOTHING) -> Told:
    """What a dossier tells, given what one of its earlier states has `told`."""
    scheme, work_list = about.law.scheme, {(one.key, one.role): one for one in work(about.law, dossier)}
    if dossier.cases is before.cases and dossier.certificate is before.certificate and told is not NOTHING:
        return told._replace(work=work_list)
    touched = [case for name, case in dossier.cases.items() if before.cases.get(name) is not case]
    parties = {**told.parties, **{case.id: party_rows(scheme, case) for case in touched}}
    if dossier.certificate is not before.certificate:
        parties[OF_CERTIFICATE] = holder_rows(scheme, dossier.certificate)
    visits = told.visits
    if scheme.file.visits:
        visits = {**visits, **{case.id: visit_rows(scheme, case) for case in touched}}
    return Told(subject_row(about, dossier), fact_rows(scheme, dossier), work_list, parties, visits)


def change(about: About, before: Dossier, told: Told, after: Dossier) -> tuple[Change, Told]:
    """The rows that differ between a dossier, with what it has `told`, and what has become of it; what it now tells."""
    now = tell(about, after, before, told)
    certificates = []
    if after.certificate is not before.certificate:
        held = certificate_rows(before)
        certificates = [row for row in certificate_rows(after) if row not in held]
    return Change(
        *_cases(before, after),
        certificates,
        _compare(before.live, after.live, partial(clock_row, about.law.scheme)),
        _compare(before.duties, after.duties, duty_row),
        [now.subject] if now.subject != told.subject else [],
        _by_case(told.parties, now.parties),
        _facts(told.facts, now.facts),
        _work(about, told.work, now.work),
        _by_case(told.visits, now.visits),
        _ended(about, before, after),
    ), now


def whole(about: About, dossier: Dossier) -> Change:
    """Every row of a dossier, sorted by key; for rebuild and audit."""
    found, _ = change(about, Dossier(), NOTHING, dossier)
    return Change._make(
        Changed(sorted(part.put), []) if isinstance(part, Changed) else sorted(part) for part in found
    )  # fmt: skip


def _cases(before: Dossier, after: Dossier) -> tuple[list[Row], list[Row]]:
    cases: list[Row] = []
    acted: list[Row] = []
    if after.cases is not before.cases:
        for key, case in after.cases.items():
            old = before.cases.get(key)
            if old is not case:
                row, was = case_row(case), case_row(old) if old else ()
                if row[:LAST] != was[:LAST]:
                    cases.append(row)
                elif row != was:
                    acted.append(row)
    return cases, acted


def _work(about: About, old: Mapping[tuple[str, str], Work], new: Mapping[tuple[str, str], Work]) -> Changed:
    """The rows of hefu_work that differ; the key is what waits, and the role."""
    scheme = about.law.scheme.id
    put = [work_row(one, about.body, scheme) for key, one in new.items() if old.get(key) != one]
    return Changed(put, [key for key in old if key not in new])


def _facts(old: frozenset[Row], new: frozenset[Row]) -> Changed:
    if old == new:
        return SAME
    return Changed(sorted(new - old), sorted((fact, place) for fact, place, _ in old - new))


def _by_case(old: Mapping[str, frozenset[Row]], new: Mapping[str, frozenset[Row]]) -> Changed:
    """Rows that belong to a case, whose key they are themselves; a case that is the same object has the same rows."""
    if old is new:
        return SAME
    put: list[Row] = []
    gone: list[Row] = []
    for key, rows in new.items():
        if (earlier := old.get(key, frozenset())) is not rows:
            put += rows - earlier
            gone += earlier - rows
    return Changed(sorted(put), sorted(gone))


def _ended(about: About, before: Dossier, after: Dossier) -> list[Row]:
    """The limits that are over since; all are looked through only where one has come and gone in between."""
    if after.ended is before.ended:
        return []
    found = [run for key in before.live if (run := after.ended.get(key)) is not None]
    if len(found) != len(after.ended) - len(before.ended):
        found = [run for key, run in after.ended.items() if key not in before.ended]
    return sorted(ended_row(about, run) for run in found)


def _compare(before: Mapping[str, Any], after: Mapping[str, Any], row: Callable[[Any], Row]) -> Changed:
    if before is after:
        return SAME
    put = []
    for key, value in after.items():
        old = before.get(key)
        if old is not value and (old is None or row(old) != row(value)):
            put.append(row(value))
    return Changed(put, [(key,) for key in before if key not in after])
