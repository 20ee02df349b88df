"""The pages that say what went wrong: what happened, and what to do next, in the reader's language.

They ask the database for nothing, because it may be what does not answer. 500 and 503 stand on the bare shell.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from django.http import HttpRequest

AGAIN = 60
"""Seconds after which a 503 may be tried again."""


def page(request: HttpRequest, status: int) -> HttpResponse:
    """The page of a status."""
    text = render_to_string(f"hefu/errors/{status}.html", {"status": status}, request)
    return HttpResponse(text, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """400: the request cannot be read."""
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """403: known, and refused."""
    return page(request, 403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """403 of a form whose secret is not, or no longer, right."""
    return HttpResponse(render_to_string("hefu/errors/stale-form.html", {"status": 403}, request), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """404: not there, or not for this person."""
    return page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """500, or 503 where it is the database that does not answer."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        response = page(request, 503)
        response.headers["Retry-After"] = str(AGAIN)
        return response
    return page(request, 500)
