"""The life of a process, a certificate or an item as values: its states, how acts lead through them, its clocks.

Computed from the compiled scheme and nothing else, so that it is true of every scheme; what draws it is elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.rules.check.graph import START, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hefu.rules.model import Action, Clock, Machine, Scheme, State

MOVES = ("start", "stop", "pause", "resume")
"""What an event does to a clock, in the order in which it is told."""


class Move(NamedTuple):
    """An act as it leads through the states of one machine.

    `ways` are pairs of two different states, the first of them empty where the act opens the life or belongs to
    another machine; `stays` are the states that it leaves as they are.
    """

    action: Action
    ways: tuple[tuple[str, str], ...]
    stays: tuple[str, ...]
    outside: bool


class Moved(NamedTuple):
    """What an event does to a clock: one of MOVES."""

    clock: Clock
    does: str


class Life(NamedTuple):
    """One machine: its states and acts in the order of the file, and what entering each state does to clocks."""

    machine: Machine
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    waiting: frozenset[str]
    begins: Mapping[str, tuple[Clock, ...]]
    clocks: tuple[Clock, ...]


def life(scheme: Scheme, machine: Machine) -> Life:
    """The life of one machine of a scheme. `waiting` are the states in which an act that leads there stops a clock."""
    moves = tuple(_moves(scheme, machine))
    waiting, begins = set(), {}
    for state in machine.states:
        moved = [
            one for move in moves if any(to == state for _, to in move.ways) for one in told(scheme, move.action.id)
        ]
        if any(one.does == "pause" for one in moved):
            waiting.add(state)
        begins[state] = tuple(dict.fromkeys(one.clock for one in moved if one.does == "start"))
    clocks = tuple(clock for clock in scheme.clocks.values() if clock.machine == machine.name)
    return Life(machine, tuple(machine.states.values()), moves, frozenset(waiting), begins, clocks)


def told(scheme: Scheme, event: str) -> tuple[Moved, ...]:
    """What an event (the address of an act, or `clock.NAME.breached`) does to the clocks of a scheme."""
    found = dict.fromkeys(Moved(one.clock, one.does) for one in scheme.triggers.get(event, ()))
    return tuple(sorted(found, key=lambda one: MOVES.index(one.does)))


def events_of(scheme: Scheme, clock: Clock, does: str) -> list[str]:
    """The events that start, stop, pause or resume a clock."""
    held = scheme.triggers.items()
    return [event for event, found in held if any(one.clock.name == clock.name and one.does == does for one in found)]


def _moves(scheme: Scheme, machine: Machine) -> Iterator[Move]:
    own: dict[str, list[tuple[str, str]]] = {name: [] for name in machine.actions}
    others: dict[str, tuple[Action, list[tuple[str, str]]]] = {}
    for source, target, action in steps(scheme, machine):
        if action is None:
            continue
        if action.machine == machine.name:
            own[action.name].append((source, target))
        else:
            others.setdefault(action.id, (action, []))[1].append((START, target))
    for name, ways in own.items():
        yield _move(machine.actions[name], ways, outside=False)
    raising = (act for one in scheme.machines.values() for act in one.actions.values() if act.raises == machine.name)
    for action in raising:
        others.setdefault(action.id, (action, []))[1].append((START, next(iter(machine.states))))
    for action, ways in others.values():
        yield _move(action, ways, outside=True)


def _move(action: Action, ways: Iterable[tuple[str, str]], *, outside: bool) -> Move:
    held = list(dict.fromkeys(ways))
    stays = tuple(source for source, target in held if source == target)
    return Move(action, tuple(way for way in held if way[0] != way[1]), stays, outside)
