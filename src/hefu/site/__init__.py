"""Wiring: the only part that knows the settings and puts the others together."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from hefu.dossiers.outcome import When
    from hefu.dossiers.store import Store

ZONE = "Asia/Shanghai"
"""The zone whose days count, unless HEFU_ZONE names another."""


def start() -> None:
    """Make Django ready, once; commands that need no database never call it."""
    import django  # noqa: PLC0415 - hefu --help must not pay for it

    from hefu.rules.load import shelf  # noqa: PLC0415 - as above

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hefu.site.settings")
    django.setup()
    shelf.use(_shelf())


def _shelf() -> Path | None:
    """The folder of compiled schemes: HEFU_CACHE, or the usual one of the account; an empty HEFU_CACHE is none."""
    given = os.environ.get("HEFU_CACHE")
    if given is not None:
        return Path(given) if given else None
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "hefu"


def store() -> Store:
    """The store of this installation, with each body's facts and people around its dossiers."""
    start()
    from hefu.web import kept  # noqa: PLC0415 - its tables need Django to be ready

    return kept.store()


def now() -> When:
    """This moment: the day in the body's zone and the instant. The one place where a clock is read."""
    from hefu.dossiers.outcome import When  # noqa: PLC0415 - as above

    at = datetime.now(UTC)
    return When(at.astimezone(ZoneInfo(os.environ.get("HEFU_ZONE", ZONE))).date(), at)
