"""What all schemes share: where they lie, the working-day calendar, the words."""

from __future__ import annotations

import hashlib
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hefu.rules.load import shelf
from hefu.rules.load.source import BadSourceError, Problem, read
from hefu.rules.model import Text
from hefu.rules.time import Calendar, CalendarDataError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hefu.rules.load.source import Source

T = TypeVar("T")


def home() -> Path:
    """The folder of the schemes: HEFU_SCHEMES, the one shipped in the package, or the one of the checkout."""
    if given := os.environ.get("HEFU_SCHEMES"):
        return Path(given)
    packaged = Path(__file__).parents[2] / "schemes"
    return packaged if packaged.is_dir() else Path(__file__).parents[4] / "schemes"


@lru_cache(maxsize=8)
def calendar(path: Path) -> Calendar:
    """The working-day calendar of a file. Raises BadSourceError."""
    return _kept(path, _calendar)


@lru_cache(maxsize=8)
def vocabulary(path: Path) -> dict[str, Text]:
    """The shared words as GROUP/NAME to text. Raises BadSourceError."""
    return _kept(path, _vocabulary)


def _kept(path: Path, make: Callable[[Source], T]) -> T:
    """What is made of a file, from the shelf, or made and put there. Raises BadSourceError."""
    key = f"{path.resolve()} {content_hash([path])}"
    taken: T | None = shelf.take(key, {})
    if taken is None:
        taken = make(read(path))
        shelf.put(key, taken, {})
    return taken


def content_hash(paths: list[Path]) -> str:
    """One hash over the names and contents of files; a file that is not there counts as empty."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b"") + b"\0")
    return digest.hexdigest()


def _calendar(source: Source) -> Calendar:
    try:
        years = {int(year): days for year, days in source.data["years"].items()}
        return Calendar.from_data({**source.data, "years": years})
    except CalendarDataError as error:
        steps = tuple(int(step) if step.isdigit() else step for step in re.split(r"[.\[\]]+", error.place) if step)
        raise BadSourceError([Problem(source.place(steps), str(error))]) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadSourceError([Problem(source.place(()), "a calendar needs years, each with its days")]) from error


def _vocabulary(source: Source) -> dict[str, Text]:
    words: dict[str, Text] = {}
    problems = []
    groups = source.data if isinstance(source.data, dict) else {"": source.data}
    for group, members in groups.items():
        for name, value in members.items() if isinstance(members, dict) else [("", members)]:
            if isinstance(value, dict) and set(value) == {"zh", "en"}:
                words[f"{group}/{name}"] = Text(str(value["zh"]), str(value["en"]))
            else:
                problems.append(Problem(source.place((group, name)), "a word needs zh and en"))
    if problems:
        raise BadSourceError(problems)
    return words
