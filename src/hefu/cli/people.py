"""`hefu account create`: the first account of an installation, and any other one that an operator vouches for."""

from __future__ import annotations

import sys

import click


@click.group()
def account() -> None:
    """Accounts of people."""


@account.command()
@click.option("--email", required=True, help="The address; it counts as proven.")
@click.option("--name", required=True, help="The name, as it shall stand in dossiers and documents.")
@click.option("--operator", is_flag=True, help="May run the installation: make bodies and confirm organisations.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking for it.")
def create(email: str, name: str, operator: bool, password_stdin: bool) -> None:
    """Create an account. Its password is asked for, twice."""
    from django.core.exceptions import ValidationError

    from hefu.cli.dossiers import FAILED, opened

    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with opened():
        from hefu.people import accounts

        try:
            made = accounts.create(email, name, password, operator=operator)
        except ValidationError as error:
            click.echo("\n".join(error.messages), err=True)
            sys.exit(FAILED)
    click.echo(f"{made.email}: {made.key}")
