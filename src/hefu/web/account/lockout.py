"""Lockout: after too many wrong passwords for one address from one place, signing in waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axes.helpers import get_cool_off
from django.shortcuts import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

MINUTE = 60


def username(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """Whose password was tried."""
    tried = (credentials or {}).get("email") or (credentials or {}).get("username") or request.POST.get("login", "")
    return str(tried).strip().lower()


def locked(
    request: HttpRequest,
    response: HttpResponse | None = None,  # noqa: ARG001 - the library hands it over
    credentials: Mapping[str, Any] | None = None,  # noqa: ARG001 - as above
) -> HttpResponse:
    """The page that says so: what happened, and what to do next."""
    minutes = int(get_cool_off(request).total_seconds()) // MINUTE
    return render(request, "hefu/account/lockout.html", {"minutes": minutes}, status=429)
