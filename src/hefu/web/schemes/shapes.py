"""What is drawn, as values: what is to be placed (Node, Arrow) and what stands in its place (Box, Path, Picture)."""

from __future__ import annotations

from typing import NamedTuple


class Node(NamedTuple):
    """A box to be placed: its group, its title and the lines under it; `look` is only passed on."""

    id: str
    group: str
    title: str
    notes: tuple[str, ...] = ()
    look: str = ""


class Arrow(NamedTuple):
    """An arrow to be placed. Without `source` it begins beside its target, with `badge` or a dot."""

    source: str
    target: str
    words: tuple[str, ...]
    badge: str = ""


class Line(NamedTuple):
    """One line of text; `anchor` is start, middle or end, `x` and `y` are where it stands."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


class Box(NamedTuple):
    """A box in its place."""

    id: str
    look: str
    x: float
    y: float
    width: float
    height: float
    title: tuple[Line, ...]
    notes: tuple[Line, ...]


class Path(NamedTuple):
    """An arrow in its place: the points it goes through, its words, and where its dot or number stands."""

    points: tuple[tuple[float, float], ...]
    words: tuple[Line, ...]
    start: tuple[float, float] | None = None
    badge: str = ""

    @property
    def drawn(self) -> str:
        """The points as SVG writes them."""
        first, *rest = (f"{x:.0f} {y:.0f}" for x, y in self.points)
        return f"M{first}" + "".join(f"L{point}" for point in rest)


class Picture(NamedTuple):
    """Everything in its place."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    paths: tuple[Path, ...]
    headings: tuple[Line, ...]
