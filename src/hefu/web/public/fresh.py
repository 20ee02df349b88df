"""Public pages are asked for again and again, mostly by machines: whoever has the present one is not sent it again.

The tag of a page is made of what it is made of: the rows, the day, the language and theme, who has signed in, the
secret of the forms in it, and the version of the product. Nothing between us and a reader may keep a page, because it
has forms in it; but a reader may ask whether theirs still holds, which costs a row or two and no rendering.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.messages import get_messages
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from hefu import __version__
from hefu.web import moment
from hefu.web.theme import chosen

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

ASK_AGAIN = "private, no-cache"
"""Keep it, but ask before using it."""
MINUTE = "public, max-age=60"
"""For what has no forms in it: anybody may keep it for a minute."""


def tag(request: HttpRequest, *parts: object) -> str:
    """The tag of a page made of these parts, for this reader."""
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
    reader = (
        get_language(), chosen(request), request.user.pk if signed_in else "",
        request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""), moment.today(), __version__,
    )  # fmt: skip
    return f'"{sha256(repr((*reader, *parts)).encode()).hexdigest()[:32]}"'


def answer(
    request: HttpRequest, parts: tuple[object, ...], write: Callable[[], HttpResponse], keep: str = ASK_AGAIN
) -> HttpResponseBase:
    """304 to whoever has the page that `write` would write, else that page."""
    etag = tag(request, *parts)
    same = None if get_messages(request) else get_conditional_response(request, etag=etag)
    response: HttpResponseBase = write() if same is None else same
    response.headers["ETag"] = etag
    response.headers.setdefault("Cache-Control", keep)
    return response
