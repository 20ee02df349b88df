"""Facts: what a body has recorded for a scheme, as JSON keeps it and as the rules read it.

In JSON a day is {"$date": "2026-03-01"}, as in the journal, and {"$standing": "lab"} stands for the names of the
organisations that have that standing with the body on the day on which the fact is asked for.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DAY, STANDING = "$date", "$standing"


def read(kept: Any, standings: Mapping[str, Sequence[str]]) -> Any:  # noqa: ANN401 - JSON of any shape
    """Facts as the rules read them; `standings`: the names of organisations, by their role."""
    if isinstance(kept, dict):
        if kept.keys() == {DAY}:
            return date.fromisoformat(kept[DAY])
        if kept.keys() == {STANDING}:
            return list(standings.get(kept[STANDING], ()))
        return {key: read(value, standings) for key, value in kept.items()}
    return [read(item, standings) for item in kept] if isinstance(kept, list) else kept


def written(facts: Any) -> Any:  # noqa: ANN401 - as above
    """Facts as JSON keeps them."""
    if isinstance(facts, date):
        return {DAY: facts.isoformat()}
    if isinstance(facts, dict):
        return {key: written(value) for key, value in facts.items()}
    return [written(item) for item in facts] if isinstance(facts, list | tuple) else facts
