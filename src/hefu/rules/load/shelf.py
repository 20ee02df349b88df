"""The shelf: what was compiled, kept in a folder for the next process, as long as files and program are the same.

It is only a help: without a shelf, or where it cannot be read or written, everything is compiled from its files. What
lies on it is run when it is taken down (pickle), so a folder into which somebody else may write is not used.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

import pydantic
from cel_expr_python import cel

from hefu.rules.view import FETCHED, resolver

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT = 32
"""Files on a shelf; those that were put there first make room."""
_DIGEST = 32
_FOLDERS: list[Path] = []


def use(folder: Path | None) -> None:
    """Keep what is compiled in this folder from now on, or nowhere."""
    _FOLDERS[:] = [] if folder is None else [folder]


def take(key: str, shared: Mapping[str, object]) -> Any | None:  # noqa: ANN401 - whatever was put there
    """What was put under a key by the same program; None where nothing was, or it is damaged.

    `shared` are the values that it has in common with others, by the names under which it was put.
    """
    for folder in _FOLDERS:
        try:
            held = _file(folder, key).read_bytes() if _ours(folder) else b""
        except OSError:
            return None  # not there, or not for us: it is compiled instead
        if hashlib.sha256(held[_DIGEST:]).digest() == held[:_DIGEST]:
            return _Reader(held[_DIGEST:], shared).load()
    return None


def put(key: str, value: object, shared: Mapping[str, object]) -> None:
    """Keep a value; what it has in common with others is only named in it."""
    for folder in _FOLDERS:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _ours(folder):
                _write(folder, key, _written(value, shared))
        except OSError:
            return  # full, or read only: the next process compiles again


def _write(folder: Path, key: str, held: bytes) -> None:
    """Whole or not at all, however many processes write at once."""
    file = _file(folder, key)
    draft = file.with_suffix(f".{os.getpid()}")
    draft.write_bytes(hashlib.sha256(held).digest() + held)
    draft.replace(file)
    for old in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)[KEPT:]:
        old.unlink(missing_ok=True)


def _ours(folder: Path) -> bool:
    """Whether nobody else may write into a folder."""
    found = folder.stat()
    return found.st_uid == os.geteuid() and not found.st_mode & 0o022


def _file(folder: Path, key: str) -> Path:
    return folder / f"{hashlib.sha256(f'{_program()} {key}'.encode()).hexdigest()}.scheme"


@cache
def _program() -> str:
    """One hash over what compiles: the rules, the interpreter, the two libraries."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256(f"{sys.version} {pydantic.VERSION} {Path(cel.__file__).stat().st_mtime_ns}".encode())
    for path in sorted(root.rglob("*.py")):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _written(value: object, shared: Mapping[str, object]) -> bytes:
    held = io.BytesIO()
    _Writer(held, shared).dump(value)
    return held.getvalue()


class _Writer(pickle.Pickler):
    """Names what is shared, and writes a fetching function as the question that it answers."""

    def __init__(self, held: io.BytesIO, shared: Mapping[str, object]) -> None:
        super().__init__(held, protocol=5)
        self._names = {id(value): name for name, value in shared.items()}

    def persistent_id(self, value: object) -> str | None:
        return self._names.get(id(value))

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - pickle's own
        asked = FETCHED.get(value) if isinstance(value, FunctionType) else None
        return NotImplemented if asked is None else (resolver, asked)


class _Reader(pickle.Unpickler):
    """Finds what is shared by its name."""

    def __init__(self, held: bytes, shared: Mapping[str, object]) -> None:
        super().__init__(io.BytesIO(held))
        self._shared = shared

    def persistent_load(self, name: str) -> object:
        return self._shared[name]
