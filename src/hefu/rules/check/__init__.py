"""check: is a scheme whole and sound, before anybody's case depends on it.

What does not load (unknown keys, types of guards, names that do not resolve) is refused by load/. Here a compiled
scheme is examined like a program:
1. clauses    every clause of the document once, each with a home that fits its treatment     check/clauses.py
2. states     nothing unreachable, no dead end, no act that nobody may take                   check/states.py
3. clocks     every clock can start and stop, and something follows when it runs out          check/states.py
4. granting   no path to a grant skips a stage, and nobody who evaluates decides              check/granting.py
5. public     nothing that names a person or belongs to a case is shown to everybody          check/public.py
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.rules.check.clauses import clause_problems
from hefu.rules.check.granting import granting_problems
from hefu.rules.check.public import public_problems
from hefu.rules.check.states import state_problems
from hefu.rules.load import KEPT, BadSourceError, Problem, content_key, opened
from hefu.rules.load.files import read_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check"]


def check(folder: Path, shared: Path | None = None) -> list[Problem]:
    """Every error and warning of a scheme folder, in order of their places; found once for the same content."""
    key = content_key(folder, shared)
    if key not in _FOUND:
        if len(_FOUND) >= KEPT:
            _FOUND.pop(next(iter(_FOUND)))
        _FOUND[key] = tuple(_examined(folder, shared))
    return list(_FOUND[key])


_FOUND: dict[tuple[Path, str], tuple[Problem, ...]] = {}


def _examined(folder: Path, shared: Path | None) -> list[Problem]:
    try:
        files = read_folder(folder)
        found = opened(folder, shared, files)
    except BadSourceError as error:
        return sorted(error.problems, key=lambda problem: problem.place)
    problems = list(found.problems)
    if not problems:
        problems = [
            *clause_problems(files, found.scheme),
            *state_problems(files, found.scheme),
            *granting_problems(files, found.scheme),
            *public_problems(files, found.scheme),
        ]
    return sorted(problems, key=lambda problem: (problem.level, problem.place))
