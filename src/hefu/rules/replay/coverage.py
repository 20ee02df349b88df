"""Coverage: which clauses the shipped scenarios exercise, computed by running them, never from a list kept by hand.

A clause is exercised by a step when an event or a refusal of that step names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hefu.rules.check.clauses import DECIDING
from hefu.rules.check.homes import ENFORCING, homes
from hefu.rules.load import with_settings
from hefu.rules.replay.run import moments
from hefu.rules.replay.scenario import open_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hefu.rules.model import Scheme
    from hefu.rules.replay.run import Moment
    from hefu.rules.replay.scenario import Script


def scripts(folder: Path) -> list[Script]:
    """The scenarios of a scheme folder. Raises BadSourceError."""
    return [open_scenario(path) for path in sorted((folder / "scenarios").glob("*.yaml"))]


def exercised(scheme: Scheme, found: list[Script]) -> dict[str, list[str]]:
    """Clause id to the steps (`scenario#step`) that exercise it."""
    result: dict[str, list[str]] = {}
    for script in found:
        own = with_settings(scheme, script.scenario.settings)
        name = script.name.rpartition("/")[2].removesuffix(".yaml")
        for number, moment in enumerate(moments(own, script), 1):
            for clause in named(moment):
                result.setdefault(clause, []).append(f"{name}#{number}")
    return result


def named(moment: Moment) -> set[str]:
    """The clauses that a step exercises."""
    clauses = {clause for event in moment.events for clause in event.clauses}
    clauses |= {clause for refusal in moment.refusals for clause in refusal.clauses}
    return clauses | {
        clause for event in moment.events for clause in event.data.get("departure", {}).get("clauses", ())
    }


def clause_table(scheme: Scheme, folder: Path) -> list[dict[str, Any]]:
    """Every clause of the scheme in the shape of the contract, in the order of the document."""
    return table(scheme, exercised(scheme, scripts(folder)))


def table(scheme: Scheme, steps: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """The same, where it is known already which steps exercise which clause."""
    by: dict[str, list[str]] = {}
    for home in homes(scheme):
        for clause in home.clauses:
            by.setdefault(clause, []).append(str(home))
    return [
        {
            "id": name, "kind": clause.kind, "treatment": clause.treatment,
            "by": list(dict.fromkeys(by.get(name, []))), "exercised": steps.get(name, []),
        }
        for name, clause in scheme.clauses.items()
    ]  # fmt: skip


def unproven(table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Deciding clauses that nothing enforces or no scenario exercises."""
    return [
        row for row in table
        if row["kind"] in DECIDING
        and (row["treatment"] != "enforced" or not row["exercised"]
             or not any(home.partition(" ")[0] in ENFORCING for home in row["by"]))
    ]  # fmt: skip
