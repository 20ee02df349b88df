"""Figure 4: explain, the answer that every screen of a dossier asks for once, in a story's fullest state."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bench.stories import states
from bench.table import Row
from bench.timing import glance, interleaved
from hefu.rules.explain import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.stories import Story
    from bench.timing import Effort

GOAL = 1.0
"""Milliseconds."""


def figures(told: Sequence[Story], effort: Effort, missing: list[str]) -> list[Row]:
    """Milliseconds for the person for whom it takes longest; the slowest of the schemes."""
    del missing
    rows = [_row(story, effort) for story in told]
    return [max(rows, key=lambda row: row.value)] if rows else []


def _row(story: Story, effort: Effort) -> Row:
    scheme = story.scheme
    fullest, most = None, -1
    for state in states(story):
        someone = next(iter(state.step.people.values()))
        count = len(explain(scheme, state.after, someone, state.step.day, state.step.facts))
        if count > most:
            fullest, most = state, count
    assert fullest is not None  # noqa: S101 - a scenario has at least one step
    step, dossier = fullest.step, fullest.after
    works: dict[str, Callable[[], object]] = {
        name: partial(explain, scheme, dossier, person, step.day, step.facts) for name, person in step.people.items()
    }
    slowest = max(works, key=lambda name: glance(works[name]))
    spent = interleaved({"explain": works[slowest]}, effort).seconds("explain") * 1000
    note = f"{scheme.ref}, {story.name} on {step.day}, {slowest}: {most} acts in question; slowest of the schemes"
    return Row("explain for one person, fullest state", spent, "ms", GOAL, at_most=True, note=note)
