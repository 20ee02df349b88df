"""The product's own settings over databases of the benchmark."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import django
from django.conf import settings

from hefu.site.database import database

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.course import Track


def on(tracks: Sequence[Track]) -> None:
    """Make Django ready; each track is an alias, the first of them also `default`."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "hefu.site.settings"
    held = {track.name: database(track.url, track.synchronous) for track in tracks}
    settings.DATABASES = {"default": next(iter(held.values())), **held}
    django.setup()
