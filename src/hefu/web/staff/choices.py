"""What the filters of these pages offer: only what the reader's own roles and schemes have."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.web.staff.laws import newest, role_title, scheme_title
from hefu.web.words import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hefu.rules.model import Machine
    from hefu.web.staff.mine import Mine


class Choice(NamedTuple):
    """One option of a filter."""

    value: str
    title: str


def schemes(mine: Mine) -> list[Choice]:
    """The schemes in which they hold a role."""
    return [Choice(scheme, scheme_title(scheme)) for scheme in mine.schemes]


def roles(mine: Mine) -> list[Choice]:
    """Their own roles; one that several schemes have is named in the words of the first."""
    found: dict[str, str] = {}
    for one in sorted(mine.held):
        found.setdefault(one.role, role_title(newest(one.scheme), one.role))
    return [Choice(*pair) for pair in found.items()]


def processes(mine: Mine, scheme: str = "") -> list[Choice]:
    """The processes of a scheme, or of all of theirs."""
    found: dict[str, str] = {}
    for machine in _machines(mine, scheme):
        found.setdefault(machine.name, in_language(machine.title))
    return [Choice(*pair) for pair in found.items()]


def states(mine: Mine, scheme: str, process: str) -> list[Choice]:
    """The states of a process in which a case is open."""
    found: dict[str, str] = {}
    for machine in _machines(mine, scheme):
        if machine.name == process:
            for state in machine.states.values():
                if not state.outcome:
                    found.setdefault(state.id, in_language(state.title))
    return [Choice(*pair) for pair in found.items()]


def _machines(mine: Mine, scheme: str) -> Iterable[Machine]:
    for one in mine.schemes:
        if scheme in ("", one):
            yield from (machine for machine in newest(one).machines.values() if machine.kind == "process")
