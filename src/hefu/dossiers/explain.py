"""explain: what a person may do on a stored dossier on a day, and why not. Nothing is locked or written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules.due import due
from hefu.rules.explain import explain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hefu.dossiers.store import Store
    from hefu.rules.dossier import Dossier
    from hefu.rules.explain import Possible
    from hefu.rules.view import Actor


class Explained(NamedTuple):
    """Every act with its answer. `version` is what the person has then seen; `perform` takes it back as `seen`."""

    version: int
    dossier: Dossier
    acts: tuple[Possible, ...]


def explain_dossier(store: Store, dossier: str, actor: Actor, on: date, facts: Mapping[str, Any]) -> Explained:
    """What `actor` may do on the day `on`, once time has brought its due. Raises UnknownDossierError."""
    held, _ = store.load(dossier)
    around = store.surroundings(held.body, held.law.scheme.id)
    known = {**around.facts, **facts}
    passed = due(held.law.scheme, held.dossier, on, known, around.people, held.law.versions)
    acts = explain(held.law.scheme, passed.dossier, actor, on, known)
    return Explained(held.version, passed.dossier, tuple(acts))
