"""The facts that the dossiers of a body tell one another, beside those that the body has recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hefu.dossiers import sql
from hefu.dossiers.journal import decoded

if TYPE_CHECKING:
    from collections.abc import Mapping


def with_gathered(using: str, body: str, scheme: str, recorded: Mapping[str, Any]) -> Mapping[str, Any]:
    """Recorded facts, and after them the rows that dossiers of the body under the scheme tell; days as days in both."""
    facts = dict(recorded)
    for fact, row in sql.facts(using, body, scheme):
        facts[fact] = [*facts.get(fact, ()), decoded(row)]
    return facts
