"""The files of a scheme folder, read and held against the grammar, with the place of everything in them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from hefu.rules.load import grammar
from hefu.rules.load.inherit import merge, renamed
from hefu.rules.load.source import BadSourceError, Place, Problem, Source, read

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
_LATER = ConfigDict(defer_build=True)
"""Built with the first file that is read, as the grammar itself (grammar/words.py)."""
_FORMS: TypeAdapter[dict[grammar.Name, grammar.Form]] = TypeAdapter(dict[grammar.Name, grammar.Form], config=_LATER)
_CLAUSES: TypeAdapter[list[grammar.Place]] = TypeAdapter(list[grammar.Place], config=_LATER)


@dataclass(slots=True)
class Files:
    """A scheme folder as validated data; `sources` keeps the places."""

    folder: Path
    scheme: grammar.SchemeFile
    certificate: grammar.Certificate
    processes: dict[str, grammar.Process]
    forms: dict[str, grammar.Form]
    places: list[grammar.Place]
    digest: str
    sources: dict[str, Source] = field(default_factory=dict)
    variables: dict[str, dict[str, str]] = field(default_factory=dict)

    def place(self, file: str, *path: str | int) -> Place:
        """Where something of this scheme stands."""
        source = self.sources.get(file)
        return source.place(path) if source else Place(str(self.folder / file), 1, 1)


def read_folder(folder: Path) -> Files:
    """Read one scheme version. Raises BadSourceError with every problem of every file."""
    reader = _Reader(folder)
    forms = reader.mapping("forms", _FORMS, "form")
    scheme = reader.one("scheme.yaml", TypeAdapter(grammar.SchemeFile))
    certificate = reader.one("certificate.yaml", TypeAdapter(grammar.Certificate))
    processes: dict[str, grammar.Process] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name in ("scheme.yaml", "certificate.yaml"):
            continue
        process = reader.one(path.name, TypeAdapter(grammar.Process))
        if process is not None:
            if process.process != path.stem:
                reader.refuse(
                    path.name, ("process",), f"the process {process.process!r} belongs in {process.process}.yaml"
                )
            processes[process.process] = process
    places = [place for group in reader.many("clauses", _CLAUSES) for place in group]
    if reader.problems or scheme is None or certificate is None:
        raise BadSourceError(reader.problems)
    return Files(folder, scheme, certificate, processes, forms, places, reader.digest(), reader.sources)


class _Reader:
    """Reads the files of one folder, gathering problems."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.sources: dict[str, Source] = {}
        self._hash = hashlib.sha256()

    def digest(self) -> str:
        return self._hash.hexdigest()

    def refuse(self, file: str, path: tuple[str | int, ...], message: str) -> None:
        source = self.sources.get(file)
        place = source.place(path) if source else Place(str(self.folder / file), 1, 1)
        self.problems.append(Problem(place, message))

    def one(self, file: str, adapter: TypeAdapter[T]) -> T | None:
        path = self.folder / file
        try:
            source = read(path, _shown(path))
        except BadSourceError as error:
            self.problems += error.problems
            return None
        self.sources[file] = source
        data = source.data
        inherits = isinstance(data, dict) and "process" in data and isinstance(data.get("like"), str)
        if inherits and not self._take_over(file, source, data["like"]):
            return None
        self._fill_like(file, source.data, ())
        self._hash.update(file.encode() + b"\0" + path.read_bytes() + b"\0")
        return validate(source, adapter, self.problems)

    def _take_over(self, file: str, source: Source, other: str) -> bool:
        """Complete a process that is `like` another with what that one says, under its own name; no, if it cannot."""
        try:
            model = read(self.folder / f"{other}.yaml", _shown(self.folder / f"{other}.yaml")).data
        except BadSourceError:
            self.refuse(file, ("like",), f"no process {other!r} can be read")
            return False
        if isinstance(model, dict):
            merged = merge(renamed(model, other, str(source.data["process"])), source.data)
            source.data.clear()
            source.data.update(merged)
        return True

    def _fill_like(self, file: str, data: Any, path: tuple[str | int, ...]) -> None:  # noqa: ANN401 - YAML data
        """Complete each field that is `like` FORM.FIELD with what it does not say itself."""
        if isinstance(data, list):
            for number, item in enumerate(data):
                self._fill_like(file, item, (*path, number))
        elif isinstance(data, dict):
            if isinstance(reference := data.get("like"), str) and "id" in data:
                form, _, name = reference.partition(".")
                known: list[Any] = next(
                    (source.data[form]["fields"] for source in self.sources.values() if _has(source, form)), []
                )
                found = next((item for item in known if isinstance(item, dict) and item.get("id") == name), None)
                if found is None:
                    self.refuse(file, (*path, "like"), f"no form has the field {reference!r}")
                for key, value in (found or {}).items():
                    data.setdefault(key, value)
            for key, value in data.items():
                self._fill_like(file, value, (*path, key))

    def many(self, folder: str, adapter: TypeAdapter[T]) -> Iterator[T]:
        for path in sorted((self.folder / folder).glob("*.yaml")):
            found = self.one(f"{folder}/{path.name}", adapter)
            if found is not None:
                yield found

    def mapping(self, folder: str, adapter: TypeAdapter[dict[str, grammar.Form]], what: str) -> dict[str, grammar.Form]:
        """One mapping from several files; a name that stands in two of them is an error."""
        result: dict[str, grammar.Form] = {}
        for path in sorted((self.folder / folder).glob("*.yaml")):
            file = f"{folder}/{path.name}"
            for name, value in (self.one(file, adapter) or {}).items():
                if name in result:
                    self.refuse(file, (name,), f"the {what} {name!r} is defined a second time")
                result[name] = value
        return result


