"""Rows and their table: every figure with its goal, the peer or floor measured beside it, and the ratio to that."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import sys
import time
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

PEERS = (
    "chinesecalendar", "holidays", "numpy", "transitions", "eventsourcing", "django-fsm-2", "django-fsm-log",
    "django-viewflow", "spiffworkflow", "dbos",
)  # fmt: skip
OWN = ("cel-expr-python", "click", "django", "immutables", "psycopg", "pydantic", "ruamel.yaml", "ruamel.yaml.clib")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `goal` None means: reported only. `ratio` is value / peer value, from the same rounds."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    at_most: bool = False
    """Whether the goal is an upper limit."""
    peer: str = ""
    peer_value: float | None = None
    ratio: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without one."""
        if self.goal is None:
            return None
        return self.value <= self.goal if self.at_most else self.value >= self.goal


@dataclass(slots=True)
class Report:
    """Everything that one run has found: rows by part, what was measured on, and what could not be measured."""

    quick: bool
    rows: dict[int, list[Row]] = field(default_factory=dict)
    subjects: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def show(report: Report) -> None:
    """Print the tables, one a part, then the notes under their numbers."""
    wide = None if sys.stdout.isatty() else 150
    console = Console(width=wide, highlight=False)
    for part, rows in report.rows.items():
        table = Table(title=f"Part {part}{', quick' if report.quick else ''}", box=box.SIMPLE, title_justify="left")
        for heading in ("figure", "value", "goal", "met", "peer or floor", "its value", "ratio"):
            table.add_column(heading, justify="left" if heading in ("figure", "peer or floor", "met") else "right")
        for row in rows:
            table.add_row(*_cells(row))
        console.print(table)
        for row in rows:
            if row.note:
                console.print(f"{row.name}: {row.note}", markup=False, soft_wrap=True)
    for heading, lines in (("measured on", report.subjects), ("not measured", report.missing)):
        for line in lines:
            console.print(f"{heading}: {line}", markup=False, soft_wrap=True)


def _cells(row: Row) -> list[str]:
    sign = "<=" if row.at_most else ">="
    goal = f"{sign} {number(row.goal)}" if row.goal is not None else ""
    met = {None: "", True: "[green]yes[/]", False: "[red]no[/]"}[row.met]
    peer = number(row.peer_value) if row.peer_value is not None else ""
    ratio = number(row.ratio) if row.ratio is not None else ""
    return [row.name, f"{number(row.value)} {row.unit}", goal, met, row.peer, peer, ratio]


def number(value: float) -> str:
    """Three figures that count, thousands grouped."""
    if abs(value) >= 100:  # noqa: PLR2004 - from here on the decimals say nothing
        return f"{value:,.0f}"
    return f"{value:.3g}"


def write(report: Report, path: Path) -> None:
    """Write the run with its machine, versions and command as JSON."""
    rows = {
        str(part): [{**asdict(row), "met": row.met} for row in found] for part, found in report.rows.items()
    }  # fmt: skip
    data = {
        "date": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "command": " ".join(["python", *sys.orig_argv[1:]]),
        "quick": report.quick,
        "machine": machine(),
        "versions": versions(("hefu", *OWN, *PEERS)),
        "subjects": report.subjects,
        "missing": report.missing,
        "parts": rows,
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, str | int | float]:
    """The machine: CPU model, cores, memory in GB, system, Python."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count() or 0,
        "memory_gb": round(pages * size / 1e9, 1),
        "system": platform.platform(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "sqlite": sqlite3.sqlite_version,
    }


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def versions(names: Sequence[str]) -> dict[str, str]:
    """The installed versions of distributions; one that is not installed is left out."""
    found = {}
    for name in names:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
