"""Badges: how a state looks. The words come from the scheme; only the look is chosen here, by what a status means."""

from __future__ import annotations

from typing import NamedTuple


class Look(NamedTuple):
    """The class and the icon of a badge."""

    css: str
    icon: str


STATUSES = {
    "valid": Look("is-valid", "ok"),
    "suspended": Look("is-suspended", "pause"),
    "withdrawn": Look("is-revoked", "revoked"),
    "cancelled": Look("", "minus"),
    "removed": Look("", "minus"),
    "expired": Look("is-expired", "expired"),
}
"""The statuses of a certificate or an entry of a list (docs/glossary.md)."""
LIVE = Look("is-live", "clock")
OVER = Look("", "check")


def certificate_look(status: str) -> Look:
    """How a status of a certificate looks."""
    return STATUSES.get(status, LIVE)


def case_look(outcome: str) -> Look:
    """How a state of a case or an item looks: under way, or over with whatever outcome."""
    return OVER if outcome else LIVE
