"""The shortest way to what programs ask for most: /c/….json, answered before everything that knows a reader.

The answer is that of record.py, which Django's view gives too, under the headers that every page has. Sessions,
languages, accounts and the choice among all addresses are left out, because it needs none of them. Whatever is anything
else, or does not succeed here, goes to Django as if this were not there, and gets its pages: redirects, refusals, 404,
503.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

from hefu.web.public.record import ENDING, HEADERS, STATUS, TAG, reply
from hefu.web.security import SecurityHeadersMiddleware

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest

    Environ = dict[str, Any]
    Start = Callable[..., Any]
    Application = Callable[[Environ, Start], Iterable[bytes]]

ADDRESS = re.compile(rf"/c/([-a-zA-Z0-9_]+){re.escape(ENDING)}")
"""That of urls.py."""
LINES = {kind: f"{status.value} {status.phrase}" for kind, status in STATUS.items()}
"""The status of each kind of answer, as WSGI has it."""
GATES = 100
"""Names of the site that are remembered."""


class Gate(NamedTuple):
    """Where somebody has come in: the site as they name it, and the headers of each kind of answer there.

    Only the tag and the length are another each time.
    """

    site: str
    headers: dict[str, list[tuple[str, str]]]


class Direct:
    """A WSGI application before another one."""

    def __init__(self, rest: Application) -> None:
        self.rest = rest
        self._gates: dict[tuple[str, str, str], Gate] = {}

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer, or have it answered."""
        asked = ADDRESS.fullmatch(environ["PATH_INFO"])
        if asked is None or environ["REQUEST_METHOD"] != "GET" or environ.get("SCRIPT_NAME"):
            return self.rest(environ, start)
        try:
            gate = self._gate(environ)
            found = reply(asked[1], f"{gate.site}/c/{asked[1]}/", environ) if gate else None
        except Exception:  # noqa: BLE001 - it happens again in Django, which says so to the reader and to the log
            gate = found = None
        if gate is None or found is None:
            return self.rest(environ, start)
        own = ("ETag", TAG % found.hash), ("Content-Length", str(len(found.body)))
        start(LINES[found.kind], [*gate.headers[found.kind], *own])
        return [found.body]

    def _gate(self, environ: Environ) -> Gate | None:
        """What the parts that look after every request say to this one; nothing where they do not let it pass."""
        key = (environ.get("HTTP_HOST", ""), environ["wsgi.url_scheme"], environ.get("HTTP_X_FORWARDED_PROTO", ""))
        if key in self._gates:
            return self._gates[key]
        request = WSGIRequest(environ)
        security, framing = SecurityMiddleware(_empty), XFrameOptionsMiddleware(_empty)
        if security.process_request(request) is not None:
            return None
        secured = security.process_response(request, framing.process_response(request, _empty(request)))
        response = SecurityHeadersMiddleware(lambda _: secured)(request)
        del response.headers["Content-Type"]
        if len(self._gates) >= GATES:
            self._gates.clear()
        site, every = request.build_absolute_uri("/").removesuffix("/"), dict(response.items())
        # What an answer says itself goes before what every page says.
        self._gates[key] = Gate(site, {kind: [*{**every, **dict(own)}.items()] for kind, own in HEADERS.items()})
        return self._gates[key]


def _empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()
