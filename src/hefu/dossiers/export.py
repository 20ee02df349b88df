"""export: a dossier as a scenario file that `hefu replay` runs again, from what was given, to the same state.

Each act becomes a step with its day, its person, its answers and facts, and the people who are known differently from
then on; each sweep a step without an act. The last
step expects the certificate, the duties and the state that the dossier has now, so that a replay which ends elsewhere
says so by itself.
"""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

from hefu.dossiers.given import read
from hefu.dossiers.history import entries
from hefu.dossiers.models import DossierRow
from hefu.dossiers.outcome import UnknownDossierError

if TYPE_CHECKING:
    from ruamel.yaml import YAML

    from hefu.dossiers.given import Given
    from hefu.dossiers.store import Store
    from hefu.rules.view import Actor


def export(store: Store, dossier: str) -> str:
    """The scenario, as YAML. Raises UnknownDossierError, BadJournalError."""
    row = DossierRow.objects.using(store.using).filter(id=dossier).first()
    if row is None:
        raise UnknownDossierError(f"there is no dossier {dossier!r}")
    held, _ = store.load(dossier)
    acts = [read(entry.given) for entry in entries(store, dossier, dossier)]
    people: dict[str, dict[str, Any]] = {}
    known: dict[str, dict[str, Any]] = {}
    steps = []
    for given in acts:
        own = {key: _person(actor) for key, actor in given.people.items()}
        changed = {key: person for key, person in own.items() if known.get(key, person) != person}
        people |= {key: person for key, person in own.items() if key not in people}
        known |= own
        steps.append({**_step(given), "people": changed} if changed else _step(given))
    state = held.dossier
    valid = state.certificate.data.get("valid_to") if state.certificate else None
    steps[-1]["expect"] = {
        "certificate": state.status,
        "duties": sorted(duty.act.removeprefix("certificate.") for duty in state.duties.values()),
        **({"valid_to": valid} if valid else {}),
    }  # fmt: skip
    alone = len(held.law.versions) == 1
    told = {
        "scheme": row.scheme if alone else row.scheme.partition("@")[0],
        "title": row.title or row.id,
        "fill": "none",
        "settings": json.loads(row.settings),
        "people": people,
        "steps": steps,
    }
    stream = StringIO()
    _writer().dump(_plain(told), stream)
    return stream.getvalue()


def _writer() -> YAML:
    """YAML in the order of its keys, with short lists on one line and nothing said twice by reference."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - a twentieth of a start, which writes none

    writer: Any = YAML(typ="safe", pure=True)
    writer.default_flow_style, writer.sort_base_mapping_type_on_output, writer.width = None, False, 120
    writer.representer.ignore_aliases = lambda _: True
    found: YAML = writer
    return found


def _step(given: Given) -> dict[str, Any]:
    step: dict[str, Any] = {"on": given.on}
    if given.act is not None:
        act = given.act
        step |= {"by": act.by.id, "do": act.do, **({"item": act.item} if act.item else {}), "with": dict(act.form)}
    return {**step, "facts": dict(given.facts)} if given.facts else step


def _person(actor: Actor) -> dict[str, Any]:
    person: dict[str, Any] = {"roles": sorted(actor.roles)}
    if actor.name:
        person["name"] = actor.name
    if actor.organisation:
        person["organisation"] = dict(actor.organisation)
    if actor.competence is not None:
        person["competence"] = [dict(row) for row in actor.competence]
    if actor.interests:
        person["interests"] = sorted(actor.interests)
    return person


def _plain(value: Any) -> Any:  # noqa: ANN401 - data of any shape
    """Tuples and mappings as the lists and dictionaries that YAML has."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
