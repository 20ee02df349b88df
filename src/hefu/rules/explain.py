"""explain: for one person, every act of the present states: permitted, or blocked with all reasons.

The screens draw exactly this. A guard that depends on what will be filled in cannot be answered yet; it is listed as
a condition, so that nobody fills in a form only to be refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.rules.conditions import holds, materials_missing, worded
from hefu.rules.evolve import CERTIFICATE
from hefu.rules.standing import locate, person_refusals, state_refusals
from hefu.rules.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

    from hefu.rules.dossier import Dossier
    from hefu.rules.model import Action, Machine, Rule, Scheme
    from hefu.rules.refusal import Refusal
    from hefu.rules.standing import Target
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


def explain(  # noqa: PLR0913 - who asks what of what
    scheme: Scheme,
    dossier: Dossier,
    actor: Actor,
    now: date,
    facts: Mapping[str, Any] | None = None,
    only: Action | None = None,
) -> list[Possible]:
    """Every act of the present states, first those permitted; acts of other states are left out.

    With `only` that one is told, on each subject on which it is an act of the present state.
    """
    found = [
        _judge(scheme, dossier, actor, now, facts or {}, action, target)
        for action, target in _present(scheme, dossier, only)
    ]
    return sorted(found, key=lambda item: not item.permitted)


def _present(scheme: Scheme, dossier: Dossier, only: Action | None) -> Iterator[tuple[Action, Target]]:
    """The acts of the states that the open cases, the certificate and the open items are in."""
    for machine in scheme.machines.values():
        actions = [one for one in machine.actions.values() if only is None or one.id == only.id]
        if not actions:
            continue
        if machine.kind == "item":
            names = [item.id for item in dossier.items_of(machine.name) if not item.outcome]
        elif machine.kind == "process" and machine.many:
            names = [case.id for case in dossier.cases_of(machine.name) if not case.outcome]
            yield from _acts(scheme, dossier, machine, actions, "", opening=True)
        else:
            names = [""]
        for name in names:
            yield from _acts(scheme, dossier, machine, actions, name, opening=not (name and machine.kind == "process"))


def _acts(  # noqa: PLR0913 - one subject in its whole context
    scheme: Scheme, dossier: Dossier, machine: Machine, actions: Sequence[Action], name: str, *, opening: bool
) -> Iterator[tuple[Action, Target]]:
    """Which of these acts there are on one subject; those that open a case are told once, not for each open one."""
    alone = machine.many and not name
    for action in actions:
        if action.by == frozenset(("system",)) or (action.opens and not opening) or (alone and not action.opens):
            continue
        target = locate(scheme, dossier, action, name)
        if target is not None and not state_refusals(scheme, machine, action, target):
            yield action, target


def _waits(rule: Rule, action: Action) -> bool:
    """Whether the answer depends on this form: on `form.X`, or on a `case.X` or `item.X` that it asks for anew."""
    names = {*rule.test.guard.names, *(rule.when.guard.names if rule.when else ())}
    return any(
        name.startswith("form.") or (name.startswith(("case.", "item.")) and name[5:] in action.form.by_id)
        for name in names
    )


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
    if target.case is not None and not set(action.complete) & set(action.form.by_id):
        refusals += materials_missing(scheme, action, view)
    conditions = tuple(rule for rule in action.rules if _waits(rule, action) or rule.level != "hard")
    refusals += [worded(rule, view) for rule in action.rules if rule not in conditions and not holds(rule, view)]
    subject = target.id or (CERTIFICATE if action.machine == CERTIFICATE else action.machine)
    return Possible(action, subject, tuple(refusals), conditions)
