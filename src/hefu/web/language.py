"""The language of a page: what this browser was told, else what the person prefers, else Chinese.

The browser's own preference is not asked: a body works in Chinese, and many a browser in China says English.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST

from hefu.web.back import back

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

YEAR = 365 * 24 * 3600


def known(code: str) -> bool:
    """Whether the product speaks a language."""
    return code in dict(settings.LANGUAGES)


def chosen(request: HttpRequest) -> str:
    """The language for a request; somebody who has not signed in costs no look into the database."""
    told = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if known(told):
        return told
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        preferred = request.user.language
        if known(preferred):
            return preferred
    return settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Every page in the language of its reader; stands after the accounts are known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = chosen(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        if "Content-Language" not in response.headers:  # a view that says it is the same for every reader
            patch_vary_headers(response, ("Cookie",))
            response.headers["Content-Language"] = language
        return response


def remember(request: HttpRequest, response: HttpResponse, code: str) -> None:
    """Let this browser keep a language."""
    secure = request.is_secure()
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, samesite="Lax", secure=secure, httponly=True)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep a language, on this browser and for the person, and go back to the page."""
    response = back(request)
    code = request.POST.get("language", "")
    if known(code):
        remember(request, response, code)
        if request.user.is_authenticated and request.user.language != code:
            request.user.language = code
            request.user.save(update_fields=["language"])
    return response