def _has(source: Source, form: str) -> bool:
    held = source.data.get(form) if isinstance(source.data, dict) else None
    return isinstance(held, dict) and isinstance(held.get("fields"), list)


def _shown(path: Path) -> str:
    """The path as a person would type it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


@cache
def _grammar() -> None:
    """Build what checks a file, the small parts first: left alone, each would be built again wherever it stands."""
    for model in _below(grammar.Strict):
        model.model_rebuild()


def _below(model: type[grammar.Strict]) -> Iterator[type[grammar.Strict]]:
    for inner in model.__subclasses__():
        yield inner
        yield from _below(inner)


def validate(source: Source, adapter: TypeAdapter[T], problems: list[Problem]) -> T | None:
    """Hold a file against the grammar; adds a problem for each thing that does not fit."""
    _grammar()
    try:
        return adapter.validate_python(source.data)
    except ValidationError as error:
        entries = error.errors(include_url=False)
        for entry in entries:
            message, zh = _plain(entry, source)
            problems.append(Problem(_at(source, entry["loc"]), message, zh=zh))
        return None
    except RecursionError:
        problems.append(Problem(source.place(()), "the file is nested too deeply", zh="嵌套过深"))
        return None


def _at(source: Source, path: tuple[Any, ...]) -> Place:
    """The place of a pydantic location: parts that are not in the file (unions, aliases) are skipped."""
    here: tuple[str | int, ...] = ()
    for part in path:
        if (*here, part) in source.places:
            here = (*here, part)
    return source.place(here)


def _plain(entry: Any, source: Source) -> tuple[str, str]:  # noqa: ANN401 - pydantic's own shape
    """What does not fit, in English and in Chinese."""
    kind, path = entry["type"], entry["loc"]
    name = ".".join(str(part) for part in path) or source.file
    if kind == "extra_forbidden":
        return f"the key {path[-1]!r} is not known here", f"此处没有名为“{path[-1]}”的键"
    if kind == "missing":
        return f"the key {path[-1]!r} is missing", f"缺少“{path[-1]}”"
    return f"{name}: {entry['msg'][0].lower()}{entry['msg'][1:]}", f"“{name}”的值不合规定"
