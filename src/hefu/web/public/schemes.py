"""The schemes that public pages speak about: the version of a row, the one in force, and those that bodies offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hefu.people.models import Body, Offer
from hefu.web import kept, moment
from hefu.web.words import english

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hefu.rules.model import Scheme


class Offered(NamedTuple):
    """A scheme that a body operates, in the version that is in force; `open`: applications are taken."""

    body: Body
    scheme: Scheme
    open: bool


def of(scheme: str, version: str) -> Scheme | None:
    """One version of a scheme, where it is known."""
    try:
        return kept.store().laws.of(f"{scheme}@{version}").scheme
    except LookupError:
        return None


def current(scheme: str) -> Scheme | None:
    """The version of a scheme that is in force today, else the newest."""
    laws = kept.store().laws
    try:
        return laws.of(laws.on(scheme, moment.today())).scheme
    except LookupError:
        held = versions(scheme)
        return held[0] if held else None


def versions(scheme: str) -> list[Scheme]:
    """Every version of a scheme, the newest first."""
    found = kept.store().laws.library.all_versions(scheme).values()
    return sorted(found, key=lambda one: one.file.in_force.from_, reverse=True)


def offered() -> list[Offered]:
    """What bodies operate now, by the name of the body and the id of the scheme."""
    found = []
    for offer in Offer.objects.select_related("body").order_by("body__name", "scheme"):
        scheme = current(offer.scheme)
        if scheme is not None:
            found.append(Offered(offer.body, scheme, offer.open and kept.in_force(offer.scheme, moment.today())))
    return found


def bodies(slugs: Iterable[str] | None = None) -> Mapping[str, Body]:
    """Bodies by their slug: all, or those asked for."""
    found = Body.objects.all() if slugs is None else Body.objects.filter(slug__in=set(slugs))
    return {body.slug: body for body in found.order_by("name")}


def name_of(body: Body | None) -> str:
    """The name of a body in the language of the page."""
    if body is None:
        return ""
    return (body.name_en if english() else "") or body.name
