"""What stands in the navigation: each slice adds its own entries when it starts (AppConfig.ready).

from hefu.web import nav
nav.add(nav.Entry("staff", _("Work"), 10, _("Work list"), "staff:work", "inbox", seen_by))

A portal is one of PORTALS; entries with the same heading stand together, in the order of their numbers. An entry whose
address is the longest that the present path begins with is the present one; one that names a slice is it on all pages
of that slice, wherever they lie.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest
    from django.utils.functional import _StrOrPromise

PORTALS = ("public", "client", "staff", "operator", "person")
"""Who a page is for; `person` are the entries of the menu under one's own name."""


MOST = 99
"""The greatest number that a page tells of what waits elsewhere; what is more is told as more."""


def told(number: int) -> str:
    """A number of things that wait, as a page tells it: 3, 99+, and nothing for none."""
    return f"{MOST}+" if number > MOST else str(number or "")


def everybody(_request: HttpRequest) -> bool:
    """Whoever comes."""
    return True


def signed_in(request: HttpRequest) -> bool:
    """Whoever has signed in."""
    return request.user.is_authenticated


class Entry(NamedTuple):
    """One place to go. `url` is the name of an address without arguments; `order` sorts within the portal.

    `number` says how much waits there, counted no further than MOST + 1, because every page asks for it.
    `slice` is the namespace of addresses that all belong to it, empty where the path alone tells; `also` begins the
    paths of further pages of it, and `pages` names single ones that lie under the path of another entry.
    """

    portal: str
    heading: _StrOrPromise
    order: int
    title: _StrOrPromise
    url: str
    icon: str
    seen_by: Callable[[HttpRequest], bool] = everybody
    number: Callable[[HttpRequest], int] | None = None
    slice: str = ""
    also: str = ""
    pages: tuple[str, ...] = ()


class Link(NamedTuple):
    """An entry as one page shows it."""

    title: _StrOrPromise
    href: str
    icon: str
    number: str
    current: bool


class Group(NamedTuple):
    """Entries under one heading."""

    heading: _StrOrPromise
    links: list[Link]


ENTRIES: dict[tuple[str, str], Entry] = {}


def add(*entries: Entry) -> None:
    """Take entries up; the same address in the same portal replaces what was there."""
    for entry in entries:
        if entry.portal not in PORTALS:
            raise ValueError(f"{entry.portal!r} is none of the portals {', '.join(PORTALS)}")
        ENTRIES[entry.portal, entry.url] = entry


def groups(request: HttpRequest, portal: str) -> list[Group]:
    """What somebody sees in a portal's navigation, under its headings."""
    seen = sorted((entry for entry in ENTRIES.values() if entry.portal == portal), key=lambda entry: entry.order)
    shown = [(entry, reverse(entry.url)) for entry in seen if entry.seen_by(request)]
    present = _present(request, shown)
    found: dict[str, Group] = {}
    for entry, href in shown:
        number = told(entry.number(request)) if entry.number else ""
        group = found.setdefault(str(entry.heading), Group(entry.heading, []))
        group.links.append(Link(entry.title, href, entry.icon, number, href == present))
    return list(found.values())


def _present(request: HttpRequest, shown: Sequence[tuple[Entry, str]]) -> str:
    """The address of the entry to which a page belongs: what names the page, its slice or its path, in this order.

    Otherwise the longest address that the path begins with; the start page is present only when it is the page itself.
    """
    path, match = request.path, request.resolver_match
    name, within = (match.view_name, match.namespace) if match else ("", "")
    named = (href for entry, href in shown if name in entry.pages)
    own = (href for entry, href in shown if entry.slice and entry.slice == within)
    further = (href for entry, href in shown if entry.also and path.startswith(entry.also))
    held = [href for _, href in shown if path == href or (href != "/" and path.startswith(href))]
    return next(chain(named, own, further), max(held, key=len, default=""))
