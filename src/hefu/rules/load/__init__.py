"""Loading: from a scheme folder to a compiled scheme, and from a folder of schemes to a library of versions."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules import model
from hefu.rules.load import variables
from hefu.rules.load.files import read_folder
from hefu.rules.load.machines import MachineBuilder
from hefu.rules.load.source import BadSourceError, Problem, read
from hefu.rules.load.values import fits
from hefu.rules.model import Scheme, Text
from hefu.rules.time import Calendar, CalendarDataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hefu.rules.load.files import Files

__all__ = ["BadSourceError", "Library", "Problem", "home", "load", "with_settings"]


def home() -> Path:
    """The folder of the schemes: HEFU_SCHEMES, the one shipped in the package, or the one of the checkout."""
    if given := os.environ.get("HEFU_SCHEMES"):
        return Path(given)
    packaged = Path(__file__).parents[2] / "schemes"
    return packaged if packaged.is_dir() else Path(__file__).parents[4] / "schemes"


@lru_cache(maxsize=8)
def calendar(path: Path) -> Calendar:
    """The working-day calendar of a file. Raises BadSourceError."""
    source = read(path)
    try:
        years = {int(year): days for year, days in source.data["years"].items()}
        return Calendar.from_data({**source.data, "years": years})
    except CalendarDataError as error:
        steps = tuple(int(step) if step.isdigit() else step for step in re.split(r"[.\[\]]+", error.place) if step)
        raise BadSourceError([Problem(source.place(steps), str(error))]) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadSourceError([Problem(source.place(()), "a calendar needs years, each with its days")]) from error


@lru_cache(maxsize=8)
def vocabulary(path: Path) -> dict[str, Text]:
    """The shared words as GROUP/NAME to text. Raises BadSourceError."""
    source = read(path)
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
        scheme, problems = compile_files(files or read_folder(folder), calendar(days), vocabulary(words))
        if len(_OPENED) >= KEPT:
            _OPENED.pop(next(iter(_OPENED)))
        _OPENED[key] = Opened(scheme, tuple(problems))
    return _OPENED[key]


KEPT = 32
_OPENED: dict[tuple[Path, str], Opened] = {}
_ORDER = {"stop": 0, "pause": 1, "resume": 2, "start": 3}


def content_key(folder: Path, shared: Path | None = None) -> tuple[Path, str]:
    """What a folder holds, and the shared files with it: the same key means that nothing has changed."""
    shared = shared or home()
    files = [*_files_of(folder), shared / "calendars" / "cn.yaml", shared / "vocabulary.yaml"]
    return folder.resolve(), content_hash(files)


def _files_of(folder: Path) -> list[Path]:
    groups = ("*.yaml", "forms/*.yaml", "clauses/*.yaml")
    return sorted(path for group in groups for path in folder.glob(group))


def content_hash(paths: list[Path]) -> str:
    """One hash over the names and contents of files; a file that is not there counts as empty."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b"") + b"\0")
    return digest.hexdigest()


def compile_files(files: Files, days: Calendar, words: Mapping[str, Text]) -> tuple[Scheme, list[Problem]]:
    """The compiled scheme and the problems met on the way; with problems the scheme is only partly there."""
    builder = MachineBuilder(files, days, words)
    machines: dict[str, model.Machine] = {}
    clocks: dict[str, model.Clock] = {}
    triggers: dict[str, list[model.Trigger]] = {}
    for name, source in variables.machines(files).items():
        builder.file, path = _where(files, name)
        machine = builder.machine(name, source, path)
        machines[name] = machine
        for key, item in source.clocks.items():
            here = (*path, "clocks", key)
            if key in clocks:
                builder.refuse(here, f"the clock {key!r} is defined a second time")
            clock = builder.clock(machine, key, item, here)
            clocks[key] = clock
            for event, trigger in builder.triggers(clock, item, here):
                triggers.setdefault(event, []).append(trigger)
    builder.file, builder.names, builder.borrowed = "scheme.yaml", variables.common(files), False
    file = files.scheme
    return Scheme(
        file.scheme, file.version, files.digest, file,
        {key: clause for place in files.places for key, clause in place.clauses.items()},
        {key: (place.place, Text(place.title.zh, place.title.en)) for place in files.places for key in place.clauses},
        _forms(builder, files), machines, clocks, _ordered(triggers),
        _separations(builder, files), {key: setting.default for key, setting in file.settings.items()},
        {key: fact.default for key, fact in file.facts.items()}, days, dict(words),
    ), [*builder.problems, *_common_problems(builder, files)]  # fmt: skip


def _ordered(triggers: dict[str, list[model.Trigger]]) -> dict[str, tuple[model.Trigger, ...]]:
    """What an event does to clocks, in the order in which it must happen: a clock may stop and start again at once."""
    return {name: tuple(sorted(found, key=lambda item: _ORDER[item.does])) for name, found in triggers.items()}


def _where(files: Files, name: str) -> tuple[str, tuple[str | int, ...]]:
    if name == "certificate":
        return "certificate.yaml", ()
    return (f"{name}.yaml", ()) if name in files.processes else ("scheme.yaml", ("items", name))


