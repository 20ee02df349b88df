"""This moment, as the installation tells it: the one clock that pages read (settings.HEFU_NOW)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from datetime import date

    from hefu.dossiers.outcome import When


def now() -> When:
    """The day in the body's zone, and the instant."""
    moment: When = import_string(settings.HEFU_NOW)()
    return moment


def today() -> date:
    """The day in the body's zone."""
    return now().on
