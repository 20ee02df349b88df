"""Forgetting who has asked how often, where that is not the question of a test."""

from __future__ import annotations

from django.core.cache import caches

from hefu.web.limits import TALLIES


def forget() -> None:
    """Nobody has asked for anything, and nobody was seen."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    TALLIES.clear()
