"""Laws: the versions of a scheme, under the settings with which a dossier was opened. Loaded once a process."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules.load import Library, calendar, home, with_settings
from hefu.rules.versions import governing, in_force

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hefu.rules.decide import Act
    from hefu.rules.dossier import Dossier
    from hefu.rules.model import Scheme
    from hefu.rules.time import Calendar


class Law(NamedTuple):
    """The scheme under which a dossier was opened, and every version that may govern an act on it."""

    scheme: Scheme
    versions: Mapping[str, Scheme]

    def over(self, dossier: Dossier, act: Act, on: date) -> Scheme:
        """The version that governs an act. Raises LookupError when none is in force for a case that it would open."""
        return self.scheme if len(self.versions) == 1 else governing(self.versions, dossier, act, on)


class Laws:
    """A library of schemes that remembers what it has loaded; make a new one when scheme files have changed."""

    def __init__(self, library: Library | None = None) -> None:
        self.library = library or Library()
        self._schemes: dict[str, dict[str, Scheme]] = {}
        self._kept: dict[tuple[str, str], Law] = {}

    def of(self, ref: str, settings: str = "{}") -> Law:
        """The law of an `id@version` and the JSON of some settings.

        Raises LookupError for an unknown scheme or setting, BadSourceError for a scheme that cannot be loaded.
        """
        key = (ref, settings)
        if key not in self._kept:
            name, _, version = ref.partition("@")
            found, chosen = self._versions(name), json.loads(settings)
            if version not in found:
                raise LookupError(f"there is no version {version!r} of {name}; known are: {', '.join(found)}")
            own = {number: with_settings(scheme, _declared(scheme, chosen)) for number, scheme in found.items()}
            known = {setting for scheme in found.values() for setting in scheme.settings}
            if unknown := chosen.keys() - known:
                raise LookupError(f"{name} has no setting {', '.join(sorted(unknown))}")
            self._kept[key] = Law(own[version], own)
        return self._kept[key]

    def on(self, ref: str, day: date) -> str:
        """The `id@version` of a reference: the version it names, else the one in force on a day. Raises LookupError."""
        name, _, version = ref.partition("@")
        if version:
            return self.of(ref).scheme.ref
        current = [scheme for scheme in self._versions(name).values() if in_force(scheme, day)]
        if not current:
            raise LookupError(f"no version of {name} is in force on {day}")
        return max(current, key=lambda scheme: scheme.file.in_force.from_).ref

    def newest(self, name: str) -> Scheme:
        """The newest version of a scheme, whatever the day. Raises LookupError."""
        return max(self._versions(name).values(), key=lambda scheme: scheme.file.in_force.from_)

    @property
    def days(self) -> Calendar:
        """The calendar by which days are counted now."""
        own = self.library.root / "calendars" / "cn.yaml"
        return calendar(own if own.exists() else home() / "calendars" / "cn.yaml")

    @property
    def calendar(self) -> str:
        """The version of that calendar."""
        return self.days.version

    def _versions(self, name: str) -> dict[str, Scheme]:
        if name not in self._schemes:
            found = self.library.all_versions(name)
            if not found:
                known = ", ".join(sorted({folder.parent.name for folder in self.library.folders()}))
                raise LookupError(f"there is no scheme {name!r}; known are: {known}")
            self._schemes[name] = found
        return self._schemes[name]


def _declared(scheme: Scheme, settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of what a body has set, what this version leaves to it: a later version may have fixed the rest."""
    return {name: value for name, value in settings.items() if name in scheme.settings}
