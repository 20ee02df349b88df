"""Closing an account: what has to be handed over first, what goes, and what stays.

An act stays explained: the journals, the name, and the ties with their days stay. What goes is what reaches or proves a
person: the address, the password, second factors, passkeys, and the link to an identity provider. Nobody signs in with
the account any more, and no tie goes beyond the day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hefu.people.models import (
    Account,
    Assignment,
    Competence,
    Delegation,
    Employment,
    Invitation,
    Joining,
    Organisation,
)
from hefu.people.ties import end, holding, not_over

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

CLOSED = "closed.invalid"
"""A domain that exists nowhere (RFC 2606): an address must be there, and be nobody's."""


class Held(NamedTuple):
    """What has to be handed over before somebody may go, or what nobody else is there for.

    `roles`: in bodies. `led`: organisations whose last manager they are while others act for them. `alone`:
    organisations for which nobody else acts; that stands in the way only as long as one has an open case. `runs`: they
    are the only operator of the installation.
    """

    roles: tuple[Assignment, ...]
    led: tuple[Organisation, ...]
    alone: tuple[Organisation, ...]
    runs: bool


def held(account: Account, on: date) -> Held:
    """What somebody holds on a day."""
    roles = Assignment.objects.filter(not_over(on), account=account).select_related("body").order_by("body", "pk")
    led, alone = [], []
    own = Employment.objects.filter(holding(on), account=account).select_related("organisation").order_by("pk")
    others = set(
        Employment.objects.filter(holding(on), account__is_active=True)
        .filter(organisation__in=own.values("organisation"))
        .exclude(account=account)
        .values_list("organisation", "manager")
    )
    for tie in own:
        if (tie.organisation_id, True) in others:
            continue
        if (tie.organisation_id, False) not in others:
            alone.append(tie.organisation)
        elif tie.manager:
            led.append(tie.organisation)
    operators = Account.objects.filter(operator=True, is_active=True).exclude(pk=account.pk)
    return Held(tuple(roles), tuple(led), tuple(alone), account.operator and not operators.exists())


def close(account: Account, at: datetime, today: date) -> None:
    """Close one's own account. Raises ValidationError while a role, an organisation or the installation needs them."""
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        having = held(account, today)
        if having.roles or having.led or having.runs:
            raise ValidationError(_("Something still stands in the way; it is named below."), code="held")
        for tie in _ties(account, today):
            end(tie, today, account, today)
        Joining.objects.filter(account=account, answered=None).update(answered=at, by=account)
        nobodys = f"{account.key}@{CLOSED}"
        sent = Invitation.objects.filter(email=account.email)
        sent.filter(accepted=None, withdrawn=None).update(withdrawn=at)
        sent.update(email=nobodys)
        for means in (EmailAddress, Authenticator, SocialAccount):
            means.objects.filter(user=account).delete()
        account.email, account.operator, account.is_active = nobodys, False, False
        account.set_unusable_password()
        account.save(update_fields=["email", "operator", "is_active", "password"])


def _ties(account: Account, today: date) -> Iterator[Employment | Competence | Delegation]:
    """What holds or will: acting for organisations, competence, deputies on both sides."""
    yield from Employment.objects.filter(not_over(today), account=account)
    yield from Competence.objects.filter(not_over(today), account=account)
    yield from Delegation.objects.filter(not_over(today), absent=account)
    yield from Delegation.objects.filter(not_over(today), deputy=account)
