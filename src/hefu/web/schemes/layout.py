"""Layout: boxes and arrows on a grid, as values. It knows neither schemes nor SVG.

1. Boxes stand in rows, at most COLUMNS in each; a group (a stage) that is longer goes on in the next row, short groups
   share one.
2. An arrow between neighbours of a row is a straight line in the gap between them, with its words above it.
3. Every other arrow leaves its box below (or above, within a row), runs along a channel between two rows and comes
   down on its target. What runs along a channel has a track of its own there, words included, so that no words meet.
4. An arrow past a whole row goes round by a lane on the right.
5. An arrow that comes from nowhere, or from too many boxes to be drawn from each, begins in the channel above its
   target with a dot or a number.
All lengths are in units of the drawing, which are pixels at its natural size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.web.schemes.lettering import lines, width
from hefu.web.schemes.shapes import Box, Line, Path, Picture
from hefu.web.schemes.tracks import LINE, Run, highest, thick, tracked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hefu.web.schemes.shapes import Arrow, Node

COLUMNS = 5
BOX, GAP, MARGIN = 150, 90, 16
TITLE, SMALL = 15, 12.5
TITLE_LINE = 19
PORT, LANE, SHIFT = 6, 13, 4
LABEL = 200
"""The width at which the words of an arrow in a channel break."""
HEADING = 24
LEAST = 56.0


class Cell(NamedTuple):
    """The place of a box in the grid."""

    row: int
    column: int


def grid(nodes: Sequence[Node]) -> dict[str, Cell]:
    """The place of each box; groups are taken in the order in which they first appear."""
    groups: dict[str, list[str]] = {}
    for node in nodes:
        groups.setdefault(node.group, []).append(node.id)
    cells: dict[str, Cell] = {}
    row, used = 0, 0
    for members in groups.values():
        if used and used + len(members) > COLUMNS:
            row, used = row + 1, 0
        rows = -(-len(members) // COLUMNS)
        each = -(-len(members) // rows)
        for number, member in enumerate(members):
            step, column = divmod(number, each)
            cells[member] = Cell(row + step, used + column)
        row += rows - 1
        used = used + len(members) if rows == 1 else COLUMNS
    return cells


def place(nodes: Sequence[Node], arrows: Sequence[Arrow], headings: Mapping[str, str]) -> Picture:
    """Boxes, arrows and the titles of groups in their places."""
    return _Layout(nodes, arrows, headings).picture()


class _Layout:
    """One drawing while it is made."""

    def __init__(self, nodes: Sequence[Node], arrows: Sequence[Arrow], headings: Mapping[str, str]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.cells = grid(nodes)
        self.rows = 1 + max(cell.row for cell in self.cells.values())
        self.arrows = list(enumerate(arrows))
        self.headings = headings
        self.straight = {number for number, arrow in self.arrows if self._neighbours(arrow)}
        self.lanes = self._lanes()
        self.ports = self._ports()
        self.runs = [self._runs(channel) for channel in range(self.rows + 1)]
        self.tracks = [tracked(runs) for runs in self.runs]
        self.heights = [self._height(row) for row in range(self.rows)]
        self.tops = self._tops()

    # --- what goes where ------------------------------------------------------------------------------------------

    def _neighbours(self, arrow: Arrow) -> bool:
        if not arrow.source:
            return False
        one, other = self.cells[arrow.source], self.cells[arrow.target]
        return one.row == other.row and abs(one.column - other.column) == 1

    def _far(self, arrow: Arrow) -> bool:
        """Whether it goes round by a lane: it does not come from the row above its target, nor from its own."""
        return bool(arrow.source) and self.cells[arrow.source].row not in (
            self.cells[arrow.target].row, self.cells[arrow.target].row - 1,
        )  # fmt: skip

    def _lanes(self) -> dict[int, int]:
        """The lane of each far arrow: the nearest that is free over its rows."""
        taken: list[list[tuple[int, int]]] = []
        found = {}
        for number, arrow in self.arrows:
            if not self._far(arrow):
                continue
            low, high = sorted((self.cells[arrow.source].row + 1, self.cells[arrow.target].row))
            lane = next((n for n, held in enumerate(taken) if all(high < a or low > b for a, b in held)), len(taken))
            taken += [[]] if lane == len(taken) else []
            taken[lane].append((low, high))
            found[number] = lane
        return found

    def _left(self, name: str) -> float:
        return MARGIN + self.cells[name].column * (BOX + GAP)

    @property
    def edge(self) -> float:
        """Where the lanes begin."""
        return MARGIN + max(cell.column for cell in self.cells.values()) * (BOX + GAP) + BOX

    def _lane(self, number: int) -> float:
        return self.edge + LANE * (self.lanes[number] + 2)

    def _ports(self) -> dict[tuple[int, str], float]:
        """Where each arrow that is not straight leaves and meets its boxes, in the order of where it comes from."""
        sides: dict[tuple[str, str], list[tuple[float, int, str]]] = {}
        for number, arrow in self.arrows:
            if number in self.straight:
                continue
            away = self.edge if number in self.lanes else None
            target = self._left(arrow.source) if arrow.source else self._left(arrow.target) - 1
            sides.setdefault((arrow.target, "top"), []).append((target if away is None else away, number, "end"))
            if arrow.source:
                side = "top" if self.cells[arrow.source].row == self.cells[arrow.target].row else "bottom"
                to = self._left(arrow.target) if away is None else away
                sides.setdefault((arrow.source, side), []).append((to, number, "start"))
        found = {}
        for (name, side), held in sides.items():
            # Those above stand a little further left than those below, so that two never fall into one line.
            shift = -SHIFT if side == "top" else SHIFT
            for number, (_, arrow_number, which) in enumerate(sorted(held), 1):
                found[arrow_number, which] = self._left(name) + shift + BOX * number / (len(held) + 1)
        return found

    def _runs(self, channel: int) -> list[Run]:
        """What runs along the channel above row `channel`, the longest last: it lies furthest from the boxes."""
        found = []
        for number, arrow in self.arrows:
            if number in self.straight:
                continue
            if self.cells[arrow.target].row == channel:
                low, high, count = self._arriving(number, arrow)
                found.append(Run((number, "end"), low, high, count))
            if number in self.lanes and self.cells[arrow.source].row + 1 == channel:
                low, high = sorted((self.ports[number, "start"], self._lane(number)))
                found.append(Run((number, "start"), low, high, 0))
        return sorted(found, key=lambda run: (run.high - run.low, run.key))

    def _arriving(self, number: int, arrow: Arrow) -> tuple[float, float, int]:
        end, words = self.ports[number, "end"], _broken(arrow.words)
        room = max((width(line, SMALL) for line in words), default=0) + 14
        if not arrow.source:
            return end - 9, end + room, len(words)
        start = self._lane(number) if number in self.lanes else self.ports[number, "start"]
        _, said = _beside(start, end, room)
        return min(start, end, said), max(start, end, said + room), len(words)

    # --- how high it all is ---------------------------------------------------------------------------------------

    def _height(self, row: int) -> float:
        """The height of a row: what its boxes and the straight arrows between them need."""
        needs = [LEAST]
        for name, cell in self.cells.items():
            if cell.row == row:
                title, notes = _inside(self.nodes[name])
                needs.append(18 + TITLE_LINE * len(title) + LINE * len(notes))
                needs.append(sum(height for _, _, height in self._between(row, cell.column)))
        return max(needs)

    def _between(self, row: int, column: int) -> list[tuple[int, tuple[str, ...], float]]:
        """The straight arrows in the gap after a column, with their broken words and what they take up."""
        found = []
        for number in sorted(self.straight):
            arrow = self.arrows[number][1]
            one, other = self.cells[arrow.source], self.cells[arrow.target]
            if one.row == row and min(one.column, other.column) == column:
                words = tuple(line for word in arrow.words for line in lines(word, SMALL, GAP - 12))
                found.append((number, words, LINE * len(words) + 12.0))
        return found

    def _tops(self) -> list[float]:
        """The upper edge of each row, and after them the lower end of the drawing."""
        found, y = [], 0.0
        for channel in range(self.rows + 1):
            tracks = self.tracks[channel]
            y += HEADING if channel < self.rows and self._heads(channel) else PORT
            y += sum(thick(run) for run in highest(self.runs[channel], tracks)) + (16 if tracks else 8)
            found.append(y)
            if channel < self.rows:
                y += self.heights[channel]
        return found

    def _heads(self, row: int) -> bool:
        return any(self.headings.get(self.nodes[name].group) for name in self._first(row))

    def _first(self, row: int) -> list[str]:
        """The boxes of a row with which a group begins."""
        seen: set[str] = set()
        found = []
        for name, node in self.nodes.items():
            if node.group not in seen:
                seen.add(node.group)
                if self.cells[name].row == row:
                    found.append(name)
        return found

    def _track(self, channel: int, key: tuple[int, str]) -> float:
        """The height of the line on which something runs along a channel."""
        tracks = self.tracks[channel]
        below = highest(self.runs[channel], tracks)[: tracks[key]]
        return self.tops[channel] - 16 - sum(thick(run) for run in below)

    # --- the picture ----------------------------------------------------------------------------------------------

    def picture(self) -> Picture:
        boxes = [self._box(node) for node in self.nodes.values()]
        paths = [self._bent(number, arrow) for number, arrow in self.arrows if number not in self.straight]
        for row in range(self.rows):
            for column in range(COLUMNS):
                paths += self._gap(row, column)
        heads = [
            Line(self._left(name), self.tops[row] - self._room(row) + 15, title, "start")
            for row in range(self.rows) for name in self._first(row)
            if (title := self.headings.get(self.nodes[name].group))
        ]  # fmt: skip
        right = [self.edge, *(self._lane(number) for number in self.lanes)]
        right += [line.x + width(line.text, SMALL) for path in paths for line in path.words if line.anchor == "start"]
        right += [line.x + width(line.text, SMALL) for line in heads]
        return Picture(max(right) + MARGIN, self.tops[self.rows], tuple(boxes), tuple(paths), tuple(heads))

    def _room(self, row: int) -> float:
        return self.tops[row] - (self.tops[row - 1] + self.heights[row - 1] if row else 0)

    def _box(self, node: Node) -> Box:
        x, row = self._left(node.id), self.cells[node.id].row
        y, height = self.tops[row], self.heights[row]
        title, notes = _inside(node)
        at = y + (height - TITLE_LINE * len(title) - LINE * len(notes)) / 2
        middle = x + BOX / 2
        first = tuple(Line(middle, at + TITLE_LINE * n + 15, text) for n, text in enumerate(title))
        at += TITLE_LINE * len(title)
        rest = tuple(Line(middle, at + LINE * n + 12, text) for n, text in enumerate(notes))
        return Box(node.id, node.look, x, y, BOX, height, first, rest)

    def _gap(self, row: int, column: int) -> Iterable[Path]:
        """The straight arrows of one gap, one above the other, each with its words over it."""
        held = self._between(row, column)
        left = MARGIN + column * (BOX + GAP) + BOX
        y = self.tops[row] + (self.heights[row] - sum(height for *_, height in held)) / 2
        for number, words, height in held:
            arrow = self.arrows[number][1]
            told = tuple(Line(left + GAP / 2, y + LINE * n + 12, text) for n, text in enumerate(words))
            y += height
            ends = (left, y - 6), (left + GAP, y - 6)
            forward = self.cells[arrow.source].column == column
            yield Path(ends if forward else (ends[1], ends[0]), told)

    def _bent(self, number: int, arrow: Arrow) -> Path:
        target, words = self.cells[arrow.target], _broken(arrow.words)
        end, y = self.ports[number, "end"], self._track(target.row, (number, "end"))
        top = self.tops[target.row]
        if not arrow.source:
            first = y - LINE * len(words) + 14
            told = tuple(Line(end + 12, first + LINE * n, text, "start") for n, text in enumerate(words))
            return Path(((end, y - 2), (end, top)), told, (end, y - 4), arrow.badge)
        source, start = self.cells[arrow.source], self.ports[number, "start"]
        if number in self.lanes:
            lane, out = self._lane(number), self._track(source.row + 1, (number, "start"))
            below = self.tops[source.row] + self.heights[source.row]
            points = [(start, below), (start, out), (lane, out), (lane, y), (end, y), (end, top)]
            start = lane
        elif source.row == target.row:
            points = [(start, top), (start, y), (end, y), (end, top)]
        else:
            below = self.tops[source.row] + self.heights[source.row]
            points = [(start, below), (start, y), (end, y), (end, top)]
        room = max((width(line, SMALL) for line in words), default=0) + 14
        anchor, left = _beside(start, end, room)
        x = left + 6 if anchor == "start" else left + room - 6
        told = tuple(Line(x, y + LINE * (n - len(words)) + 11, text, anchor) for n, text in enumerate(words))
        return Path(tuple(points), told)


def _beside(start: float, end: float, room: float) -> tuple[str, float]:
    """Where the words of an arrow stand: before its end if there is room, and from where on they take it up."""
    if start <= end and end - room >= MARGIN:
        return "end", end - room
    return "start", min(start, end)


def _broken(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for word in words for line in lines(word, SMALL, LABEL))


def _inside(node: Node) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of a box: of its title, and of what stands under it."""
    notes = tuple(line for note in node.notes for line in lines(note, SMALL, BOX - 18))
    return lines(node.title, TITLE, BOX - 18), notes
