"""Where somebody works, for the head of every page: their bodies and their roles there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hefu.web.account.titles import body_title
from hefu.web.shell import Desk
from hefu.web.staff.choices import roles
from hefu.web.staff.mine import mine

if TYPE_CHECKING:
    from django.http import HttpRequest

SHOWN = 2
"""Roles named beside somebody's name; the rest are counted."""


def desk(request: HttpRequest) -> Desk:
    """The names of the bodies for which somebody works, and their first roles."""
    if not request.user.is_authenticated:
        return Desk()
    known = mine(request)
    held = [choice.title for choice in roles(known)]
    told = _(", ").join(held[:SHOWN])
    if len(held) > SHOWN:
        told = _("%(roles)s and %(number)d more") % {"roles": told, "number": len(held) - SHOWN}
    return Desk(_(", ").join(body_title(body) for body in known.bodies.values()), told)
