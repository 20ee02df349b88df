"""Proof: what the checks, the scenarios and the coverage of clauses say of one scheme folder, computed together.

It takes seconds, so it is computed once a process for the same content (the files of the scheme, the shared files, the
scenarios); nobody writes it by hand. The mutation test takes many minutes and is not part of it: `hefu mutate`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules.check import check
from hefu.rules.load import KEPT, BadSourceError, Problem, content_key, load, with_settings
from hefu.rules.load.files import read_folder
from hefu.rules.load.shared import content_hash
from hefu.rules.replay.coverage import named, table, unproven
from hefu.rules.replay.expect import failures
from hefu.rules.replay.run import as_json, moments
from hefu.rules.replay.scenario import open_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from hefu.rules.load.files import Files
    from hefu.rules.load.source import Place


class Story(NamedTuple):
    """A scenario as it went: its file's name, its title, its steps, and what it expected that did not come."""

    name: str
    title: str
    steps: int
    failures: tuple[Mapping[str, Any], ...]


class Proof(NamedTuple):
    """What is known of a scheme folder: `content` is the hash of what it was computed from.

    `clauses` are the rows of `hefu clauses`; `places`, for each clause, every place of the files that names it, its
    entry in the index first; `chapters`, the index file in which it stands.
    """

    content: str
    problems: tuple[Problem, ...]
    stories: tuple[Story, ...]
    clauses: tuple[Mapping[str, Any], ...]
    places: Mapping[str, tuple[Place, ...]]
    chapters: Mapping[str, str]

    @property
    def ok(self) -> bool:
        """Whether there is no error, every scenario goes as it says, and every deciding clause is proven."""
        failed = any(story.failures for story in self.stories)
        return not failed and not self.unproven and all(problem.level != "error" for problem in self.problems)

    @property
    def unproven(self) -> list[Mapping[str, Any]]:
        """Deciding clauses that nothing enforces or no scenario exercises."""
        return [*unproven([dict(row) for row in self.clauses])]


_PROVEN: dict[tuple[Path, str], Proof] = {}


def proven(folder: Path, shared: Path | None = None) -> Proof:
    """The proof of a folder that can be loaded; computed once for the same content. Raises BadSourceError."""
    scenarios = sorted((folder / "scenarios").glob("*.yaml"))
    place, content = content_key(folder, shared)
    key = (place, f"{content}{content_hash(scenarios)}")
    if key not in _PROVEN:
        if len(_PROVEN) >= KEPT:
            _PROVEN.pop(next(iter(_PROVEN)))
        _PROVEN[key] = _prove(folder, shared, scenarios, content)
    return _PROVEN[key]


def _prove(folder: Path, shared: Path | None, scenarios: list[Path], content: str) -> Proof:
    scheme, problems = load(folder, shared), check(folder, shared)
    stories: list[Story] = []
    steps: dict[str, list[str]] = {}
    for path in scenarios:
        try:
            script = open_scenario(path, f"{folder.name}/scenarios/{path.name}")
        except BadSourceError as error:
            problems += error.problems
            continue
        own = with_settings(scheme, script.scenario.settings)
        failed: list[Mapping[str, Any]] = []
        for number, moment in enumerate(moments(own, script), 1):
            failed += failures(number, moment, as_json(own, moment, number, "zh"))
            for clause in named(moment):
                steps.setdefault(clause, []).append(f"{path.stem}#{number}")
        title = script.scenario.title
        said = title if isinstance(title, str) else f"{title.zh} / {title.en}"
        stories.append(Story(path.stem, said, len(script.scenario.steps), tuple(failed)))
    files = read_folder(folder)
    places: dict[str, list[Place]] = {}
    for clause, at in _mentions(files):
        places.setdefault(clause, []).append(at)
    index = {clause: files.place(*at) for clause, at in _index(files).items()}
    told = {
        clause: (index[clause], *dict.fromkeys(at for at in places.get(clause, ()) if at != index[clause]))
        for clause in index
    }
    chapters = {clause: at[0] for clause, at in _index(files).items()}
    return Proof(content, tuple(problems), tuple(stories), tuple(table(scheme, steps)), told, chapters)


def _index(files: Files) -> dict[str, tuple[str, int, str, str]]:
    """The place of each clause in the index, as a path."""
    return {
        clause: (name, number, "clauses", clause)
        for name, source in files.sources.items() if name.startswith("clauses/")
        for number, place in enumerate(source.data)
        for clause in place["clauses"]
    }  # fmt: skip


def _mentions(files: Files) -> Iterator[tuple[str, Place]]:
    """Every place at which a list of clauses names one; what a process takes over stands in the other's file."""
    for name, source in files.sources.items():
        if not name.startswith("clauses/"):
            for path in source.places:
                if len(path) > 1 and path[-2] == "clauses" and isinstance(path[-1], int):
                    clause = _at(source.data, path)
                    if isinstance(clause, str):
                        yield clause, source.place(path)


def _at(data: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - YAML data
    for part in path:
        held = isinstance(data, dict) if isinstance(part, str) else isinstance(data, list) and part < len(data)
        if not held or (isinstance(part, str) and part not in data):
            return None
        data = data[part]
    return data
