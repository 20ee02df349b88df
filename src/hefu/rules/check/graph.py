"""The graph of a machine: which act leads from which state to which."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hefu.rules.model import Action, Machine, Scheme

START = ""


class Step(NamedTuple):
    """One way from one state to another."""

    source: str
    target: str
    action: Action | None


def steps(scheme: Scheme, machine: Machine) -> list[Step]:
    """Every way between two states, also those that acts of other machines open."""
    found = []
    for action in machine.actions.values():
        targets = [state for state, _ in action.targets]
        for source in sources(machine, action):
            found += [Step(source, target or source, action) for target in targets]
            if not targets or all(when is not None for _, when in action.targets):
                found.append(Step(source, source, action))
    for other in scheme.machines.values():
        for action in other.actions.values():
            for case in action.cases:
                if case.process == machine.name:
                    live = [state.id for state in machine.states.values() if not state.outcome]
                    origins = [START] if case.opens else live
                    found += [Step(origin, case.state, action) for origin in origins]
            if machine.kind == "certificate":
                found += [
                    Step(START if change.new else state, change.to, action)
                    for change in action.certificate if change.to
                    for state in (machine.states if not change.new else [START])
                ]  # fmt: skip
    if machine.kind == "item":
        found.append(Step(START, next(iter(machine.states)), None))
    return found


def sources(machine: Machine, action: Action) -> list[str]:
    """The states from which an act is possible; START for one that opens a case."""
    if action.anywhere:
        return [state.id for state in machine.states.values() if not state.outcome]
    if action.opens:
        return [START] if machine.kind == "process" else []
    return [START if source == "none" else source for source in sorted(action.sources)]


def reachable(found: Iterable[Step], *, without: frozenset[str] = frozenset()) -> set[str]:
    """The states that can be reached from the start, not passing through `without`."""
    ways: dict[str, set[str]] = {}
    for step in found:
        ways.setdefault(step.source, set()).add(step.target)
    seen, todo = {START}, [START]
    while todo:
        for target in ways.get(todo.pop(), ()):
            if target not in seen and target not in without:
                seen.add(target)
                todo.append(target)
    return seen - {START}
