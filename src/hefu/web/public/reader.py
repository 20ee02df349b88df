"""Who reads the rules: what somebody who has signed in could begin under them, so that no button leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.web.dossier.begin import opening
from hefu.web.staff.mine import mine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest

    from hefu.web.public.schemes import Offered


class Reader(NamedTuple):
    """Somebody before a body's scheme: the acts with which they could begin, allowed at this moment or not.

    `inside`: they work for the body. `acting`: they act for an organisation.
    """

    acts: tuple[str, ...]
    inside: bool
    acting: bool


def readers(request: HttpRequest, offered: Iterable[Offered]) -> Mapping[str, Reader]:
    """Who asks, before each body that takes applications now; empty for whoever has not signed in."""
    if not request.user.is_authenticated:
        return {}
    found = {}
    for one in offered:
        if one.open:
            opened = opening(request, one.body.pk, one.scheme.id)
            acts = sorted({possible.action.id for possible in opened.acts})
            inside = one.body.pk in mine(request).bodies
            found[one.body.pk] = Reader(tuple(acts), inside, bool(opened.actor.organisation))
    return found
