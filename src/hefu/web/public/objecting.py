"""Whether somebody may still object to what is announced: the core says it, of the dossier as it is today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.dossiers.models import CaseRow
from hefu.rules.due import due
from hefu.rules.explain import explain
from hefu.rules.view import Actor
from hefu.web import kept, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hefu.register.models import StepRow
    from hefu.rules.model import Action, Scheme

OUTSIDE = "organisation"
"""The reach of roles that people outside the body hold."""
States = frozenset[tuple[str, str, str]]
"""Dossier, process and state of cases that are open."""


def states(steps: Iterable[StepRow]) -> States:
    """Where the open cases of what was announced stand; one query for all of them."""
    rows = CaseRow.objects.filter(dossier__in={step.dossier for step in steps}, outcome="")
    return frozenset(rows.values_list("dossier", "process", "state"))


def objecting(scheme: Scheme, step: StepRow, known: States) -> Action | None:
    """The act by which people outside may object to a step; None once that is over.

    Only the dossier of a case that still stands where the step left it is opened.
    """
    for action in _objections(scheme, step):
        here = any((step.dossier, action.machine, state) in known for state in action.sources)
        if here and _permitted(scheme, step, action):
            return action
    return None


def _objections(scheme: Scheme, step: StepRow) -> Iterator[Action]:
    """What outsiders may raise in the state to which the announced act leads, and only there."""
    act = scheme.action(step.act)
    machine = scheme.machines.get(act.machine) if act else None
    if act is None or machine is None or machine.kind != "process":
        return
    reached = {target for target, _ in act.targets}
    for other in machine.actions.values():
        outside = any(scheme.file.roles[role].reach == OUTSIDE for role in other.by if role in scheme.file.roles)
        if other.raises and outside and other.sources and reached.issuperset(other.sources):
            yield other


def _permitted(scheme: Scheme, step: StepRow, action: Action) -> bool:
    """Whether the rules let somebody in one of its roles do it today."""
    held, _ = kept.store().load(step.dossier)
    today = moment.today()
    around = kept.around(held.body, scheme.id, today, ())
    law = held.law
    dossier = due(law.scheme, held.dossier, today, around.facts, around.people, law.versions).dossier
    anybody = Actor("", action.by)
    return any(one.permitted for one in explain(law.scheme, dossier, anybody, today, around.facts, only=action))
