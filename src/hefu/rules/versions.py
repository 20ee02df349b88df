"""Versions: which version of a scheme governs an act (AMBIGUITIES K4, WAL-QP-21/6.8/s2).

A case stays under the version in force on the day it was opened: an application on its filing date, a surveillance on
its plan date. The certificate follows the newest case that could have granted it. Only a recorded decision of the
person who approves departures moves a case to another version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.rules.decide import Decision
from hefu.rules.draft import Draft
from hefu.rules.evolve import CERTIFICATE
from hefu.rules.refusal import refuse
from hefu.rules.standing import locate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hefu.rules.decide import Act
    from hefu.rules.dossier import Dossier
    from hefu.rules.model import Scheme
    from hefu.rules.view import Actor


def in_force(scheme: Scheme, on: date) -> bool:
    """Whether a case opened on this day falls under this version."""
    days = scheme.file.in_force
    return days.from_ <= on and (days.until is None or on <= days.until)


def governing(versions: Mapping[str, Scheme], dossier: Dossier, act: Act, now: date) -> Scheme:
    """The version that governs an act. Raises LookupError when none is in force for a case that it would open."""
    newest = max(versions.values(), key=lambda scheme: scheme.file.in_force.from_)
    action = newest.action(act.do)
    if action is None:
        return newest
    machine = newest.machines[action.machine]
    if machine.kind == CERTIFICATE:
        granting = [case for case in dossier.cases_of() if newest.machines[case.process].grants]
        return versions.get(granting[-1].version, newest) if granting else newest
    target = locate(newest, dossier, action, act.item)
    if target is not None and target.case is not None:
        return versions.get(target.case.version, newest)
    current = [scheme for scheme in versions.values() if in_force(scheme, now)]
    if not current:
        message = f"no version of {newest.id} is in force on {now}"
        raise LookupError(message)
    return max(current, key=lambda scheme: scheme.file.in_force.from_)


def move_case(  # noqa: PLR0913 - a decision with its reason
    scheme: Scheme, dossier: Dossier, case: str, actor: Actor, reason: str, now: date
) -> Decision:
    """Move a case to the version `scheme`: refused without a reason, without the role, or for an unknown case."""
    held = dossier.cases.get(case)
    if held is None or held.outcome:
        return Decision((), (refuse(scheme, "no-such-item", (), item=case),), dossier)
    refusals = []
    if scheme.file.departures not in actor.roles:
        title = scheme.words["action/move-case"]
        refusals.append(refuse(scheme, "not-your-role", (), action=title, roles=scheme.file.departures))
    if not reason.strip():
        refusals.append(refuse(scheme, "field-required", (), field=scheme.words["action/reason"]))
    if held.state not in scheme.machines[held.process].states:
        state = scheme.words.get(f"state/{held.state}") or held.state
        refusals.append(refuse(scheme, "wrong-state", (), action=scheme.words["action/move-case"], state=state))
    if refusals:
        return Decision((), tuple(refusals), dossier)
    draft = Draft(scheme, dossier, now, {}, {})
    data = {"version": scheme.version, "digest": scheme.digest, "reason": reason}
    draft.emit("case-repinned", case, held.process, data, (), actor.id)
    return Decision(tuple(draft.events), (), draft.dossier)
