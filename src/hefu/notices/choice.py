"""What somebody wants by mail. Duties and hard deadlines come at once in any case: they cannot be chosen away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.notices.models import ChoiceRow, Mail

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from hefu.people.models import Account


def choice(account: Account) -> Mail:
    """What somebody has chosen; without a choice each notice goes at once."""
    return choices([account.pk])[account.pk]


def choices(accounts: Collection[int]) -> Mapping[int, Mail]:
    """What several people have chosen."""
    rows = ChoiceRow.objects.filter(pk__in=accounts).values_list("pk", "mail")
    return dict.fromkeys(accounts, Mail.NOW) | {account: Mail(mail) for account, mail in rows}


def choose(account: Account, mail: Mail) -> None:
    """Choose, from the next notice on."""
    ChoiceRow.objects.update_or_create(account=account, defaults={"mail": mail})
