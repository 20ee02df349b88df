"""Whose turn it is: who can lead a case or an item on from where it stands. From the scheme alone, for lists.

An act leads on when it goes from this very state to another one. Acts that only end a thing (a refusal, a
termination) count where nothing else leads on: while a client rectifies, nobody waits for the one who might terminate.
The file on the use of a certificate is only kept: it lasts as long as the certificate, and nobody is asked to end it.
Whether one of these people may act at this moment is not said here; `explain` says it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from hefu.rules.model import Action, Machine, Scheme

KEPT = "use"
"""The kind of process that waits for nobody."""
SYSTEM = "system"
"""Stands for acts that only a clock does."""


_known: dict[tuple[str, str, str], Mapping[str, tuple[str, ...]]] = {}


def turn(scheme: Scheme, machine: str, state: str) -> Mapping[str, tuple[str, ...]]:
    """The roles whose turn it is in a state of a machine, each with the names of its acts; nobody in an unknown one.

    Every act asks for it, and the content of a scheme (its digest) never changes, so an answer is kept.
    """
    key = (scheme.digest, machine, state)
    if key not in _known:
        held = scheme.machines.get(machine)
        _known[key] = _turn(held, state) if held and held.process_kind != KEPT else {}
    return _known[key]


def shared(scheme: Scheme, roles: Collection[str]) -> Mapping[str, frozenset[str]]:
    """The states, by their machine, in which it is the turn of several of these roles at once."""
    found = {
        name: frozenset(state for state in machine.states if len(turn(scheme, name, state).keys() & set(roles)) > 1)
        for name, machine in scheme.machines.items()
    }
    return {name: states for name, states in found.items() if states}


def _turn(machine: Machine, state: str) -> Mapping[str, tuple[str, ...]]:
    leading = [action for action in machine.actions.values() if _leaves(action, state)]
    onward = [action for action in leading if _goes_on(machine, action, state)]
    found: dict[str, tuple[str, ...]] = {}
    for action in onward or leading:
        for role in action.by:
            if role != SYSTEM:
                found[role] = (*found.get(role, ()), action.name)
    return found


def _leaves(action: Action, state: str) -> bool:
    return state in action.sources and any(target != state for target, _ in action.targets)


def _goes_on(machine: Machine, action: Action, state: str) -> bool:
    """Whether the act may lead to another state in which the thing has not ended."""
    return any(target != state and not machine.states[target].outcome for target, _ in action.targets)
