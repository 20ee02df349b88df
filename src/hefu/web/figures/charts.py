"""Where the parts of a chart lie: numbers become bars in the coordinates of an SVG; colours are the design's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hefu.web.figures.counted import Kept, Load, Month, Part

WIDTH, HEIGHT = 560, 214
LEFT, TOP = 30, 36
BINS, FEWEST = 12, 8
"""Places for bars of a histogram: at most, and at least, because one bar alone would look like much."""
STEPS = (1, 2, 5)
BAND = 1120
ROW, NAMES = 26, 96
"""Height of a row of the chart of loads; width of the names beside it."""


class Bar(NamedTuple):
    """A rectangle with its class; `value` stands above or beside it at (`tx`, `ty`), `label` under it."""

    x: float
    y: float
    width: float
    height: float
    look: str
    value: str = ""
    label: str = ""
    tx: float = 0
    ty: float = 0


class Line(NamedTuple):
    """A line of the scale, or a mark: where it lies, and what it says."""

    at: float
    label: str

    @property
    def under(self) -> float:
        """Where the words beside a lying line stand."""
        return self.at + 4


class Chart(NamedTuple):
    """Bars over a scale; `marks` are upright lines, `height` that of the whole picture."""

    bars: list[Bar]
    scale: list[Line]
    marks: list[tuple[Line, str]]
    height: float = HEIGHT + 26

    @property
    def foot(self) -> float:
        """Where upright lines of the scale end, above their words."""
        return self.height - 16


def step_of(most: int, lines: int = 4) -> int:
    """A round distance of the lines of a scale up to `most`."""
    size = 1
    while True:
        for first in STEPS:
            if first * size * lines >= most:
                return first * size
        size *= 10


def _scale(most: int) -> tuple[list[Line], float]:
    step = step_of(max(most, 1))
    top = -(-max(most, 1) // step) * step
    unit = (HEIGHT - TOP) / top
    return [Line(round(HEIGHT - at * unit, 1), str(at)) for at in range(0, top + 1, step)], unit


def spread(kept: Kept, median: str, limit: str) -> tuple[Chart, list[tuple[str, int]]]:
    """How many ended within how many net days, with the median and the limit; and the same as rows of a table."""
    low, high = min(kept.spread), max(*kept.spread, kept.limit or 0)
    step = step_of(high - low + 1, BINS - 1)
    count = max((high // step) - (low // step) + 1, FEWEST)
    first = max((low + high) // 2 // step - count // 2, 0) * step if count == FEWEST else low // step * step
    bins = [0] * count
    for days, number in kept.spread.items():
        bins[(days - first) // step] += number
    scale, unit = _scale(max(bins))
    wide = (WIDTH - LEFT) / count
    bars, rows = [], []
    for place, number in enumerate(bins):
        start = first + place * step
        x, tall = LEFT + place * wide, number * unit
        late = kept.limit is not None and start > kept.limit
        bars.append(Bar(round(x + 2, 1), round(HEIGHT - tall, 1), round(wide - 4, 1), round(tall, 1),
                        "e" if late else "b", str(number or ""), str(start), round(x + wide / 2, 1),
                        round(HEIGHT - tall - 5, 1)))  # fmt: skip
        rows.append((str(start) if step == 1 else f"{start}–{start + step - 1}", number))
    across = wide / step
    marks = [(Line(round(LEFT + (kept.median - first + 0.5) * across, 1), median), "med")]
    if kept.limit is not None:
        marks.append((Line(round(LEFT + (kept.limit - first + 1) * across, 1), limit), "lim"))
    return Chart(bars, scale, marks), rows


def months(found: Sequence[Month], labels: Sequence[str]) -> Chart:
    """Certificates by the month of their last day; the dark part goes on after it."""
    scale, unit = _scale(max(month.number for month in found))
    wide = (WIDTH - LEFT) / len(found)
    bars = []
    for place, (month, label) in enumerate(zip(found, labels, strict=True)):
        x, tall, dark = LEFT + place * wide + 9, month.number * unit, month.begun * unit
        middle, above = round(x + wide / 2 - 9, 1), round(HEIGHT - tall - 5, 1)
        bars.append(Bar(round(x, 1), round(HEIGHT - tall, 1), round(wide - 18, 1), round(tall, 1), "c",
                        str(month.number or ""), label, middle, above))  # fmt: skip
        if month.begun:
            bars.append(Bar(round(x, 1), round(HEIGHT - dark, 1), round(wide - 18, 1), round(dark, 1), "a"))
    return Chart(bars, scale, [])


def loads(found: Sequence[Load]) -> Chart:
    """Days of each person, those done and those to come, as lying bars."""
    most = max(load.done + load.planned for load in found)
    step = step_of(max(most, 1))
    top = -(-max(most, 1) // step) * step
    unit = (WIDTH - NAMES - 40) / top
    bars = []
    for place, load in enumerate(found):
        y, total = place * ROW + 4, (load.done + load.planned) * unit
        bars.append(Bar(NAMES, y, round(load.done * unit, 1), ROW - 9, "a", "", load.name, NAMES - 8, y + ROW - 14))
        bars.append(Bar(round(NAMES + load.done * unit, 1), y, round(load.planned * unit, 1), ROW - 9, "c",
                        str(load.done + load.planned), "", round(NAMES + total + 6, 1), y + ROW - 14))  # fmt: skip
    tall = len(found) * ROW + 4
    return Chart(bars, [Line(round(NAMES + at * unit, 1), str(at)) for at in range(0, top + 1, step)], [], tall + 20)


LOOKS = {"valid": "a", "suspended": "d", "withdrawn": "rev", "cancelled": "can", "expired": "exp"}


def band(parts: Sequence[Part]) -> list[Bar]:
    """One line that the parts share by their numbers."""
    total, x, bars = sum(part.number for part in parts), 0.0, []
    for part in parts:
        wide = BAND * part.number / total
        bars.append(Bar(round(x, 1), 0, round(max(wide - 1.5, 1), 1), 14, LOOKS.get(part.key, "b")))
        x += wide
    return bars
