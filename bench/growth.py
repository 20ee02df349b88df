"""Figure 3: what one more event costs on a dossier of a thousand, against an early one of the same kind.

In all stories of a scheme the shortest runs of acts that can be done again and again (a complaint, a surveillance, a
finding) are sought and repeated until the journal holds a thousand events. Then an early round, the third, and the last
one are timed: the same acts, only the dossier is larger. The worst run of each scheme is measured well.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bench.stories import states
from bench.table import Row
from bench.timing import glance, interleaved
from hefu.rules.decide import Act, decide
from hefu.rules.due import due
from hefu.rules.evolve import evolve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from bench.stories import Story
    from bench.timing import Effort
    from hefu.rules.dossier import Dossier
    from hefu.rules.events import Event
    from hefu.rules.model import Scheme

GOAL = 1.2
EVENTS = 1_000
LONGEST = 4
"""Acts in a run; longer ones repeat shorter ones with more between."""
OTHERS = 3
"""Stories of a scheme that are searched beside its longest one; all of them would take minutes."""
PROOF = 3
"""Rounds that show that a run can be repeated."""


class Round(NamedTuple):
    """One round of a run of acts: each act and each event with the dossier that it meets."""

    day: date
    acts: tuple[tuple[Dossier, Act], ...]
    events: tuple[tuple[Dossier, Event], ...]
    after: Dossier

    @property
    def size(self) -> int:
        """The number of the first event of the round in the journal."""
        return self.events[0][0].size + 1


class Run(NamedTuple):
    """The same acts early and late in the life of a dossier."""

    scheme: Scheme
    early: Round
    late: Round

    @property
    def name(self) -> str:
        return " + ".join(act.do for _, act in self.early.acts)

    def works(self) -> dict[str, Callable[[], object]]:
        """Evolve, decide and due, on the early and on the late dossier."""
        found: dict[str, Callable[[], object]] = {}
        for when, turn in (("early", self.early), ("late", self.late)):
            found[f"evolve {when}"] = partial(_evolve, turn)
            found[f"decide {when}"] = partial(_decide, self.scheme, turn)
            found[f"due {when}"] = partial(_due, self.scheme, turn)
        return found


def _evolve(turn: Round) -> None:
    for dossier, event in turn.events:
        evolve(dossier, event)


def _decide(scheme: Scheme, turn: Round) -> None:
    for dossier, act in turn.acts:
        decide(scheme, dossier, act, turn.day)


def _due(scheme: Scheme, turn: Round) -> None:
    for dossier, act in turn.acts:
        due(scheme, dossier, turn.day, act.facts, act.people)


def figures(told: Sequence[Story], effort: Effort, missing: list[str]) -> list[Row]:
    """The worst ratio over the schemes, of evolve, decide and due (the last one reported only)."""
    worst: dict[str, Row] = {}
    for story in told:
        run = max(runs(story), key=_rough, default=None)
        if run is None:
            missing.append(f"growth: in {story.scheme.ref} no acts can be repeated for {EVENTS} events")
            continue
        measured = interleaved(run.works(), effort)
        for work, goal in (("evolve", GOAL), ("decide", GOAL), ("due", None)):
            count = len(run.early.events if work == "evolve" else run.early.acts)
            early = measured.seconds(f"{work} early") / count * 1e6
            ratio = measured.ratio(f"{work} late", f"{work} early") * count
            ratio /= len(run.late.events if work == "evolve" else run.late.acts)
            note = (
                f"{story.scheme.ref}: {run.name}; events {run.early.size} and {run.late.size:,};"
                f" {early:.1f} and {early * ratio:.1f} us; worst of the schemes"
            )
            name = f"{EVENTS:,}th event / early one, {work}"
            row = Row(name, ratio, "times", goal, at_most=True, peer="early event, us", peer_value=early, note=note)
            worst[work] = max(worst.get(work, row), row, key=lambda item: item.value)
    return list(worst.values())


def _rough(run: Run) -> float:
    works = run.works()
    late, early = (sum(glance(works[f"{work} {when}"]) for work in ("evolve", "decide")) for when in ("late", "early"))
    return late / early


def runs(story: Story) -> list[Run]:
    """Every different run of acts of a scheme's longest stories that can be repeated for a thousand events."""
    found: list[Run] = []
    seen: set[frozenset[str]] = set()
    longest = sorted(story.others, key=lambda other: len(other.steps), reverse=True)[:OTHERS]
    for one in (story, *longest):
        found += _runs_in(one, seen)
    return found


def _runs_in(story: Story, seen: set[frozenset[str]]) -> list[Run]:
    moments = [state for state in states(story) if state.step.act]
    found: list[Run] = []
    for length in range(1, LONGEST + 1):
        for end in range(length, len(moments) + 1):
            window = moments[end - length : end]
            acts = tuple(state.step.act._replace(item="") for state in window if state.step.act)
            names = frozenset(act.do for act in acts)
            if names in seen:
                continue
            run = _repeated(story.scheme, window[-1].after, acts, window[-1].step.day)
            if run is not None:
                seen.add(names)
                found.append(run)
    return found


def _repeated(scheme: Scheme, dossier: Dossier, acts: Sequence[Act], day: date) -> Run | None:
    early: Round | None = None
    for number in range(EVENTS):
        turn = _round(scheme, dossier, acts, day)
        if turn is None:
            return None
        dossier = turn.after
        if number == PROOF - 1:
            early = turn
        if early is not None and turn.size >= EVENTS:
            return Run(scheme, early, turn)
    return None


def _round(scheme: Scheme, dossier: Dossier, acts: Sequence[Act], day: date) -> Round | None:
    """Do the acts once more on the same day; None when one is refused or changes nothing."""
    met, events = [], []
    for act in acts:
        met.append((dossier, act))
        decision = decide(scheme, dossier, act, day)
        if not decision.events:
            return None
        for event in decision.events:
            events.append((dossier, event))
            dossier = evolve(dossier, event)
    return Round(day, tuple(met), tuple(events), dossier)
