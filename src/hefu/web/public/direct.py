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

from hefu.web.public.record import ENDING, reply
from hefu.web.security import SecurityHeadersMiddleware

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest

    from hefu.web.public.record import Reply

    Environ = dict[str, Any]
    Start = Callable[..., Any]
    Application = Callable[[Environ, Start], Iterable[bytes]]

ADDRESS = re.compile(rf"/c/([-a-zA-Z0-9_]+){re.escape(ENDING)}")
"""That of urls.py."""
GATES = 100
"""Names of the site that are remembered."""


class Gate(NamedTuple):
    """Where somebody has come in: the site as they name it, and the headers of every page there."""

    site: str
    headers: dict[str, str]


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
        start(f"{found.status.value} {found.status.phrase}", _headers(gate, found))
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
        self._gates[key] = Gate(request.build_absolute_uri("/").removesuffix("/"), dict(response.items()))
        return self._gates[key]


def _headers(gate: Gate, found: Reply) -> list[tuple[str, str]]:
    """All headers; those of the answer go before those of every page."""
    return [*{**gate.headers, **dict(found.headers), "Content-Length": str(len(found.body))}.items()]


def _empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()
