"""Signing in, where an identity provider may be elsewhere: the browser may send our form on to it, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from allauth.account import views
from allauth.socialaccount.views import connections as own_connections
from django.conf import settings

from hefu.web.security import SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


def _elsewhere(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page whose forms may lead to the identity provider that the operator has named."""

    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if settings.HEFU_OIDC_URL:
            parts = urlsplit(settings.HEFU_OIDC_URL)
            allowed = {**SOURCES, "form-action": f"'self' {parts.scheme}://{parts.netloc}"}
            response.headers["Content-Security-Policy"] = "; ".join(f"{key} {value}" for key, value in allowed.items())
        return response

    return answer


sign_in = _elsewhere(views.login)
sign_up = _elsewhere(views.signup)
connections = _elsewhere(own_connections)
