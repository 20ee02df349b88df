"""This moment, as the installation tells it: the one clock that pages read (settings.HEFU_NOW)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from hefu.dossiers.outcome import When


def now() -> When:
    """The day in the body's zone, and the instant."""
    return _clock(settings.HEFU_NOW)()


@cache
def _clock(name: str) -> Callable[[], When]:
    """The clock of a name; every request reads it, most of them several times."""
    found: Callable[[], When] = import_string(name)
    return found


def today() -> date:
    """The day in the body's zone."""
    return now().on
