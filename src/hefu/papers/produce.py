"""The seam to papers in other formats: a document of the journal in, bytes out.

A format is offered under its name when the part that makes it starts; whoever needs a paper asks for it by that name.
The page for printing is one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hefu.dossiers.store import Held
    from hefu.papers.filled import Filled


class Produced(NamedTuple):
    """A paper: its bytes, its type, the name under which it is saved."""

    content: bytes
    mime: str
    name: str


class Paper(Protocol):
    """Makes papers of one format; the same document in the same language gives the same bytes."""

    def __call__(self, held: Held, document: Filled, language: str) -> Produced: ...


_offered: dict[str, Paper] = {}


def offer(name: str, paper: Paper) -> None:
    """Take a format up under a name."""
    _offered[name] = paper


def produce(name: str, held: Held, document: Filled, language: str) -> Produced:
    """A document in a format. Raises LookupError for one that nobody offers."""
    return _offered[name](held, document, language)


def formats() -> Iterable[str]:
    """The names of the formats that are offered."""
    return tuple(_offered)
