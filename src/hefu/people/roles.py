"""What a scheme says of its roles: who holds them, and how much their holders see.

A role is the scheme's own; only `ADMINISTRATOR` is the product's: it is assigned for all schemes of a body, manages its
people and registers, and is never passed on to the rules.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from hefu.rules.load import Library, home

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hefu.rules.load.grammar.scheme import Role

ADMINISTRATOR = "administrator"
OUTSIDE = "organisation"
"""The reach of a role that people of an organisation outside the body hold."""


def roles(scheme: str) -> Mapping[str, Role]:
    """Every role of a scheme by its code, in the words of the newest version that has it; empty for no scheme.

    Raises BadSourceError for a scheme that cannot be loaded.
    """
    return _roles(home(), scheme)


@lru_cache(maxsize=64)
def _roles(root: Path, scheme: str) -> Mapping[str, Role]:
    versions = Library(root).all_versions(scheme).values()
    found: dict[str, Role] = {}
    for version in sorted(versions, key=lambda version: version.file.in_force.from_):
        found.update(version.file.roles)
    return found


def inside(scheme: str) -> frozenset[str]:
    """The roles of a scheme that a body gives to its own people."""
    return frozenset(key for key, role in roles(scheme).items() if role.reach != OUTSIDE)


def outside(scheme: str, standings: frozenset[str]) -> frozenset[str]:
    """The roles in which an organisation may act that has these standings with the body."""
    return frozenset(
        key for key, role in roles(scheme).items() if role.reach == OUTSIDE and (role.open or key in standings)
    )
