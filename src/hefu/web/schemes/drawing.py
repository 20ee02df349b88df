"""The drawing of a life: its states as boxes, its acts as arrows; kept for as long as the scheme is the same.

An act that leads to one state from many is drawn once, with a number that its source states bear too; an act that
leaves many states as they are stands under the drawing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hefu.rules.check.graph import START
from hefu.rules.check.lifecycle import MOVES, life, told
from hefu.rules.evolve import CERTIFICATE
from hefu.web.schemes.layout import place
from hefu.web.schemes.shapes import Arrow, Node
from hefu.web.status import certificate_look
from hefu.web.words import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hefu.rules.check.lifecycle import Life, Move
    from hefu.rules.model import Action, Clock, Machine, Scheme, State

MANY, FEW = 3, 2
"""From so many states an act is drawn with a number instead of an arrow from each: FEW where it ends or leads back."""
REPEATED = 4
"""An act that leaves so many states as they are stands under the drawing, not in each of their boxes."""
CLOCK, PAUSE, SAME = "◷", "⏸", "↻"
ENDS = "ends"
LOOKS = {"is-valid": "n-valid", "is-suspended": "n-susp", "is-revoked": "n-rev", "is-expired": "n-exp", "": "n-can"}


class Drawn(NamedTuple):
    """A machine for a page: its drawing as markup, and the same in rows."""

    machine: Machine
    svg: str
    repeated: tuple[tuple[Action, int], ...]
    states: tuple[StateRow, ...]
    acts: tuple[ActRow, ...]
    clocks: tuple[ClockRow, ...]


class StateRow(NamedTuple):
    """A state in the table."""

    state: State
    stage: str
    waits: bool


class ActRow(NamedTuple):
    """An act in the table: from which states to which, whether it belongs to another machine, what clocks do."""

    action: Action
    owner: Machine | None
    by: tuple[str, ...]
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    clocks: tuple[tuple[str, Clock], ...]


class ClockRow(NamedTuple):
    """A clock in the table, with the titles of the events that move it: started, stopped, paused, resumed by."""

    clock: Clock
    moved: dict[str, list[str]]


def drawn(scheme: Scheme, name: str) -> Drawn:
    """One machine of a scheme, drawn in the language of the page. Raises KeyError."""
    return _drawn(scheme.digest, name, get_language() or "", Known(scheme))


class Known:
    """A scheme that is handed over beside its digest: the digest says whether it is the same."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Known) and other.scheme.digest == self.scheme.digest

    def __hash__(self) -> int:
        return hash(self.scheme.digest)


@lru_cache(maxsize=256)
def _drawn(_digest: str, name: str, _language: str, known: Known) -> Drawn:
    scheme = known.scheme
    held = life(scheme, scheme.machines[name])
    repeated = tuple((move.action, len(move.stays)) for move in held.moves if len(move.stays) >= REPEATED)
    return Drawn(
        held.machine,
        _svg(held, scheme),
        repeated,
        tuple(StateRow(state, _stage(scheme, state.stage), state.id in held.waiting) for state in held.states),
        tuple(_act(scheme, held, move) for move in held.moves),
        tuple(_clock(scheme, clock) for clock in held.clocks),
    )


def _svg(held: Life, scheme: Scheme) -> str:
    arrows, badges = _arrows(held)
    stays: dict[str, list[str]] = {}
    for move in held.moves:
        if len(move.stays) < REPEATED:
            for state in move.stays:
                stays.setdefault(state, []).append(f"{SAME} {in_language(move.action.title)}")
    nodes = [
        Node(
            state.id,
            ENDS if state.outcome else state.stage,
            in_language(state.title),
            (
                *(f"{CLOCK} {in_language(clock.title)}" for clock in held.begins[state.id]),
                *stays.get(state.id, ()),
                *((f"→ {' '.join(badges[state.id])}",) if state.id in badges else ()),
            ),
            _look(held, state),
        )
        for state in sorted(held.states, key=lambda state: bool(state.outcome))
    ]
    headings = {stage.id: in_language(stage.title) for stage in scheme.file.stages}
    picture = place(nodes, arrows, {**headings, ENDS: str(_("Ends"))})
    return render_to_string("hefu/schemes/parts/life.html", {
        "picture": picture, "machine": held.machine, "states": len(held.states), "acts": len(held.moves),
    })  # fmt: skip


