"""The registers of a body: in what it has found its people competent, and which organisations it knows as what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hefu.people.models import Competence, Organisation, Standing
from hefu.people.organisations import checked
from hefu.people.roles import OUTSIDE, roles
from hefu.people.ties import holding, in_order

if TYPE_CHECKING:
    from datetime import date

    from hefu.people.models import Account, Body

KNOWN = ("", "")
"""The standing of an organisation that acts in open roles only, and of which the body has seen who acts for it."""


def find_competent(  # noqa: PLR0913 - a row of the register
    account: Account,
    body: Body,
    field: str,
    since: date,
    by: Account,
    *,
    level: str = "",
    registration: str = "",
    until: date | None = None,
) -> Competence:
    """Enter that the body has found somebody competent. Raises ValidationError for days in the wrong order."""
    in_order(since, until)
    return Competence.objects.create(
        account=account, body=body, field=field, level=level, registration=registration, since=since, until=until, by=by
    )


def standing_roles(body: Body) -> list[tuple[str, str]]:
    """The (scheme, role) in which organisations act only with a standing: of the body's schemes, those not open."""
    schemes = body.offers.order_by("scheme").values_list("scheme", flat=True)
    return [
        (scheme, key)
        for scheme in schemes
        for key, role in roles(scheme).items()
        if role.reach == OUTSIDE and not role.open
    ]


def grant_standing(  # noqa: PLR0913 - a row of the register
    body: Body,
    code: str,
    name: str,
    pair: tuple[str, str],
    since: date,
    by: Account,
    until: date | None = None,
) -> Standing:
    """Enter that an organisation has a standing with the body: by that the body has seen who it is.

    An organisation that nobody has registered yet is registered by that, without people. `pair` is (scheme, role), or
    `KNOWN`. Raises ValidationError for a bad code, a name other than the registered one, a role that takes no standing,
    or one that the organisation has already.
    """
    in_order(since, until)
    if pair != KNOWN and pair not in standing_roles(body):
        raise ValidationError(_("No scheme of the body has this role for organisations."), code="role")
    with transaction.atomic():
        found, _made = Organisation.objects.get_or_create(uscc=checked(code), defaults={"name": name, "proven": False})
        if found.name != name:
            raise ValidationError(
                _("Under this code %(name)s is registered. Correct the name or the code."),
                code="name",
                params={"name": found.name},
            )
        held = Standing.objects.filter(holding(since), organisation=found, body=body, scheme=pair[0], role=pair[1])
        if held.exists():
            raise ValidationError(_("The organisation has this standing already."), code="twice")
        return Standing.objects.create(
            organisation=found, body=body, scheme=pair[0], role=pair[1], since=since, until=until, by=by
        )
