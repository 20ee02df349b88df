"""Standing: on what an act is done, and whether its subject and the person are in a position to do it.

Steps 2 to 4 of `decide`: the state of the subject (no act after an end), the roles of the person, and what an earlier
part of theirs bars them from (AMBIGUITIES C15). `explain` asks the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.rules.evolve import CERTIFICATE
from hefu.rules.model import Text
from hefu.rules.refusal import Refusal, refuse

if TYPE_CHECKING:
    from hefu.rules.dossier import Case, Certificate, Dossier, Item
    from hefu.rules.model import Action, Machine, Scheme, Separation
    from hefu.rules.view import Actor, View


class Target(NamedTuple):
    """What an act is done on."""

    id: str
    state: str
    subject: Case | Item | Certificate | None
    case: Case | None


def locate(scheme: Scheme, dossier: Dossier, action: Action, item: str = "") -> Target | None:
    """The subject of an act: the certificate, the named case or item, or the newest open one of its kind."""
    machine = scheme.machines[action.machine]
    if machine.kind == CERTIFICATE:
        held = dossier.certificate
        return Target(CERTIFICATE, dossier.status, held, None)
    if machine.kind == "item":
        found = dossier.items.get(item) if item else _newest_item(dossier, machine.name)
        if found is None or found.kind != machine.name:
            return None
        return Target(found.id, found.state, found, dossier.cases[found.case])
    if action.opens:
        case = dossier.open_case(machine.name)
        return Target("", "", None, None) if case is None or machine.many else Target(case.id, case.state, case, case)
    case = dossier.cases.get(item) if item else dossier.open_case(machine.name) or dossier.case(machine.name)
    if case is None or case.process != machine.name:
        return None
    return Target(case.id, case.state, case, case)


def _newest_item(dossier: Dossier, kind: str) -> Item | None:
    held = dossier.open.get(kind)
    name = held[-1] if held else dossier.newest.get(kind)
    return dossier.items.get(name) if name else None


def state_refusals(scheme: Scheme, machine: Machine, action: Action, target: Target) -> list[Refusal]:
    """Step 2."""
    if action.opens and machine.kind == "process":
        if not target.id:
            return []
        return [refuse(scheme, "already-open", action.clauses, process=machine.title)]
    state = machine.states.get(target.state)
    if target.state in action.sources or (action.anywhere and state is not None and not state.outcome):
        return []
    title = state.title if state else scheme.words["status/none"]
    clauses = tuple(dict.fromkeys((*(state.clauses if state else ()), *action.clauses)))
    return [refuse(scheme, "wrong-state", clauses, action=action.title, state=title)]


def person_refusals(scheme: Scheme, action: Action, actor: Actor, view: View) -> list[Refusal]:
    """Steps 3 and 4."""
    refusals = []
    if actor.roles.isdisjoint(action.by):
        refusals.append(
            refuse(scheme, "not-your-role", action.clauses, action=action.title, roles=_titles(scheme, action.by))
        )
    if not action.parts:
        return refusals
    refusals += [
        Refusal(separation.code, separation.message, separation.clauses, separation.remedy)
        for separation in scheme.separations
        if separated(separation, action, actor, view)
    ]
    return refusals


def _titles(scheme: Scheme, roles: frozenset[str]) -> Text:
    """The roles in the document's own words."""
    held = [scheme.file.roles[role].title for role in sorted(roles) if role in scheme.file.roles]
    return Text("、".join(title.zh for title in held), ", ".join(title.en for title in held))


def separated(separation: Separation, action: Action, actor: Actor, view: View) -> bool:
    """Whether an earlier part, or a role, of this person bars this act."""
    if action.parts.isdisjoint(separation.may_not):
        return False
    barred = not actor.roles.isdisjoint(separation.roles)
    if not barred and separation.took:
        barred = not separation.took.isdisjoint(_parts(actor, view, separation.within))
    return barred and not (separation.unless is not None and separation.unless(view))


def _parts(actor: Actor, view: View, within: str) -> frozenset[str]:
    if within == "case" and view.case is not None:
        return view.case.parts.get(actor.id, frozenset())
    held = view.dossier.parts.get(actor.id, frozenset())
    if view.dossier.certificate:
        held |= view.dossier.certificate.parts.get(actor.id, frozenset())
    return held
