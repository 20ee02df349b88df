"""`hefu messages`: the texts of the product in Chinese, from the command line."""

from __future__ import annotations

import sys

import click


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if a text is missing or untranslated.")
@click.option("--compile", "only_compile", is_flag=True, help="Only compile what is there.")
def messages(only_check: bool, only_compile: bool) -> None:
    """Gather the texts of all apps into their locale folders, and compile the translations."""
    from hefu.cli import catalogues

    if only_compile:
        catalogues.compile_all()
        return
    try:
        found = catalogues.said()
    except ValueError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    if only_check:
        wrong = catalogues.faults(found)
        for fault in wrong:
            click.echo(str(fault), err=True)
        click.echo(f"{sum(map(len, found.values()))} texts, {len(wrong)} faults")
        sys.exit(1 if wrong else 0)
    changed = [app for app in catalogues.apps() if catalogues.write(app, found.get(app, {}))]
    catalogues.compile_all()
    empty = sum(fault.what == "is not translated" for fault in catalogues.faults(found))
    click.echo(f"{sum(map(len, found.values()))} texts; {len(changed)} files changed; {empty} to translate")
