"""The bell in the head of every page: how much somebody has not read. One query, and only where it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hefu.notices.inbox import unread
from hefu.web import nav

if TYPE_CHECKING:
    from django.http import HttpRequest


def bell(request: HttpRequest) -> dict[str, Any]:
    """A context processor: `unread_notices` is a text such as 3 or 99+, empty for none."""
    return {"unread_notices": lambda: _shown(request)}


def _shown(request: HttpRequest) -> str:
    if not request.user.is_authenticated:
        return ""
    return nav.told(unread(request.user, nav.MOST))
