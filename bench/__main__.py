"""`python -m bench [--part N] [--quick] [--large]`: measure, print one table a part, write bench/results.json."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bench import acts, asking, days, durable, growth, starting, sweeping, web
from bench.stories import stories
from bench.table import Report, show, write
from bench.timing import FULL, QUICK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.stories import Story
    from bench.table import Row
    from bench.timing import Effort

    Figures = Callable[[Sequence[Story], Effort, list[str]], list[Row]]

PARTS: dict[int, tuple[Figures, ...]] = {
    1: (acts.figures, growth.figures, asking.figures, days.figures, starting.figures),
    2: (durable.figures, sweeping.figures, web.figures),
}
RESULTS = Path(__file__).with_name("results.json")


def main() -> None:
    """Run the parts that are asked for; all of them without `--part`."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Hefu against its peers.")
    parser.add_argument("--part", type=int, choices=sorted(PARTS), action="append", help="only this part")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds, to see that it runs")
    parser.add_argument("--large", action="store_true", help="sweep 3,000 of 1,000,000 instead of 100,000")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the JSON goes (default: %(default)s)")
    chosen = parser.parse_args()
    report = Report(chosen.quick)
    told = stories(report.missing)
    report.subjects += map(str, told)
    larger: dict[Figures, Figures] = {sweeping.figures: sweeping.large} if chosen.large else {}
    for part in sorted(set(chosen.part or PARTS)):
        report.rows[part] = [
            row
            for figures in PARTS[part]
            for row in larger.get(figures, figures)(told, QUICK if chosen.quick else FULL, report.missing)
        ]
    show(report)
    write(report, chosen.out)


if __name__ == "__main__":
    main()
