"""check: is a scheme whole and sound, before anybody's case depends on it.

What does not load (unknown keys, types of guards, names that do not resolve) is refused by load/. Here a compiled
scheme is examined like a program:
1. clauses    every clause of the document once, each with a home that fits its treatment     check/clauses.py
2. states     nothing unreachable, no dead end, no act that nobody may take                   check/states.py
3. clocks     every clock can start and stop, and something follows when it runs out          check/states.py
4. granting   no path to a grant skips a stage, and nobody who evaluates decides              check/granting.py
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.rules.check.clauses import clause_problems
from hefu.rules.check.granting import granting_problems
from hefu.rules.check.states import state_problems
from hefu.rules.load import BadSourceError, Problem, calendar, compile_files, home, vocabulary
from hefu.rules.load.files import read_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check"]


def check(folder: Path, shared: Path | None = None) -> list[Problem]:
    """Every error and warning of a scheme folder, in order of their places."""
    shared = shared or home()
    try:
        files = read_folder(folder)
        days, words = calendar(shared / "calendars" / "cn.yaml"), vocabulary(shared / "vocabulary.yaml")
    except BadSourceError as error:
        return sorted(error.problems, key=lambda problem: problem.place)
    scheme, problems = compile_files(files, days, words)
    if not problems:
        problems = [
            *clause_problems(files, scheme),
            *state_problems(files, scheme),
            *granting_problems(files, scheme),
        ]
    return sorted(problems, key=lambda problem: (problem.level, problem.place))
