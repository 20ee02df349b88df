"""`hefu migrate`, `sweep`, `audit`, `rebuild`, `export`: the store of dossiers, from the command line.

The database is the one of HEFU_DATABASE_URL (site/database.py). Exit codes: 0 all is well, 1 something is not as it
should be, 2 it could not be looked at.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from hefu.cli.trouble import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from hefu.dossiers.journal import Fault
    from hefu.dossiers.store import Store

OK, FAILED = 0, 1
as_json = click.option("--json", "json_", is_flag=True, help="Print JSON, for other programs.")


@contextmanager
def opened() -> Iterator[Store]:
    """The store; what is wrong with the database ends the command with a plain message."""
    from hefu import site

    with told():
        yield site.store()


@contextmanager
def _progress(label: str, *, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error, where somebody looks at it."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def told(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield told


def _report(summary: dict[str, Any], faults: Sequence[Fault], line: str, *, json_: bool) -> None:
    """The summary and every fault; ends with 1 when there is one."""
    if json_:
        click.echo(json.dumps({**summary, "faults": [fault._asdict() for fault in faults]}, ensure_ascii=False))
    else:
        for fault in faults:
            click.echo(f"{fault.dossier}{f'#{fault.number}' if fault.number else ''}: {fault.what}")
        click.echo(line)
    sys.exit(FAILED if faults else OK)


@click.command()
def migrate() -> None:
    """Create the tables, or bring them up to date; safe to run again."""
    with opened() as store:
        from django.conf import settings
        from django.core.management import call_command

        from hefu.jobs.dbos_client import prepare

        call_command("migrate", database=store.using, verbosity=0)
        prepare(settings.HEFU_JOBS_URL)
    click.echo("the tables are up to date")


@click.command()
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to sweep up to; today without it.")
@as_json
def sweep(on: datetime | None, json_: bool) -> None:
    """Let time pass: clocks that remind, are overdue or run out. Run it daily, as often as you like."""
    with opened() as store:
        from hefu import site
        from hefu.jobs.rounds import SWEEP, asked_for, make

        when = site.now()
        when = when._replace(on=on.date()) if on else when
        with _progress("sweep", quiet=json_) as progress:
            done = make(store, asked_for(SWEEP, when, "hefu sweep"), site.now, progress)
    summary = {"on": when.on.isoformat(), "dossiers": done.dossiers, "events": done.events}
    line = f"{when.on}: {done.events} events in {done.dossiers} dossiers"
    _report(summary, done.faults, line, json_=json_)


@click.command()
@as_json
def audit(json_: bool) -> None:
    """Verify the chain of every journal; hold every state, list and the register against it. Repairs nothing."""
    with opened() as store:
        from hefu import site
        from hefu.jobs.rounds import AUDIT, asked_for, make

        with _progress("audit", quiet=json_) as progress:
            done = make(store, asked_for(AUDIT, site.now(), "hefu audit"), site.now, progress)
    summary = {"dossiers": done.dossiers, "events": done.events}
    line = f"{done.dossiers} dossiers, {done.events} events: " + (
        f"{len(done.faults)} faults" if done.faults else "whole"
    )
    _report(summary, done.faults, line, json_=json_)


@click.command()
@as_json
def rebuild(json_: bool) -> None:
    """Make every row that lists and the register read again from the journals, and tell which were not the same."""
    with opened() as store:
        from hefu.dossiers.rebuild import rebuild as run
        from hefu.register.rebuild import rebuild_register

        with _progress("rebuild", quiet=json_) as progress:
            done = run(store, progress)
        changed = sorted({*done.changed, *rebuild_register(store)})
    summary = {"dossiers": done.dossiers, "events": done.events, "changed": changed}
    same = f"{len(changed)} put right: {', '.join(changed)}" if changed else "all as before"
    _report(summary, done.faults, f"{done.dossiers} dossiers, {done.events} events: {same}", json_=json_)


@click.command()
@click.argument("dossier")
def export(dossier: str) -> None:
    """Print a dossier as a scenario that `hefu replay` runs again to the same state."""
    with opened() as store:
        from hefu.dossiers.export import export as run

        click.echo(run(store, dossier), nl=False)
