"""YAML text to plain data with the place of every key and value, refusing what could hide a mistake or an attack.

Decided here: duplicate keys are errors; aliases, tags and documents beyond the first are refused; files over
MAX_BYTES and nesting over MAX_DEPTH are refused before anything is built. Scalars follow YAML 1.2 (core schema) so
that `on` and `no` stay words; a plain YYYY-MM-DD is a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAX_BYTES = 1_000_000
MAX_DEPTH = 24

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LEAD = re.compile(r"(?:[-?:][ \t]+|[ \t])*")
_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")
)
_WORDS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: file, line and column, both counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about a file: an error or a warning, in plain words, with its place."""

    place: Place
    message: str
    level: str = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.level}: {self.message}"


class BadSourceError(Exception):
    """A file that cannot be used; carries every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed file: its plain data and the place of every path in it."""

    file: str
    data: Any
    places: dict[tuple[str | int, ...], Place]

    def place(self, path: tuple[str | int, ...]) -> Place:
        """The place of `path`, or of the nearest part of it that exists."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path) or Place(self.file, 1, 1)


def read(path: Path, name: str | None = None) -> Source:
    """Read and parse one file. Raises BadSourceError with its place for whatever is wrong with it."""
    name = name or str(path)
    start = Place(name, 1, 1)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadSourceError([Problem(start, f"the file is larger than {MAX_BYTES:,} bytes")])
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadSourceError([Problem(start, "the file is not UTF-8 text")]) from error
    except OSError as error:
        raise BadSourceError([Problem(start, f"the file cannot be read: {error.strerror}")]) from error
    return parse(text, name)


def parse(text: str, name: str) -> Source:
    """Parse YAML text. Raises BadSourceError."""
    if len(text) > MAX_BYTES:
        raise BadSourceError([Problem(Place(name, 1, 1), f"the file is larger than {MAX_BYTES:,} bytes")])
    _refuse_depth(text, name)
    try:
        root = YAML(typ="safe").compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name, 1, 1)
        raise BadSourceError([Problem(place, error.problem or str(error.context))]) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise BadSourceError([Problem(Place(name, 1, 1), f"the file is not YAML: {error}")]) from error
    builder = _Builder(name)
    data = builder.build(root, ()) if root is not None else None
    if builder.problems:
        raise BadSourceError(builder.problems)
    return Source(name, data, builder.places)


def _refuse_depth(text: str, name: str) -> None:
    """Refuse nesting that would exhaust the parser's stack, before the parser sees it."""
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        lead = _LEAD.match(line)
        opened = lead[0].count("-") + lead[0].count("?") + lead[0].count(" ") // 4 if lead else 0
        depth = max(0, depth + line.count("[") + line.count("{") - line.count("]") - line.count("}"))
        if depth > MAX_DEPTH or opened > MAX_DEPTH:
            raise BadSourceError([Problem(Place(name, number, 1), f"nested deeper than {MAX_DEPTH} levels")])


class _Builder:
    """Turns YAML nodes into data, gathering places and problems."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[tuple[str | int, ...], Place] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def build(self, node: Node, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - YAML data is of any type
        place = self._place(node)
        self.places.setdefault(path, place)
        if len(path) > MAX_DEPTH:
            return self._refuse(place, f"nested deeper than {MAX_DEPTH} levels")
        if id(node) in self._seen:
            return self._refuse(place, "aliases are not allowed: write the value again")
        self._seen.add(id(node))
        if str(node.tag) not in _TAGS:
            return self._refuse(place, f"tags such as {node.tag} are not allowed")
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.build(child, (*path, number)) for number, child in enumerate(node.value)]
        return self._scalar(node, place) if isinstance(node, ScalarNode) else None

    def _mapping(self, node: MappingNode, path: tuple[str | int, ...]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = self._place(key_node)
            if not isinstance(key_node, ScalarNode):
                self._refuse(place, "a key must be a word")
                continue
            key = key_node.value
            if key in result:
                self._refuse(place, f"the key {key!r} stands here a second time")
                continue
            self.places[(*path, key)] = place
            result[key] = self.build(value_node, (*path, key))
        return result

    def _scalar(self, node: ScalarNode, place: Place) -> object:  # noqa: PLR0911 - one return a kind of scalar
        text = str(node.value)
        if node.style:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text) if len(text) < 19 else self._refuse(place, "the number is too large")  # noqa: PLR2004
        if _FLOAT.fullmatch(text):
            return float(text)
        if _DATE.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                return self._refuse(place, f"{text} is not a day of the calendar")
        return text

    def _place(self, node: Node) -> Place:
        mark = node.start_mark
        return Place(self.name, mark.line + 1, mark.column + 1)

    def _refuse(self, place: Place, message: str) -> object:
        """Note a problem; gives None, the value of what is refused."""
        self.problems.append(Problem(place, message))
        return None
