"""Mutation: take one rule out of a scheme and see whether any of its scenarios notices.

Every guard, clock, pause, ground and separation of a shipped scheme must be noticed: a rule whose removal nobody
sees is not proven. Mutants are made from the compiled scheme, so thousands can be tried without reading a file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from hefu.rules.load import with_settings
from hefu.rules.replay.run import moments, replay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hefu.rules.model import Clock, Ground, Machine, Rule, Scheme, Trigger
    from hefu.rules.replay.scenario import Script


class Mutant(NamedTuple):
    """A scheme without one rule; `trace` is what a scenario shows when that rule has worked in it."""

    kind: str
    address: str
    trace: str
    scheme: Scheme


def mutants(scheme: Scheme) -> Iterator[Mutant]:
    """Every scheme that lacks exactly one guard, clock, pause, ground or separation."""
    for name, machine in scheme.machines.items():
        for verb, action in machine.actions.items():
            for rule in action.rules:
                if not _taken_over(scheme, machine, verb, rule):
                    yield Mutant(
                        "guard", f"{action.id}/{rule.code}", rule.code, _without_rule(scheme, name, verb, rule)
                    )
        if not machine.like:
            yield from _ground_mutants(scheme, machine)
    for number, separation in enumerate(scheme.separations):
        rest_of = (*scheme.separations[:number], *scheme.separations[number + 1 :])
        yield Mutant("separation", separation.id, separation.code, replace(scheme, separations=rest_of))
    for clock in scheme.clocks.values():
        if _heir_of(scheme, clock):
            continue
        yield Mutant("clock", clock.name, f"clock {clock.name}", _without(scheme, clock))
        for pause in clock.pauses:
            yield Mutant(
                "pause", f"{clock.name}/{pause.number}", f"clock {clock.name}", _without(scheme, clock, pause.number)
            )


def _ground_mutants(scheme: Scheme, machine: Machine) -> Iterator[Mutant]:
    name = machine.name
    for group, members in machine.grounds.items():
        for key, ground in members.items():
            rest = {other: item for other, item in members.items() if other != key}
            yield Mutant("ground", f"{name}/{group}/{key}", f"ground-{key}", _regrounded(scheme, name, group, rest))
            for number, rule in enumerate(ground.rules):
                rules = (*ground.rules[:number], *ground.rules[number + 1 :])
                changed = _regrounded(scheme, name, group, {**members, key: replace(ground, rules=rules)})
                yield Mutant("guard", f"{name}/{group}/{key}/{rule.code}", rule.code, changed)


def _heirs(scheme: Scheme, name: str) -> tuple[str, ...]:
    """The machine itself and those that are `like` it: a rule that is written once is removed once."""
    return (name, *(other.name for other in scheme.machines.values() if other.like == name))


def _same(one: Rule, other: Rule) -> bool:
    return (one.code, one.clauses, one.message) == (other.code, other.clauses, other.message)


def _taken_over(scheme: Scheme, machine: Machine, verb: str, rule: Rule) -> bool:
    model = scheme.machines.get(machine.like) if machine.like else None
    action = model.actions.get(verb) if model else None
    return action is not None and any(_same(rule, other) for other in action.rules)


def _heir_of(scheme: Scheme, clock: Clock) -> str:
    """The clock that this one is taken over from, if any."""
    like = scheme.machines[clock.machine].like
    name = clock.name.removeprefix(f"{clock.machine}-")
    return name if like and name != clock.name and name in scheme.clocks else ""


def _clocks(scheme: Scheme, clock: Clock) -> list[Clock]:
    return [clock, *(other for other in scheme.clocks.values() if _heir_of(scheme, other) == clock.name)]


def _without_rule(scheme: Scheme, name: str, verb: str, rule: Rule) -> Scheme:
    machines = dict(scheme.machines)
    for heir in _heirs(scheme, name):
        held = machines[heir]
        if verb in held.actions:
            action = held.actions[verb]
            kept = tuple(other for other in action.rules if not _same(other, rule))
            machines[heir] = replace(held, actions={**held.actions, verb: replace(action, rules=kept, together=None)})
    return replace(scheme, machines=machines)


def _regrounded(scheme: Scheme, name: str, group: str, members: Mapping[str, Ground]) -> Scheme:
    machines = dict(scheme.machines)
    for heir in _heirs(scheme, name):
        held = machines[heir]
        actions = {
            verb: replace(action, grounds=members) if action.group == group else action
            for verb, action in held.actions.items()
        }
        machines[heir] = replace(held, actions=actions, grounds={**held.grounds, group: members})
    return replace(scheme, machines=machines)


def _without(scheme: Scheme, clock: Clock, pause: int | None = None) -> Scheme:
    """The scheme in which nothing moves a clock, or nothing stops it for one of its reasons."""
    gone = _clocks(scheme, clock)

    def kept(trigger: Trigger) -> bool:
        if trigger.clock not in gone:
            return True
        return pause is not None and (trigger.does not in ("pause", "resume") or trigger.pause != pause)

    triggers = {event: tuple(filter(kept, found)) for event, found in scheme.triggers.items()}
    return replace(scheme, triggers=triggers)


def traces(scheme: Scheme, found: list[Script]) -> dict[str, list[int]]:
    """For each trace, the scenarios (by number) in which it shows."""
    result: dict[str, list[int]] = {}
    for number, script in enumerate(found):
        shown: set[str] = set()
        for moment in moments(with_settings(scheme, script.scenario.settings), script):
            shown.update(refusal.code for refusal in moment.refusals)
            for event in moment.events:
                shown.add(f"clock {event.name}" if event.type.startswith("clock-") else event.name)
                shown.update(event.data.get("departure", {}).get("codes", ()))
        for trace in shown:
            result.setdefault(trace, []).append(number)
    return result


def noticed(mutant: Mutant, found: list[Script], where: dict[str, list[int]]) -> str:
    """The scenario that fails without the rule, or an empty word."""
    first = where.get(mutant.trace, [])
    for number in (*first, *(n for n in range(len(found)) if n not in first)):
        script = found[number]
        if not replay(with_settings(mutant.scheme, script.scenario.settings), script)["ok"]:
            return script.name
    return ""
