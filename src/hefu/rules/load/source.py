"""YAML text to plain data with the place of every key and value, refusing what could hide a mistake or an attack.

Decided here: duplicate keys are errors; aliases, tags and documents beyond the first are refused; files over
MAX_BYTES and nesting over MAX_DEPTH are refused before anything is built. Scalars follow YAML 1.2 (core schema) so
that `on` and `no` stay words; a plain YYYY-MM-DD is a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAX_BYTES = 1_000_000
MAX_DEPTH = 24

_LEAD = re.compile(r"(?:[-?:][ \t]+|[ \t])*")


class Place(NamedTuple):
    """Where something stands: file, line and column, both counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about a file: an error or a warning, in plain words, with its place.

    `zh` says the same in Chinese where the finding may be about what somebody typed into a page.
    """

    place: Place
    message: str
    level: str = "error"
    zh: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.level}: {self.message}"


class BadSourceError(Exception):
    """A file that cannot be used; carries every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed file: its plain data, and line and column of every path in it, both counted from 0."""

    file: str
    data: Any
    places: dict[tuple[str | int, ...], tuple[int, int]]

    def place(self, path: tuple[str | int, ...]) -> Place:
        """The place of `path`, or of the nearest part of it that exists."""
        while path and path not in self.places:
            path = path[:-1]
        line, column = self.places.get(path, (0, 0))
        return Place(self.file, line + 1, column + 1)


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
    from hefu.rules.load.nodes import build  # noqa: PLC0415 - a twentieth of a start, which seldom reads a file

    if len(text) > MAX_BYTES:
        start = Place(name, 1, 1)
        raise BadSourceError([Problem(start, f"the file is larger than {MAX_BYTES:,} bytes", zh="内容过长")])
    _refuse_depth(text, name)
    return build(text, name)


def _refuse_depth(text: str, name: str) -> None:
    """Refuse nesting that would exhaust the parser's stack, before the parser sees it."""
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        lead = _LEAD.match(line)
        opened = lead[0].count("-") + lead[0].count("?") + lead[0].count(" ") // 4 if lead else 0
        depth = max(0, depth + line.count("[") + line.count("{") - line.count("]") - line.count("}"))
        if depth > MAX_DEPTH or opened > MAX_DEPTH:
            at = Place(name, number, 1)
            raise BadSourceError([Problem(at, f"nested deeper than {MAX_DEPTH} levels", zh=f"嵌套超过 {MAX_DEPTH} 层")])
