"""explain: for one person, every act of the present states: permitted, or blocked with all reasons.

The screens draw exactly this. A guard that depends on what will be filled in cannot be answered yet; it is listed as
a condition, so that nobody fills in a form only to be refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.rules.decide import holds, locate, materials_missing, person_refusals, state_refusals, worded
from hefu.rules.evolve import CERTIFICATE
from hefu.rules.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from typing import Any

    from hefu.rules.decide import Target
    from hefu.rules.dossier import Dossier
    from hefu.rules.model import Action, Machine, Rule, Scheme
    from hefu.rules.refusal import Refusal
    from hefu.rules.view import Actor


class Possible(NamedTuple):
    """One act as one person sees it: `refusals` empty means permitted, on the `conditions` of its form."""

    action: Action
    subject: str
    refusals: tuple[Refusal, ...]
    conditions: tuple[Rule, ...]

    @property
    def permitted(self) -> bool:
        return not self.refusals


def explain(
    scheme: Scheme, dossier: Dossier, actor: Actor, now: date, facts: Mapping[str, Any] | None = None
) -> list[Possible]:
    """Every act of the present states, first those permitted; acts of other states are left out."""
    found = [
        _judge(scheme, dossier, actor, now, facts or {}, action, target) for action, target in _present(scheme, dossier)
    ]
    return sorted(found, key=lambda item: not item.permitted)


def _present(scheme: Scheme, dossier: Dossier) -> Iterator[tuple[Action, Target]]:
    """The acts of the states that the open cases, the certificate and the open items are in."""
    for machine in scheme.machines.values():
        if machine.kind == "item":
            for item in dossier.items_of(machine.name):
                if not item.outcome:
                    yield from _acts(scheme, dossier, machine, item.id)
        else:
            yield from _acts(scheme, dossier, machine, "")


def _acts(scheme: Scheme, dossier: Dossier, machine: Machine, item: str) -> Iterator[tuple[Action, Target]]:
    for action in machine.actions.values():
        if action.by == frozenset(("system",)):
            continue
        target = locate(scheme, dossier, action, item)
        if target is not None and not state_refusals(scheme, machine, action, target):
            yield action, target


def _judge(  # noqa: PLR0913 - one act in its whole context
    scheme: Scheme,
    dossier: Dossier,
    actor: Actor,
    now: date,
    facts: Mapping[str, Any],
    action: Action,
    target: Target,
) -> Possible:
    view = View(scheme, dossier, target.subject, target.case, {}, facts, actor, now)
    refusals = person_refusals(scheme, action, actor, view)
    if target.case is not None:
        refusals += materials_missing(scheme, action, view)
    conditions = tuple(rule for rule in action.rules if rule.reads_form or rule.level != "hard")
    refusals += [
        worded(rule, view)
        for rule in action.rules
        if rule.level == "hard" and not rule.reads_form and not holds(rule, view)
    ]
    subject = target.id or (CERTIFICATE if action.machine == CERTIFICATE else action.machine)
    return Possible(action, subject, tuple(refusals), conditions)
