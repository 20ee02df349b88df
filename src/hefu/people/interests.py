"""Interests: what somebody has to do with an organisation that they might have to judge, declared by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hefu.people.models import Interest
from hefu.people.ties import in_order

if TYPE_CHECKING:
    from datetime import date

    from hefu.people.models import Account


def declare(account: Account, subject: str, nature: str, since: date, today: date) -> Interest:
    """Declare an interest that there is. Raises ValidationError for one that is yet to come."""
    if since > today:
        raise ValidationError(_("Declare an interest once there is one: give today or an earlier day."), code="future")
    return Interest.objects.create(account=account, subject=subject, nature=nature, since=since, by=account)


def cease(interest: Interest, ended: date, until: date, by: Account, today: date) -> None:
    """Record that an interest has ceased; it counts through its cooling-off, up to and including `until`.

    Raises ValidationError for a cooling-off that is over already, and for an interest that has been ended before.
    """
    in_order(interest.since, ended)
    in_order(ended, until)
    if interest.until is not None:
        raise ValidationError(_("This has ended already."), code="over")
    if ended > today:
        raise ValidationError(_("Record the end of an interest once it has ceased."), code="future")
    if until < today:
        raise ValidationError(
            _("What was decided until today was decided with this interest. Give today or a later day."), code="past"
        )
    interest.ended, interest.until, interest.ended_by = ended, until, by
    interest.save(update_fields=["ended", "until", "ended_by"])
