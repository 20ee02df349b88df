"""Wiring: the only part that knows the settings and puts the others together."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hefu.dossiers.store import Store


def start() -> None:
    """Make Django ready, once; commands that need no database never call it."""
    import django  # noqa: PLC0415 - hefu --help must not pay for it

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hefu.site.settings")
    django.setup()


def store() -> Store:
    """The store of this installation."""
    start()
    from hefu.dossiers.store import Store  # noqa: PLC0415 - its tables need Django to be ready

    return Store()
