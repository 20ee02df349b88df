"""The schemes behind the rows of lists: under which version and settings something stands, and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.web import kept
from hefu.web.words import in_language

if TYPE_CHECKING:
    from collections.abc import Collection

    from hefu.dossiers.models import DossierRow
    from hefu.rules.model import Scheme


def scheme_of(row: DossierRow, version: str = "") -> Scheme:
    """The scheme under which a dossier was opened, or the version of it under which one of its cases stands."""
    law = kept.store().laws.of(row.scheme, row.settings)
    return law.versions.get(version, law.scheme)


def newest(scheme: str) -> Scheme:
    """The newest version of a scheme, for titles."""
    return kept.store().laws.newest(scheme)


def versions(scheme: str) -> Collection[Scheme]:
    """Every version of a scheme."""
    return kept.store().laws.of(newest(scheme).ref).versions.values()


def scheme_title(scheme: str) -> str:
    """The number of a scheme's document, by which people call it."""
    return newest(scheme).file.document.id


def process_title(scheme: Scheme, process: str) -> str:
    """A process, the certificate, or a kind of item in the scheme's words."""
    machine = scheme.machines.get(process)
    return in_language(machine.title) if machine else process


def state_title(scheme: Scheme, machine: str, state: str) -> str:
    """A state in the scheme's words."""
    held = scheme.machines.get(machine)
    found = held.states.get(state) if held else None
    return in_language(found.title) if found else state


def role_title(scheme: Scheme, role: str) -> str:
    """A role in the words of the document."""
    found = scheme.file.roles.get(role)
    return in_language(found.title) if found else role