def _arrows(held: Life) -> tuple[list[Arrow], dict[str, list[str]]]:
    """The arrows of a life, and the numbers that its states bear."""
    order = {state.id: number for number, state in enumerate(held.states)}
    merged: dict[tuple[str, str], list[str]] = {}
    numbered: list[Arrow] = []
    badges: dict[str, list[str]] = {}
    for move in held.moves:
        title = in_language(move.action.title)
        sources: dict[str, list[str]] = {}
        for source, target in move.ways:
            sources.setdefault(target, []).append(source)
        for target, found in sources.items():
            near = [one for one in found if one == START or order[target] - order[one] == 1]
            rest = [one for one in found if one not in near]
            back = held.machine.states[target].outcome or any(
                order[one] > order[target] for one in rest if one != START
            )
            if len(rest) >= (FEW if back else MANY):
                badge = _number(len(numbered) + 1)
                numbered.append(Arrow("", target, (title,), badge))
                for source in rest:
                    badges.setdefault(source, []).append(badge)
            else:
                near += rest
            for source in near:
                merged.setdefault((source, target), []).append(title)
    arrows = [Arrow(source, target, tuple(dict.fromkeys(words))) for (source, target), words in merged.items()]
    return [*arrows, *numbered], badges


def _number(number: int) -> str:
    """A number in a circle, as long as there are such signs."""
    return chr(0x2460 + number - 1) if number <= 20 else f"({number})"  # noqa: PLR2004 - ⑳ is the last of its row


def _look(held: Life, state: State) -> str:
    """The class of a box: the look of its status for the certificate, else under way, stopped, over or granted."""
    if held.machine.name == CERTIFICATE:
        return LOOKS.get(certificate_look(state.id).css, "n-work")
    if state.id in held.machine.grants:
        return "n-valid"
    if state.outcome:
        return "n-end"
    return "n-wait" if state.id in held.waiting else "n-work"


def _stage(scheme: Scheme, name: str) -> str:
    return next((in_language(stage.title) for stage in scheme.file.stages if stage.id == name), "")


def _titles(held: Life, names: Iterable[str]) -> tuple[str, ...]:
    states = held.machine.states
    return tuple(in_language(states[name].title) for name in dict.fromkeys(names) if name != START)


def _act(scheme: Scheme, held: Life, move: Move) -> ActRow:
    action, roles = move.action, scheme.file.roles
    by = tuple(in_language(roles[role].title) if role in roles else str(_("the clock")) for role in sorted(action.by))
    return ActRow(
        action,
        scheme.machines[action.machine] if move.outside else None,
        by,
        _titles(held, (*(source for source, _ in move.ways), *move.stays)),
        _titles(held, (target for _, target in move.ways)),
        tuple((one.does, one.clock) for one in told(scheme, action.id)),
    )


def _clock(scheme: Scheme, clock: Clock) -> ClockRow:
    moved: dict[str, list[str]] = {does: [] for does in MOVES}
    for event, triggers in scheme.triggers.items():
        for does in {one.does for one in triggers if one.clock.name == clock.name}:
            moved[does].append(_event(scheme, event))
    return ClockRow(clock, moved)


def _event(scheme: Scheme, event: str) -> str:
    """The title of an act, or of the clock that has run out."""
    action = scheme.action(event)
    if action is not None:
        return in_language(action.title)
    clock = scheme.clocks[event.removeprefix("clock.").removesuffix(".breached")]
    return str(_("%(clock)s has run out") % {"clock": in_language(clock.title)})
