"""Clauses as a letter cites them: the document and the place in it, with the gist of what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.rules.place import cited, item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hefu.dossiers.models import DossierRow
    from hefu.dossiers.store import Store


class Cited(NamedTuple):
    """A clause in one language."""

    id: str
    place: str
    gist: str


def cite(store: Store, dossier: DossierRow, clauses: Sequence[str], language: str) -> list[Cited]:
    """Clauses of the scheme of a dossier; one that it no longer knows is cited by its id."""
    scheme = store.laws.of(dossier.scheme, dossier.settings).scheme
    found = []
    for name in clauses:
        clause = scheme.clauses.get(name)
        code, title = scheme.places.get(name, ("", None))
        place = cited(code, title, item(name, code)).get(language) if title else name
        gist = (clause.en if language == "en" else clause.zh) if clause else ""
        found.append(Cited(name, place, gist))
    return found
