"""Invitations: a secret in one mail, good once and for fourteen days, to roles of a body or to an organisation.

It is good for the address that it was sent to, and only as long as the one who sent it could send it again.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hefu.people.bodies import assign, assignable
from hefu.people.models import Invitation
from hefu.people.organisations import is_manager, join, may_settle
from hefu.people.roles import ADMINISTRATOR
from hefu.people.seeing import may_manage
from hefu.people.ties import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hefu.people.models import Account, Body, Organisation

GOOD_FOR = timedelta(days=14)


def invite_to_body(  # noqa: PLR0913 - what is offered, to whom, by whom and when
    email: str,
    body: Body,
    roles: Sequence[tuple[str, str]],
    by: Account,
    at: datetime,
    today: date,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Invitation, str]:
    """An invitation to roles, as (scheme, role), and its secret, which is kept nowhere.

    Raises ValidationError for roles that the body does not give, and for somebody who may not give them.
    """
    in_order(since or today, until)
    if not roles or not set(roles) <= set(assignable(body)):
        raise ValidationError(_("The body does not give this role."), code="role")
    made = Invitation(email=_tidy(email), body=body, roles=[list(pair) for pair in roles], since=since, until=until)
    return _sealed(made, by, at, today)


def invite_to_organisation(  # noqa: PLR0913 - as above
    email: str, organisation: Organisation, by: Account, at: datetime, today: date, *, manager: bool = False
) -> tuple[Invitation, str]:
    """An invitation to act for an organisation, and its secret. Raises ValidationError for one who may not invite."""
    return _sealed(Invitation(email=_tidy(email), organisation=organisation, manager=manager), by, at, today)


def _sealed(made: Invitation, by: Account, at: datetime, today: date) -> tuple[Invitation, str]:
    secret = secrets.token_urlsafe(32)
    made.by, made.sent, made.expires, made.digest = by, at, at + GOOD_FOR, _digest(secret)
    if not _may_send(made, today):
        raise ValidationError(_("You cannot invite anybody to this."), code="not-yours")
    made.save()
    return made, secret


def found(secret: str, at: datetime, today: date) -> Invitation | None:
    """The invitation of a secret, as long as it is good; None tells nobody why it is not."""
    ties = Invitation.objects.select_related("body", "organisation", "by")
    held = ties.filter(digest=_digest(secret), accepted=None, withdrawn=None, expires__gt=at).first()
    return held if held is not None and _may_send(held, today) else None


def accept(secret: str, account: Account, at: datetime, today: date) -> Invitation:
    """Take an invitation up. Raises ValidationError when it is no longer good, or was sent to somebody else."""
    with transaction.atomic():
        held = found(secret, at, today)
        if held is not None and held.email != _tidy(account.email):
            raise ValidationError(
                _("This invitation was sent to another address. Sign in with that one, or ask for a new invitation."),
                code="address",
            )
        taken = held and Invitation.objects.filter(pk=held.pk, accepted=None, withdrawn=None).update(
            accepted=at, accepted_by=account
        )
        if held is None or not taken:
            raise ValidationError(_("This invitation is no longer good. Ask for a new one."), code="over")
        if held.body is not None:
            since = max(held.since or today, today)
            assign(
                account, held.body, [(scheme, role) for scheme, role in held.roles], since, held.by, today, held.until
            )
        if held.organisation is not None:
            join(account, held.organisation, today, held.by, manager=held.manager)
    return held


def withdraw(held: Invitation, by: Account, at: datetime, today: date) -> None:
    """Take an invitation back. Raises ValidationError for one who could not send it, and when it was taken up."""
    if not _may_send(held, today, by):
        raise ValidationError(_("You cannot invite anybody to this."), code="not-yours")
    if not Invitation.objects.filter(pk=held.pk, accepted=None, withdrawn=None).update(withdrawn=at):
        raise ValidationError(_("This invitation is no longer open."), code="over")


def _may_send(held: Invitation, today: date, by: Account | None = None) -> bool:
    """Whether somebody, the sender unless another is named, may invite to this on a day."""
    who = by or held.by
    if held.body is not None:
        first = [tuple(pair) for pair in held.roles] == [("", ADMINISTRATOR)]
        return may_manage(who, held.body.pk, today) or (who.is_active and who.operator and first)
    if held.organisation is None:
        return False
    return is_manager(who, held.organisation, today) or may_settle(who, held.organisation, today)


def _tidy(email: str) -> str:
    return email.strip().lower()


def _digest(secret: str) -> str:
    """The secret is 256 random bits, so a plain hash keeps it."""
    return sha256(secret.encode()).hexdigest()
