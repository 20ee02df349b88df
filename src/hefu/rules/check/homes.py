"""Where each clause lives: every construct of a scheme that names clauses, by a readable address.

This is the index behind `hefu clauses` (its `by`) and behind the mutation test, which removes constructs by kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hefu.rules.model import Action, Clock, Field, Form, Ground, Machine, Scheme


class Home(NamedTuple):
    """A construct that names clauses: its kind (`guard`, `clock`, `field` …) and its address."""

    kind: str
    address: str
    clauses: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind} {self.address}"


ENFORCING = frozenset({
    "guard", "clock", "pause", "ground", "separation", "act", "state", "duty", "certificate", "material", "field",
    "option", "case", "setting",
})  # fmt: skip


def homes(scheme: Scheme) -> Iterator[Home]:
    """Every construct of the scheme that names at least one clause."""
    for home in _all(scheme):
        if home.clauses:
            yield home


def _all(scheme: Scheme) -> Iterator[Home]:
    file = scheme.file
    yield Home("document", "document", tuple(file.document.clauses))
    for basis in file.basis:
        yield Home("basis", basis.standard, tuple(basis.clauses))
    for stage in file.stages:
        yield Home("stage", stage.id, tuple(stage.clauses))
    for group in ("roles", "settings", "facts"):
        for name, item in getattr(file, group).items():
            yield Home(group.removesuffix("s"), name, tuple(item.clauses))
    for separation in scheme.separations:
        yield Home("separation", separation.id, separation.clauses)
    for name, form in scheme.forms.items():
        yield from _form(name, form)
    for machine in scheme.machines.values():
        yield from _machine(machine)
    for clock in scheme.clocks.values():
        yield from _clock(clock)


def _machine(machine: Machine) -> Iterator[Home]:
    yield Home("machine", machine.name, machine.clauses)
    for state in machine.states.values():
        yield Home("state", f"{machine.name}/{state.id}", state.clauses)
    for group, members in machine.grounds.items():
        for ground in members.values():
            yield from _ground(f"{machine.name}/{group}/{ground.id}", ground)
    for action in machine.actions.values():
        yield from _action(action)
    for field in machine.fields.values():
        yield from _field(machine.name, field)


def _ground(address: str, ground: Ground) -> Iterator[Home]:
    yield Home("ground", address, ground.clauses)
    for rule in ground.rules:
        yield Home("guard", f"{address}/{rule.code}", rule.clauses)


def _action(action: Action) -> Iterator[Home]:
    yield Home("act", action.id, action.clauses)
    for rule in action.rules:
        yield Home("guard", f"{action.id}/{rule.code}", rule.clauses)
    for change in action.certificate:
        yield Home("certificate", action.id, change.clauses)
    for duty in action.duties:
        yield Home("duty", f"{action.id}/{duty.act}", duty.clauses)
    for case in action.cases:
        yield Home("case", f"{action.id}/{case.process}", case.clauses)
    for output in action.outputs:
        yield Home(output.event.partition("-")[0], f"{action.id}/{output.name}", output.clauses)
    yield from _form(action.id, action.form)


def _form(address: str, form: Form) -> Iterator[Home]:
    yield Home("form", form.label or address, form.clauses)
    for field in form.fields:
        yield from _field(address, field)


def _field(address: str, field: Field) -> Iterator[Home]:
    yield Home("field", f"{address}/{field.id}", field.clauses)
    kind = "material" if field.type == "materials" else "option"
    for option in field.options.values():
        yield Home(kind, f"{address}/{field.id}/{option.id}", option.clauses)
    for column in field.columns:
        yield from _field(f"{address}/{field.id}", column)


def _clock(clock: Clock) -> Iterator[Home]:
    yield Home("clock", clock.name, clock.clauses)
    for pause in clock.pauses:
        yield Home("pause", f"{clock.name}/{pause.number}", pause.clauses)
    if clock.duty:
        yield Home("duty", f"{clock.name}/{clock.duty.act}", clock.duty.clauses)
    for output in clock.outputs:
        yield Home("notice", f"{clock.name}/{output.name}", output.clauses)
