"""Which schemes somebody reads with their proof: those that a body of theirs offers. No other exists for them: 404."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404

from hefu.people.models import Offer
from hefu.web import kept
from hefu.web.staff.mine import mine, of_a_body

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Any, Concatenate, ParamSpec

    from django.http import HttpRequest, HttpResponse

    from hefu.rules.model import Scheme

    P = ParamSpec("P")


class Version(NamedTuple):
    """A version of a scheme with its folder, all versions of the scheme (the newest first), and who offers it.

    `offers` are the reader's own bodies by name, each with what it has set.
    """

    scheme: Scheme
    folder: Path
    versions: tuple[Scheme, ...]
    offers: Mapping[str, Mapping[str, Any]]


def of_offered(
    view: Callable[Concatenate[HttpRequest, Version, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A view of one version of a scheme, for the people of bodies that offer it."""

    @functools.wraps(view)
    def answer(request: HttpRequest, /, scheme: str, version: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, found(request, scheme, version), *args, **kwargs)

    return of_a_body(answer)


def offered(request: HttpRequest) -> dict[str, dict[str, Mapping[str, Any]]]:
    """The schemes that bodies of the reader offer: for each its bodies, by name, with their settings."""
    held: dict[str, dict[str, Mapping[str, Any]]] = {}
    rows = Offer.objects.filter(body__in=mine(request).bodies).select_related("body").order_by("scheme", "body__name")
    for offer in rows:
        held.setdefault(offer.scheme, {})[str(offer.body)] = offer.settings
    return held


def found(request: HttpRequest, scheme: str, version: str) -> Version:
    """One version. Raises Http404."""
    offers = offered(request).get(scheme)
    folder = folder_of(scheme, version)
    if offers is None or folder is None:
        raise Http404
    versions = tuple(versions_of(scheme))
    return Version(next(one for one in versions if one.version == version), folder, versions, offers)


def versions_of(scheme: str) -> list[Scheme]:
    """Every version of a scheme, the newest first."""
    held = kept.store().laws.library.all_versions(scheme).values()
    return sorted(held, key=lambda one: (one.file.in_force.from_, one.version), reverse=True)


def folder_of(scheme: str, version: str) -> Path | None:
    """The folder of a version, where there is one; the version is what its file says, not the folder's name."""
    library = kept.store().laws.library
    known = library.versions(scheme)
    return next((folder for folder in known if library.get(folder).version == version), None)
