"""Opening: a scheme folder compiled once a process, as long as its content is the same; once for all with a shelf."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from hefu.rules.load import shelf
from hefu.rules.load.shared import calendar, content_hash, home, vocabulary
from hefu.rules.load.source import BadSourceError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hefu.rules.load.files import Files
    from hefu.rules.model import Scheme, Text
    from hefu.rules.time import Calendar


class Shared(TypedDict):
    """What all schemes of a library have in common."""

    days: Calendar
    words: Mapping[str, Text]


def load(folder: Path, shared: Path | None = None) -> Scheme:
    """Load and compile one scheme version from its folder. Raises BadSourceError with every problem found.

    The same content is compiled once a process; a changed file is noticed by its hash.
    """
    found = opened(folder, shared)
    if found.problems:
        raise BadSourceError(found.problems)
    return found.scheme


class Opened(NamedTuple):
    """A scheme as compiled; with problems it is only partly there."""

    scheme: Scheme
    problems: tuple[Problem, ...]


def opened(folder: Path, shared: Path | None = None, files: Files | None = None) -> Opened:
    """Compile a folder once a process, as long as its content is the same. Raises BadSourceError.

    `files` are those of the folder where somebody has read them already; they are large, so they are not kept.
    """
    shared = shared or home()
    key = content_key(folder, shared)
    if key not in _OPENED:
        days, words = shared / "calendars" / "cn.yaml", shared / "vocabulary.yaml"
        found = _taken_or_compiled(folder, key, files, {"days": calendar(days), "words": vocabulary(words)})
        if len(_OPENED) >= KEPT:
            _OPENED.pop(next(iter(_OPENED)))
        _OPENED[key] = found
    return _OPENED[key]


def _taken_or_compiled(folder: Path, key: tuple[Path, str], files: Files | None, shared: Shared) -> Opened:
    """From the shelf, or compiled and put there if it is without problems."""
    name = " ".join(map(str, key))
    taken: Scheme | None = shelf.take(name, shared)
    if taken is not None:
        return Opened(taken, ())
    from hefu.rules.load.compile import compile_files  # noqa: PLC0415 - only where the shelf is empty
    from hefu.rules.load.files import read_folder  # noqa: PLC0415 - as above

    scheme, problems = compile_files(files or read_folder(folder), shared["days"], shared["words"])
    if not problems:
        shelf.put(name, scheme, shared)
    return Opened(scheme, tuple(problems))


KEPT = 32
_OPENED: dict[tuple[Path, str], Opened] = {}


def content_key(folder: Path, shared: Path | None = None) -> tuple[Path, str]:
    """What a folder holds, and the shared files with it: the same key means that nothing has changed."""
    shared = shared or home()
    files = [*_files_of(folder), shared / "calendars" / "cn.yaml", shared / "vocabulary.yaml"]
    return folder.resolve(), content_hash(files)


def _files_of(folder: Path) -> list[Path]:
    groups = ("*.yaml", "forms/*.yaml", "clauses/*.yaml")
    return sorted(path for group in groups for path in folder.glob(group))


def with_settings(scheme: Scheme, settings: Mapping[str, Any]) -> Scheme:
    """The scheme under a body's own settings. Raises KeyError for a setting that it does not have."""
    for name in settings:
        if name not in scheme.settings:
            raise KeyError(name)
    return replace(scheme, settings={**scheme.settings, **settings}) if settings else scheme