def _forms(builder: MachineBuilder, files: Files) -> dict[str, model.Form]:
    builder.names = {name: word for machine in variables.machines(files).values() for action in machine.actions.values()
                     for name, word in variables.field_words(variables.form_of(files, action), "form").items()
                     } | variables.common(files)  # fmt: skip
    used = {action.form for machine in variables.machines(files).values() for action in machine.actions.values()}
    forms = {}
    for key, form in files.forms.items():
        names = {**builder.names, **variables.field_words(form.fields, "form")}
        kept, builder.names = builder.names, names
        fields = () if key in used else builder._form_fields(key, form)  # noqa: SLF001 - one builder, two files
        builder.names = kept
        builder.file = "scheme.yaml"
        forms[key] = model.Form(key, form.number or "", Text(form.title.zh, form.title.en), fields,
                                prints=form.prints or bool(form.number), clauses=tuple(form.clauses))  # fmt: skip
    return forms


def _separations(builder: MachineBuilder, files: Files) -> tuple[model.Separation, ...]:
    found = []
    builder.file, builder.names = "scheme.yaml", variables.common(files)
    for number, item in enumerate(files.scheme.separations):
        path = ("separations", number)
        builder.parts([*item.took, *item.may_not], path)
        builder.roles(item.roles, path)
        remedy = Text(item.remedy.zh, item.remedy.en) if item.remedy else None
        found.append(model.Separation(
            item.id, item.code, frozenset(item.took), frozenset(item.roles), frozenset(item.may_not), item.within,
            builder.expression(item.unless, (*path, "unless")), Text(item.message.zh, item.message.en), remedy,
            builder.clauses(item.clauses, path),
        ))  # fmt: skip
    return tuple(found)


def _misplaced(builder: MachineBuilder, files: Files) -> None:
    """A version lies in the folder of its name, because that is how it is found."""
    file, folder = files.scheme, files.folder.resolve()
    if (file.scheme, file.version) != (folder.parent.name, folder.name):
        builder.refuse(("version",), f"{file.scheme}@{file.version} belongs in the folder {file.scheme}/{file.version}")


def _common_problems(builder: MachineBuilder, files: Files) -> Iterator[Problem]:
    """Clauses of the parts of scheme.yaml that are kept as they are."""
    before = len(builder.problems)
    file = files.scheme
    builder.file = "scheme.yaml"
    _misplaced(builder, files)
    builder.clauses(file.document.clauses, ("document",))
    for group in ("basis", "stages"):
        for number, item in enumerate(getattr(file, group)):
            builder.clauses(item.clauses, (group, number))
    if file.departures not in file.roles:
        builder.refuse(
            ("departures",), f"the role {file.departures!r} is not defined, so nobody could approve a departure"
        )
    for group in ("roles", "settings", "facts"):
        for key, item in getattr(file, group).items():
            builder.clauses(item.clauses, (group, key))
            if group != "roles" and not fits(item.type, item.default):
                builder.refuse((group, key, "default"), f"the default of {key!r} is not of the type {item.type}")
    for name, source in files.sources.items():
        if name.startswith("forms/"):
            builder.file = name
            for key in source.data:
                builder.clauses(files.forms[key].clauses, (key,))
    return iter(builder.problems[before:])


def with_settings(scheme: Scheme, settings: Mapping[str, Any]) -> Scheme:
    """The scheme under a body's own settings. Raises KeyError for a setting that it does not have."""
    for name in settings:
        if name not in scheme.settings:
            raise KeyError(name)
    return replace(scheme, settings={**scheme.settings, **settings}) if settings else scheme


class Library:
    """The scheme versions of a folder: found by id, by version, or by the day on which a case is filed (K4)."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or home()

    def folders(self) -> list[Path]:
        """Every scheme version, in order of its path."""
        return sorted(path.parent for path in self.root.glob("*/*/scheme.yaml"))

    def versions(self, name: str) -> list[Path]:
        return [folder for folder in self.folders() if folder.parent.name == name]

    def all_versions(self, name: str) -> dict[str, Scheme]:
        """Every version of one scheme, loaded. Raises BadSourceError."""
        return {scheme.version: scheme for scheme in map(self.get, self.versions(name))}

    def get(self, folder: Path) -> Scheme:
        """One version. Raises BadSourceError."""
        return load(folder, self._shared())

    def _shared(self) -> Path:
        return self.root if (self.root / "vocabulary.yaml").exists() else home()

    def find(self, ref: str, on: date | None = None) -> Scheme:
        """The scheme of a reference `id` or `id@version`; without a version, the one in force on `on`, or the newest.

        Raises LookupError with a plain message.
        """
        name, _, version = ref.partition("@")
        found = [self.get(folder) for folder in self.versions(name)]
        if not found:
            known = ", ".join(sorted({folder.parent.name for folder in self.folders()}))
            message = f"there is no scheme {name!r}; known are: {known}"
            raise LookupError(message)
        if version:
            found = [scheme for scheme in found if scheme.version == version]
        elif on is not None:
            days = [(scheme, scheme.file.in_force) for scheme in found]
            found = [scheme for scheme, day in days if day.from_ <= on and (day.until is None or on <= day.until)]
        if not found:
            message = f"no version of {ref} is in force on {on}" if on else f"there is no version {version!r} of {name}"
            raise LookupError(message)
        return max(found, key=lambda scheme: scheme.file.in_force.from_)
