"""Titles of schemes and of their roles, in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hefu.people.models import Offer
from hefu.people.registers import KNOWN
from hefu.people.roles import ADMINISTRATOR, roles
from hefu.rules.load import Library
from hefu.rules.model import Text
from hefu.web.words import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hefu.people.models import Body

Choices = list[tuple[str, list[tuple[str, str]]]]


def scheme_title(scheme: str) -> str:
    """The title of a scheme, by the newest of its versions; its id where there is none any more."""
    versions = Library().all_versions(scheme).values()
    newest = max(versions, key=lambda version: version.file.in_force.from_, default=None)
    return in_language(newest.file.document.title) if newest else scheme


def role_title(scheme: str, role: str, within: Sequence[str] = ()) -> str:
    """The title of a role in its scheme; without a scheme it is the product's, or whatever schemes call so.

    `within` are the schemes whose words come first, as those that a body offers.
    """
    if (scheme, role) == KNOWN:
        return _("Identity confirmed")
    if (scheme, role) == ("", ADMINISTRATOR):
        return _("Administrator")
    everywhere = sorted({folder.parent.name for folder in Library().folders()})
    known = (roles(name).get(role) for name in ([scheme] if scheme else [*within, *everywhere]))
    found = next((item for item in known if item), None)
    return in_language(found.title) if found else role


def offered(body: Body) -> list[str]:
    """The schemes that a body offers, by their ids."""
    return sorted(Offer.objects.filter(body=body).values_list("scheme", flat=True))


def body_title(body: Body) -> str:
    """The name of a body in the language of the page."""
    return in_language(Text(body.name, body.name_en or body.name))


def written(pair: tuple[str, str]) -> str:
    """A (scheme, role) as a form sends it."""
    return "/".join(pair)


def read(value: str) -> tuple[str, str]:
    """What `written` has written."""
    scheme, _slash, role = value.partition("/")
    return scheme, role


def grouped(pairs: Iterable[tuple[str, str]], nowhere: str) -> Choices:
    """Choices of (scheme, role) under the titles of their schemes; `nowhere` is the heading of those without one."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for scheme, role in pairs:
        heading = scheme_title(scheme) if scheme else nowhere
        groups.setdefault(heading, []).append((written((scheme, role)), role_title(scheme, role)))
    return list(groups.items())
