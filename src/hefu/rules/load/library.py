"""The library: scheme versions found by id, by version, or by the day on which a case is filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.rules.load.opened import load
from hefu.rules.load.shared import home

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from hefu.rules.model import Scheme


class Library:
    """The scheme versions of a folder: found by id, by version, or by the day on which a case is filed (K4)."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or home()

    def folders(self) -> list[Path]:
        """Every scheme version, in order of its path."""
        return sorted(path.parent for path in self.root.glob("*/*/scheme.yaml"))

    def versions(self, name: str) -> list[Path]:
        return [folder for folder in self.folders() if folder.parent.name == name]

    def all_versions(self, name: str) -> dict[str, Scheme]:
        """Every version of one scheme, loaded. Raises BadSourceError."""
        return {scheme.version: scheme for scheme in map(self.get, self.versions(name))}

    def get(self, folder: Path) -> Scheme:
        """One version. Raises BadSourceError."""
        return load(folder, self.shared)

    @property
    def shared(self) -> Path:
        """Where the calendar and the shared words of these schemes lie."""
        return self.root if (self.root / "vocabulary.yaml").exists() else home()

    def find(self, ref: str, on: date | None = None) -> Scheme:
        """The scheme of a reference `id` or `id@version`; without a version, the one in force on `on`, or the newest.

        Raises LookupError with a plain message.
        """
        name, _, version = ref.partition("@")
        found = [self.get(folder) for folder in self.versions(name)]
        if not found:
            known = ", ".join(sorted({folder.parent.name for folder in self.folders()}))
            message = f"there is no scheme {name!r}; known are: {known}"
            raise LookupError(message)
        if version:
            found = [scheme for scheme in found if scheme.version == version]
        elif on is not None:
            days = [(scheme, scheme.file.in_force) for scheme in found]
            found = [scheme for scheme, day in days if day.from_ <= on and (day.until is None or on <= day.until)]
        if not found:
            message = f"no version of {ref} is in force on {on}" if on else f"there is no version {version!r} of {name}"
            raise LookupError(message)
        return max(found, key=lambda scheme: scheme.file.in_force.from_)
