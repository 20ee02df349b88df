"""States, acts and clocks: nothing unreachable, no dead end, nothing that nobody may do or that cannot begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.rules.check.graph import reachable, steps
from hefu.rules.load.source import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hefu.rules.check.graph import Step
    from hefu.rules.load.files import Files
    from hefu.rules.model import Machine, Scheme


def where(files: Files, machine: Machine, *path: str | int) -> Place:
    """The place of a part of a machine."""
    if machine.kind == "item":
        return files.place("scheme.yaml", "items", machine.name, *path)
    name = "certificate.yaml" if machine.kind == "certificate" else f"{machine.name}.yaml"
    return files.place(name, *path)


def state_problems(files: Files, scheme: Scheme) -> Iterator[Problem]:
    """Problems of every machine and clock."""
    for machine in scheme.machines.values():
        yield from _machine(files, scheme, machine)
    raised = {action.raises for machine in scheme.machines.values() for action in machine.actions.values()}
    for machine in scheme.machines.values():
        if machine.kind == "item" and machine.name not in raised:
            yield Problem(where(files, machine), f"no act raises an item of kind {machine.name!r}")
    yield from _clocks(files, scheme)


def _machine(files: Files, scheme: Scheme, machine: Machine) -> Iterator[Problem]:
    found = steps(scheme, machine)
    reached = reachable(found)
    for state in machine.states.values():
        at = where(files, machine, "states", state.id)
        if state.id not in reached:
            yield Problem(at, f"the state {machine.name}/{state.id} cannot be reached")
        elif not state.outcome and machine.kind != "certificate" and not _ends(machine, found, state.id):
            yield Problem(at, f"the state {machine.name}/{state.id} is a dead end: no way from it leads to an end")
    for action in machine.actions.values():
        at = where(files, machine, "actions", action.name)
        if action.opens and machine.kind != "process":
            yield Problem(at, f"{action.id} can never be done: it names no state in `from`")
        if action.by == {"system"} and not any(clock.automatic == action.id for clock in scheme.clocks.values()):
            yield Problem(at, f"{action.id} is for the system alone, but no clock does it")
        if not action.by:
            yield Problem(at, f"nobody may do {action.id}: `by` names no role")
        if (
            not action.opens
            and not action.anywhere
            and not (action.sources - {"none"}) & reached
            and "none" not in action.sources
        ):
            yield Problem(at, f"{action.id} can never be done: none of its states can be reached")


def _ends(machine: Machine, found: list[Step], state: str) -> bool:
    ways: dict[str, set[str]] = {}
    for step in found:
        ways.setdefault(step.source, set()).add(step.target)
    seen, todo = {state}, [state]
    while todo:
        here = todo.pop()
        if machine.states[here].outcome:
            return True
        for target in ways.get(here, ()):
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return False


def _clocks(files: Files, scheme: Scheme) -> Iterator[Problem]:
    for clock in scheme.clocks.values():
        machine = scheme.machines[clock.machine]
        at = where(files, machine, "clocks", clock.name)
        moved = {trigger.does for found in scheme.triggers.values() for trigger in found if trigger.clock is clock}
        if "start" not in moved:
            yield Problem(at, f"nothing starts the clock {clock.name!r}")
        if "stop" not in moved and not clock.automatic and clock.kind == "task":
            yield Problem(at, f"nothing stops the clock {clock.name!r}", "warning")
        if clock.automatic:
            action = scheme.action(clock.automatic)
            if action is not None and "system" not in action.by:
                yield Problem(at, f"{clock.automatic} is done by a clock, so `by` must name system")
