"""Granting: a certificate is reached only through every stage, and decided by somebody who did not evaluate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.rules.check.graph import reachable, steps
from hefu.rules.check.states import where
from hefu.rules.load.source import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hefu.rules.load.files import Files
    from hefu.rules.model import Action, Machine, Scheme


def granting_problems(files: Files, scheme: Scheme) -> Iterator[Problem]:
    """Problems of every process that leads to a grant."""
    for machine in scheme.machines.values():
        if machine.kind != "process":
            continue
        if machine.process_kind in ("initial", "recertification", "nomination") and not machine.grants:
            yield Problem(
                where(files, machine), f"{machine.name} needs `grants`: the states in which it has been granted"
            )
        if machine.grants:
            yield from _stages(files, scheme, machine)
    if scheme.file.kind == "certification":
        yield from _separated(files, scheme)


def _stages(files: Files, scheme: Scheme, machine: Machine) -> Iterator[Problem]:
    """Taking away all states of one stage must cut every way to the grant."""
    found = steps(scheme, machine)
    for grant in machine.grants:
        if grant not in machine.states:
            yield Problem(where(files, machine, "grants"), f"{machine.name} has no state {grant!r} to grant in")
    if not machine.stages:
        yield Problem(where(files, machine), f"{machine.name} needs `stages`: those that no grant may skip")
    for stage in machine.stages:
        inside = frozenset(state.id for state in machine.states.values() if state.stage == stage)
        if not inside:
            yield Problem(where(files, machine, "stages"), f"no state of {machine.name} belongs to the stage {stage!r}")
            continue
        for grant in machine.grants:
            if grant in reachable(found, without=inside):
                at = where(files, machine, "states", grant)
                yield Problem(at, f"{machine.name} can reach {grant!r} without passing the stage {stage!r}")


def _separated(files: Files, scheme: Scheme) -> Iterator[Problem]:
    """Every act that gives a new certificate takes part in a decision that evaluators are barred from."""
    evaluating = {part for separation in scheme.separations for part in separation.took if part == "evaluation"}
    for machine in scheme.machines.values():
        for action in machine.actions.values():
            if not any(action.name == name for name in ("grant", "deny")) and not _gives(machine, action):
                continue
            at = where(files, machine, "actions", action.name)
            if action.name == "issue" and _decided_before(machine):
                continue
            barred = any(
                "evaluation" in separation.took and not action.parts.isdisjoint(separation.may_not)
                for separation in scheme.separations
            )
            if not evaluating or not barred:
                yield Problem(at, f"{action.id} decides, but an evaluator of the case is not barred from it")
    if not any("evaluation" in action.parts or _marks(action) for machine in scheme.machines.values()
               for action in machine.actions.values()):  # fmt: skip
        yield Problem(files.place("scheme.yaml", "parts"), "no act of the scheme counts as evaluation")


def _gives(machine: Machine, action: Action) -> bool:
    return machine.kind == "process" and any(change.new for change in action.certificate)


def _decided_before(machine: Machine) -> bool:
    """Issuing is not deciding where a grant comes before it."""
    return "grant" in machine.actions


def _marks(action: Action) -> bool:
    return any(field.part == "evaluation" for field in action.form.fields)
