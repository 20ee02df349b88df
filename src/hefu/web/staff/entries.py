"""An entry of the calendar: a visit or a due day, with what is told of its dossier. However many: four queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse

from hefu.dossiers.models import CaseRow, DossierRow
from hefu.people.models import Account
from hefu.web import kept
from hefu.web.staff.laws import process_title
from hefu.web.words import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from hefu.dossiers.laws import Law
    from hefu.web.staff.outings import Visit

SURVEILLANCE = "surveillance"
"""The kind of process that the calendar shows in another look."""


class Cover(NamedTuple):
    """What is told of a dossier wherever it is named."""

    key: str
    number: str
    holder: str
    law: Law

    @property
    def href(self) -> str:
        """Its page."""
        return reverse("dossier:page", args=[self.key])


class Entry(NamedTuple):
    """One entry of a day: `look` is a class of the design, `people` their names."""

    start: date
    end: date
    title: str
    cover: Cover
    people: tuple[str, ...]
    look: str
    icon: str

    @property
    def whose(self) -> str:
        """By whom its dossier is known."""
        return self.cover.holder or self.cover.number


def covers(dossiers: Iterable[str]) -> Mapping[str, Cover]:
    """The dossiers with these identifiers."""
    laws = kept.store().laws
    rows = DossierRow.objects.filter(pk__in=set(dossiers))
    asked = rows.values_list("pk", "title", "subject__holder", "scheme", "settings")
    return {
        pk: Cover(pk, title, holder or "", laws.of(scheme, settings)) for pk, title, holder, scheme, settings in asked
    }


def visits(going: Mapping[Visit, Iterable[str]], known: Mapping[str, Cover]) -> dict[Visit, Entry]:
    """Visits as entries; `going` names by their keys the people who go together."""
    names = people({key for held in going.values() for key in held})
    cases = CaseRow.objects.filter(dossier_id__in={visit.dossier for visit in going})
    standing = {(dossier, case): held for dossier, case, *held in
                cases.values_list("dossier_id", "case", "process", "version")}  # fmt: skip
    found = {}
    for visit, held in going.items():
        cover = known[visit.dossier]
        process, version = standing.get((visit.dossier, visit.case), ("", ""))
        scheme = cover.law.versions.get(version, cover.law.scheme)
        machine = scheme.machines.get(process)
        look, icon = ("ev-sv", "sync") if machine and machine.process_kind == SURVEILLANCE else ("ev-au", "")
        title = process_title(scheme, process) if process else ""
        who = tuple(names.get(key, key) for key in held if key)
        found[visit] = Entry(visit.start, visit.end, title, cover, who, look, icon)
    return found


def limit(name: str, due: date, cover: Cover, *, late: bool) -> Entry:
    """The day on which a limit is due."""
    clock = cover.law.scheme.clocks.get(name)
    look, icon = ("ev-late", "alert") if late else ("ev-ddl", "clock")
    return Entry(due, due, in_language(clock.title) if clock else name, cover, (), look, icon)


def people(keys: Iterable[str]) -> Mapping[str, str]:
    """The names of people by their keys."""
    return dict(Account.objects.filter(key__in=[key for key in keys if key]).values_list("key", "name"))
