"""Ties and days: the one condition by which every table of ties is asked what holds on a day, and how a tie ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import date

    from hefu.people.models import Account, Tie


def holding(on: date, through: str = "") -> Q:
    """The ties that hold on a day, both their days included; `through` is the path to them from another table."""
    start, end = f"{through}since", f"{through}until"
    return Q(**{f"{start}__lte": on}) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": on}))


def not_over(on: date) -> Q:
    """The ties that hold on a day or will begin after it."""
    return Q(until__isnull=True) | Q(until__gte=on)


def in_order(since: date, until: date | None) -> None:
    """Raises ValidationError for an end before the beginning."""
    if until is not None and until < since:
        raise ValidationError(_("The last day lies before the first one. Give a later last day."), code="order")


def end(tie: Tie, until: date, by: Account, today: date) -> None:
    """Let a tie have its last day: at the earliest yesterday, because what it allowed before has been done.

    Raises ValidationError for an earlier day, and for a tie that is over already.
    """
    if tie.until is not None and tie.until < today:
        raise ValidationError(_("This has ended already."), code="over")
    if until < today - timedelta(days=1):
        raise ValidationError(
            _("What has been done until today stays as it was. Give yesterday as the last day, or a later one."),
            code="past",
        )
    tie.until, tie.ended_by = until, by
    tie.save(update_fields=["until", "ended_by"])
