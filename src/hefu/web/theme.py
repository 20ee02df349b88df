"""Light, dark, or as the system has it: kept in a cookie, changed by a form without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from hefu.web.back import back

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

COOKIE = "theme"
YEAR = 365 * 24 * 3600
THEMES = (("auto", _("As the system")), ("light", _("Light")), ("dark", _("Dark")))


def chosen(request: HttpRequest) -> str:
    """The theme of a page: `auto`, `light` or `dark`."""
    kept = request.COOKIES.get(COOKIE, "")
    return kept if kept in ("light", "dark") else "auto"


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep a theme and go back to the page."""
    response = back(request)
    theme = request.POST.get("theme", "")
    if theme in ("light", "dark"):
        response.set_cookie(COOKIE, theme, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
