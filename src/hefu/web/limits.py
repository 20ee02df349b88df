"""How often somebody may do what needs no sign-in: counted for each address and minute, by all processes together.

Whoever sends something writes anyway: it is counted by all processes together at once, so that limit is exact. Looking
at a page must not write, so there a process counts for itself and tells the others (shared.py) in steps of a tenth of
the limit. Whoever looks at several processes at once may therefore look a little more often than the limit says
(docs/decisions/0017); whoever is over it costs no statement any more.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from hefu.web.errors import page
from hefu.web.shared import shared

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

MINUTE = 60
STEPS = 10
"""In so many steps a process tells the others how often somebody has looked; a limit below it is exact too."""
LOOKING = ("GET", "HEAD")
MANY = 10_000
"""Addresses that a process remembers within a minute; then the first make room."""
View = Callable[..., "HttpResponseBase"]


def limited(name: str, *, per_minute: int, methods: tuple[str, ...] = ("POST",)) -> Callable[[View], View]:
    """A view that answers 429 to an address that has asked more than `per_minute` times in this minute."""

    def around(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if request.method in methods and _too_often(name, request, per_minute):
                response = page(request, 429)
                response.headers["Retry-After"] = str(MINUTE)
                return response
            return view(request, *args, **kwargs)

        return answer

    return around


def address(request: HttpRequest) -> str:
    """The address of whoever asks: the connection's, or what the nearest of our own proxies (HEFU_PROXIES) says."""
    passed = request.headers.get("X-Forwarded-For", "").split(",")
    proxies = settings.HEFU_PROXIES
    if proxies and len(passed) >= proxies and passed[-proxies].strip():
        return passed[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


@dataclass(slots=True)
class Tally:
    """How often all have counted, as far as is known here, and how often this process has since."""

    known: int = 0
    own: int = 0


TALLIES: dict[str, Tally] = {}
"""By what was asked for, from where, in which minute."""


def _too_often(name: str, request: HttpRequest, most: int) -> bool:
    """Count, and say whether it was once too often in this minute."""
    minute = int(time.time()) // MINUTE
    key = f"limit:{minute}:{name}:{address(request)}"
    tally = TALLIES.get(key)
    if tally is None:
        if len(TALLIES) >= MANY:
            TALLIES.pop(next(iter(TALLIES)))
        tally = TALLIES.setdefault(key, Tally())
    if tally.known > most:
        return True
    tally.own += 1
    if request.method not in LOOKING or tally.own >= most // STEPS:
        tally.known, tally.own = shared().raised(key, tally.own, 2 * MINUTE), 0
    return tally.known + tally.own > most
