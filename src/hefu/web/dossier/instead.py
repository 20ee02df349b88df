"""Who could do instead what somebody may not do for reasons of their own: an interest, an earlier part in the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.rules.explain import explain
from hefu.rules.view import Actor

if TYPE_CHECKING:
    from hefu.rules.dossier import Dossier
    from hefu.web.door import Door
    from hefu.web.dossier.acts import Act

MOST = 3
"""People who are named; they stand for the rest."""


def with_others(door: Door, dossier: Dossier, act: Act) -> Act:
    """An act that is refused, with the people of the body who may do it as things stand.

    Nobody is looked for where the rules would refuse everybody, and only among those whose role reaches the dossier.
    """
    if not door.inside or not _permitted(door, dossier, act, Actor("", act.action.by)):
        return act
    roles = {role for role in act.action.by if role in door.scheme.file.roles}
    reaching = frozenset(role for role in roles if door.scheme.file.roles[role].reach == "body")
    found: list[str] = []
    for person in door.people.values():
        if person.id != door.actor.id and not person.roles.isdisjoint(reaching):
            there = person._replace(roles=person.roles & reaching)
            if _permitted(door, dossier, act, there):
                found.append(person.name)
        if len(found) == MOST:
            break
    return act._replace(instead=tuple(found))


def _permitted(door: Door, dossier: Dossier, act: Act, person: Actor) -> bool:
    possible = explain(door.scheme, dossier, person, door.when.on, door.facts, act.action)
    return any(one.permitted for one in possible if one.subject == act.subject)
