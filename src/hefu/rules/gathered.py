"""Gathered: what one dossier tells to the others of its body, where a fact of the scheme asks for it. Pure.

A campaign is open for nominations that are dossiers of their own; a withdrawn unit may not come back under a new
number. The scheme says which cases or certificates tell what (`gathers`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hefu.rules.dossier import Dossier
    from hefu.rules.load.grammar.scheme import Gathers
    from hefu.rules.model import Scheme

CERTIFICATE = "certificate"
STATE = "state"
"""Stands in a row for the day on which the certificate came into its state, or on which the case was opened."""


class Row(NamedTuple):
    """One row of a fact."""

    fact: str
    values: Mapping[str, Any]


def gathered(scheme: Scheme, dossier: Dossier) -> list[Row]:
    """Every row that a dossier tells; an answer that is missing leaves its key out."""
    found = []
    for name, fact in scheme.file.facts.items():
        if fact.gathers is not None:
            for data, on in _told(fact.gathers, dossier):
                values = {key: _at(data, path, on) for key, path in fact.gathers.row.items()}
                found.append(Row(name, {key: value for key, value in values.items() if value is not None}))
    return found


def _told(gathers: Gathers, dossier: Dossier) -> Iterator[tuple[Mapping[str, Any], date]]:
    """The cases or certificates that tell, each with the day of its state."""
    if gathers.of == CERTIFICATE:
        for held in (*dossier.past, *((dossier.certificate,) if dossier.certificate else ())):
            if held.state in gathers.states:
                yield held.data, held.since
        return
    for case in dossier.cases_of(gathers.of):
        if case.state in gathers.states:
            yield case.data, case.opened


def _at(data: Mapping[str, Any], path: str, on: date) -> Any:  # noqa: ANN401 - an answer
    name, _, part = path.partition(".")
    if name == STATE:
        return on
    value = data.get(name)
    return value.get(part) if part and isinstance(value, Mapping) else value
