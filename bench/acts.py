"""Figures 1 and 2: acts a second with their whole meaning, beside the `transitions` library and a dict.

An act is: what time has brought (`due`), the decision with guards, clocks and clauses (`decide`), and its events taken
in again one by one (`evolve`), as a journal is. A peer's step is one transition of a model with one condition, in a
machine with as many states and transitions as the scheme's largest process; the floor's is one look-up in a dict.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.stories import states
from bench.table import Row, number
from bench.timing import interleaved, peer
from hefu.rules.decide import decide
from hefu.rules.dossier import Dossier
from hefu.rules.due import due
from hefu.rules.evolve import evolve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.stories import Story
    from bench.timing import Effort, Measured
    from hefu.rules.model import Machine, Scheme

GOAL = 25_000
NEXT_GOAL = 81_500
RATIO_GOAL = 0.3
NEXT_RATIO_GOAL = 1.0
MICRO = 1e6


class Speed(NamedTuple):
    """The measurements of one story."""

    story: Story
    measured: Measured

    def rate(self, work: str) -> float:
        """Acts, or steps, a second."""
        return self.story.acts / self.measured.seconds(work)

    def micros(self, work: str) -> float:
        """Microseconds an act."""
        return self.measured.seconds(work) / self.story.acts * MICRO


def figures(told: Sequence[Story], effort: Effort, missing: list[str]) -> list[Row]:
    """The rows of acts a second: the median of the stories, each against peer and floor in its own rounds."""
    speeds = [Speed(story, interleaved(works(story), effort)) for story in told]
    if not speeds:
        return []
    shares = "; ".join(
        f"{speed.story.scheme.ref} {number(speed.rate('hefu'))}/s = due {speed.micros('due'):.1f} us"
        f" + decide {speed.micros('decide'):.1f} us + evolve {speed.micros('evolve'):.1f} us"
        for speed in speeds
    )
    rate, floor = (median(speed.rate(work) for speed in speeds) for work in ("hefu", "dict"))
    ratio = median(speed.measured.ratio("dict", "hefu") for speed in speeds)
    note = f"median of {len(speeds)}; next goal {NEXT_GOAL:,}; {shares}"
    rows = [Row("acts a second, due + decide + evolve", rate, "/s", GOAL, peer="a dict, no meaning",
                peer_value=floor, ratio=ratio, note=note)]  # fmt: skip
    if "transitions" not in speeds[0].measured.rounds:
        missing.append("acts against transitions: the library is not installed")
        return rows
    other = median(speed.rate("transitions") for speed in speeds)
    ratio = median(speed.measured.ratio("transitions", "hefu") for speed in speeds)
    note = f"next goal {NEXT_RATIO_GOAL}; each " + "; ".join(
        f"{speed.story.scheme.ref} {speed.measured.ratio('transitions', 'hefu'):.3f}" for speed in speeds
    )
    rows.append(Row("the same / transitions", ratio, "times", RATIO_GOAL, peer="transitions, steps a second",
                    peer_value=other, ratio=ratio, note=note))  # fmt: skip
    return rows


def works(story: Story) -> dict[str, Callable[[], object]]:
    """The story played whole, its three shares, and the peers with as many steps."""
    scheme = story.scheme
    moments = [state for state in states(story) if state.step.act]
    pairs = []
    for step, before, _ in moments:
        dossier = before
        for event in decide(scheme, before, step.act, step.day).events if step.act else ():
            pairs.append((dossier, event))
            dossier = evolve(dossier, event)
    entries = [Dossier(scheme.ref), *(state.after for state in states(story))]
    passing = list(zip(entries, story.steps, strict=False))
    machine = max(
        (machine for machine in scheme.machines.values() if machine.kind == "process"),
        key=lambda item: len(item.actions),
    )
    found: dict[str, Callable[[], object]] = {
        "hefu": lambda: play(story),
        "dict": table_walk(machine, story.acts),
        "due": lambda: [due(scheme, dossier, step.day, step.facts, step.people) for dossier, step in passing],
        "decide": lambda: [decide(scheme, state.before, state.step.act, state.step.day) for state in moments
                           if state.step.act],
        "evolve": lambda: [evolve(dossier, event) for dossier, event in pairs],
    }  # fmt: skip
    library = peer("transitions")
    return {**found, "transitions": model_walk(library, machine, story.acts)} if library else found


def play(story: Story) -> Dossier:
    """One whole life: this is what an act costs."""
    scheme: Scheme = story.scheme
    dossier = Dossier(scheme.ref)
    for day, act, facts, people in story.steps:
        dossier = due(scheme, dossier, day, facts, people).dossier
        if act is not None:
            for event in decide(scheme, dossier, act, day).events:
                dossier = evolve(dossier, event)
    return dossier


def _size(machine: Machine) -> tuple[int, int]:
    """States, and transitions counted as pairs of source and target, of a process."""
    moves = sum(max(1, len(action.sources)) * max(1, len(action.targets)) for action in machine.actions.values())
    return len(machine.states), max(moves, len(machine.states))


def model_walk(library: Any, machine: Machine, steps: int) -> Callable[[], None]:  # noqa: ANN401 - untyped library
    """`steps` transitions of a model of the library, each under one condition that holds."""
    count, moves = _size(machine)
    names = [f"s{number}" for number in range(count)]
    moving = [
        {"trigger": f"t{number}", "source": names[number % count], "dest": names[(number + 1) % count],
         "conditions": "allowed"}
        for number in range(moves)
    ]  # fmt: skip

    class Model:
        """A case as the library keeps one."""

        state = names[0]

        def allowed(self) -> bool:
            return True

    model = Model()
    library.Machine(model, states=names, transitions=moving, initial=names[0])
    ring = [getattr(model, f"t{number % count}") for number in range(steps)]

    def walk() -> None:
        model.state = names[0]
        for step in ring:
            step()

    return walk


def table_walk(machine: Machine, steps: int) -> Callable[[], str]:
    """`steps` look-ups in a table of states and acts."""
    count, _ = _size(machine)
    table = {(f"s{number}", f"t{number}"): f"s{(number + 1) % count}" for number in range(count)}
    ring = [f"t{number % count}" for number in range(steps)]

    def walk() -> str:
        state = "s0"
        for act in ring:
            state = table[state, act]
        return state

    return walk
