"""Absences: for some days somebody else holds one's roles in a body; they act in their own name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hefu.people.models import Delegation
from hefu.people.seeing import works_for
from hefu.people.ties import in_order

if TYPE_CHECKING:
    from datetime import date

    from hefu.people.models import Account, Body


def delegate(  # noqa: PLR0913 - who, for whom, where, when and why
    absent: Account, deputy: Account, body: Body, since: date, until: date, reason: str, today: date
) -> Delegation:
    """Let a person of the same body hold one's roles. Raises ValidationError for days or people that cannot be."""
    in_order(since, until)
    if since < today:
        raise ValidationError(_("Days that are over cannot be delegated. Give today or a later day."), code="past")
    if deputy.pk == absent.pk:
        raise ValidationError(_("Nobody deputises for themselves. Choose somebody else."), code="oneself")
    if not (works_for(absent, body.pk, since) and works_for(deputy, body.pk, since)):
        raise ValidationError(
            _("Both must have a role in the body on the first day. Choose another person or day."), code="stranger"
        )
    overlapping = Delegation.objects.filter(absent=absent, body=body, since__lte=until, until__gte=since)
    if overlapping.exists():
        raise ValidationError(_("For some of these days you have a deputy already. End that first."), code="twice")
    return Delegation.objects.create(
        absent=absent, deputy=deputy, body=body, since=since, until=until, reason=reason, by=absent
    )
