"""Bodies: an operator makes one, with the schemes that it operates; its administrators give roles to its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hefu.people.models import Assignment, Body, Offer
from hefu.people.roles import ADMINISTRATOR, inside
from hefu.people.ties import end, holding, in_order, not_over

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hefu.people.models import Account

RESERVED = frozenset({"new", "organisations", "settings"})
"""Words that addresses use where the slug of a body stands."""


def create(slug: str, name: str, schemes: Iterable[str], name_en: str = "", contact: str = "") -> Body:
    """A body that operates these schemes. Raises ValidationError for a slug that is taken."""
    if slug in RESERVED or Body.objects.filter(slug=slug).exists():
        raise ValidationError({"slug": ValidationError(_("This short name is taken. Choose another."), code="taken")})
    with transaction.atomic():
        body = Body.objects.create(slug=slug, name=name, name_en=name_en, contact=contact)
        Offer.objects.bulk_create(Offer(body=body, scheme=scheme) for scheme in schemes)
    return body


def administrators(body: Body, on: date) -> list[Account]:
    """Who administers a body on a day."""
    ties = Assignment.objects.filter(holding(on), body=body, scheme="", role=ADMINISTRATOR, account__is_active=True)
    return [tie.account for tie in ties.select_related("account").order_by("pk")]


def assignable(body: Body) -> list[tuple[str, str]]:
    """What may be given to a person of the body, as (scheme, role): administration, and the roles of its schemes."""
    schemes = body.offers.order_by("scheme").values_list("scheme", flat=True)
    return [("", ADMINISTRATOR), *((scheme, role) for scheme in schemes for role in sorted(inside(scheme)))]


def assign(  # noqa: PLR0913 - a tie, its days, and who makes it
    account: Account,
    body: Body,
    roles: Iterable[tuple[str, str]],
    since: date,
    by: Account,
    today: date,
    until: date | None = None,
) -> list[Assignment]:
    """Give somebody roles of a body, as (scheme, role); those that they hold on the first day already are left out.

    Raises ValidationError for days that are over, and for a role that the body does not give.
    """
    in_order(since, until)
    if since < today:
        raise ValidationError(_("Nobody gets a role for days that are over. Give today or a later day."), code="past")
    wanted = set(roles)
    if not wanted <= set(assignable(body)):
        raise ValidationError(_("The body does not give this role."), code="role")
    held = set(
        Assignment.objects.filter(holding(since), account=account, body=body, until=None).values_list("scheme", "role")
    )
    return [
        Assignment.objects.create(account=account, body=body, scheme=scheme, role=role, since=since, until=until, by=by)
        for scheme, role in sorted(wanted - held)
    ]


def release(tie: Assignment, until: date, by: Account, today: date) -> None:
    """End a role. Raises ValidationError as `ties.end`, and for the last administrator of a body."""
    with transaction.atomic():
        if (tie.scheme, tie.role) == ("", ADMINISTRATOR):
            Body.objects.select_for_update().get(pk=tie.body_id)  # two who go at once must not both go
            others = Assignment.objects.filter(not_over(until), body=tie.body_id, scheme="", role=ADMINISTRATOR)
            if not others.filter(until=None).exclude(account=tie.account_id).exists():
                raise ValidationError(
                    _("This is the last administrator of the body. Appoint another one first."), code="last"
                )
        end(tie, until, by, today)
