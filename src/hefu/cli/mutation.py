"""`hefu mutate`: what survives the removal of a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hefu.rules.load import load, with_settings
from hefu.rules.replay.coverage import scripts
from hefu.rules.replay.mutate import mutants, noticed, traces
from hefu.rules.replay.run import replay

if TYPE_CHECKING:
    from pathlib import Path


def survivors(folders: list[Path], step: int) -> int:
    """Try the mutants of schemes, print those that nobody notices and the counts.

    The number of survivors; a scenario that fails before anything is removed counts as one, for it proves nothing.
    """
    left = 0
    for folder in folders:
        scheme = load(folder)
        found = scripts(folder)
        failing = [
            script.name for script in found if not replay(with_settings(scheme, script.scenario.settings), script)["ok"]
        ]
        if failing:
            click.echo(f"{scheme.ref}: nothing is proven while a scenario fails: {', '.join(failing)}")
            left += len(failing)
            continue
        where = traces(scheme, found)
        tried: dict[str, int] = {}
        alive = 0
        for number, mutant in enumerate(mutants(scheme)):
            if number % step:
                continue
            tried[mutant.kind] = tried.get(mutant.kind, 0) + 1
            if not noticed(mutant, found, where):
                alive += 1
                click.echo(f"{scheme.ref}: nobody notices the removal of {mutant.kind} {mutant.address}")
        counts = ", ".join(f"{count} {kind}s" for kind, count in sorted(tried.items()))
        click.echo(f"{scheme.ref}: {sum(tried.values())} mutants ({counts}), {alive} unnoticed")
        left += alive
    return left
