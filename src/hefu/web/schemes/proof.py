"""What the checks, the scenarios and the coverage say of a version: computed from its files, never written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.shortcuts import render
from django.views.decorators.http import require_safe

from hefu.rules.check.clauses import DECIDING
from hefu.rules.replay.proof import proven
from hefu.web import kept
from hefu.web.schemes.door import of_offered
from hefu.web.schemes.page import about

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from hefu.rules.replay.proof import Proof
    from hefu.web.schemes.door import Version


class Figures(NamedTuple):
    """How many there are, and how many of them are as they should be."""

    states: int
    acts: int
    clocks: int
    clauses: int
    deciding: int
    exercised: int
    unproven: tuple[Mapping[str, Any], ...]
    failing: int
    steps: int
    errors: int
    warnings: int


@of_offered
@require_safe
def proof(request: HttpRequest, version: Version) -> HttpResponse:
    """The results, with every problem and every scenario."""
    held = proven(version.folder, kept.shared())
    context = about(version, "proof") | {"proof": held, "figures": figures(version, held)}
    return render(request, "hefu/schemes/proof.html", context)


def figures(version: Version, held: Proof) -> Figures:
    """What is counted."""
    machines = version.scheme.machines.values()
    return Figures(
        sum(len(machine.states) for machine in machines),
        sum(len(machine.actions) for machine in machines),
        len(version.scheme.clocks),
        len(held.clauses),
        sum(row["kind"] in DECIDING for row in held.clauses),
        sum(bool(row["exercised"]) for row in held.clauses),
        tuple(held.unproven),
        sum(bool(story.failures) for story in held.stories),
        sum(story.steps for story in held.stories),
        sum(problem.level == "error" for problem in held.problems),
        sum(problem.level != "error" for problem in held.problems),
    )
