"""What the day adds to an entry: whether its last day has passed, and the days ahead that the scheme makes public."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from hefu.rules.model import Clock, Scheme, Text

Due = tuple[str, "date"]
"""A limit of an entry that runs: the name of its clock, and its day."""
EXPIRED = "expired"


class Ahead(NamedTuple):
    """A day ahead that the scheme makes public: which limit, what follows when it has passed, and why."""

    clock: Clock
    due: date
    left: int
    follows: Text | None
    ground: Text | None
    clauses: tuple[str, ...]


def is_over(ended: date | None, valid_to: date | None, today: date) -> bool:
    """Whether the last day of an entry has passed, and nobody has written it down yet."""
    return ended is None and valid_to is not None and valid_to < today


def ahead(scheme: Scheme, limits: Sequence[Due], today: date) -> Iterator[Ahead]:
    """The days ahead that the scheme makes public, in the order of the limits."""
    for name, due in limits:
        clock = scheme.clocks.get(name)
        if clock is None or not clock.public or due < today:
            continue
        act = scheme.action(clock.duty.act if clock.duty else clock.automatic)
        ground = act.grounds.get(clock.duty.ground) if act and clock.duty else None
        clauses = (*clock.clauses, *(clock.duty.clauses if clock.duty else ()))
        follows, named = (act.title if act else None), (ground.title if ground else None)
        yield Ahead(clock, due, (due - today).days, follows, named, clauses)
