"""Accounts made at the command line: proven address, strong password, once; and they can sign in."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from click.testing import CliRunner, Result

from hefu.cli import main
from hefu.people.models import Account

pytestmark = pytest.mark.usefixtures("sites")
WORDS = ("account", "create", "--email", "Op@Example.org", "--name", "运维")


def run(*words: str, given: str = "tally-fits-tally\n") -> Result:
    return CliRunner().invoke(main, [*WORDS, *words], input=given)


def test_an_account_is_made_with_a_password_from_standard_input() -> None:
    done = run("--operator", "--password-stdin")
    account = Account.objects.get()
    assert done.output == f"op@example.org: {account.key}\n"
    assert (account.name, account.operator, account.check_password("tally-fits-tally")) == ("运维", True, True)
    assert EmailAddress.objects.filter(user=account, email="op@example.org", verified=True, primary=True).exists()


def test_the_password_is_asked_for_twice_where_somebody_sits() -> None:
    done = run(given="tally-fits-tally\ntally-fits-tally\n")
    assert done.exit_code == 0
    assert "tally-fits-tally" not in done.output
    assert not Account.objects.get().operator


@pytest.mark.parametrize(("words", "given"), [((), "short\n"), (("--email", "no address"), "tally-fits-tally\n")])
def test_a_weak_password_and_a_bad_address_make_no_account(words: tuple[str, ...], given: str) -> None:
    done = run(*words, "--password-stdin", given=given)
    assert done.exit_code == 1
    assert done.stderr
    assert not Account.objects.exists()


def test_an_address_has_one_account() -> None:
    run("--password-stdin")
    again = run("--password-stdin")
    assert (again.exit_code, Account.objects.count()) == (1, 1)
