"""How often somebody may do what needs no sign-in: counted for each address and minute in the cache.

With the cache in the memory of a process, each worker counts for itself; a cache that they share counts for all.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache

from hefu.web.errors import page

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

MINUTE = 60
View = Callable[..., "HttpResponseBase"]


def limited(name: str, *, per_minute: int, methods: tuple[str, ...] = ("POST",)) -> Callable[[View], View]:
    """A view that answers 429 to an address that has asked more than `per_minute` times in this minute."""

    def around(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if request.method in methods and _count(name, request) > per_minute:
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


def _count(name: str, request: HttpRequest) -> int:
    key = f"limit:{name}:{address(request)}:{int(time.time()) // MINUTE}"
    if cache.add(key, 1, MINUTE):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # the minute ended between the two lines
        return 1
