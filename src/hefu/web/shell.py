"""What every page knows: language, theme, whose page it is. A context processor, and the words under one's own name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from hefu.web.once import once
from hefu.web.theme import THEMES, chosen

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest


class Desk(NamedTuple):
    """Where somebody works at the moment: the body's name for the head of the page, and their roles there."""

    body: str = ""
    roles: str = ""


_told_by: list[Callable[[HttpRequest], Desk]] = []


def told_by(function: Callable[[HttpRequest], Desk]) -> None:
    """Let a function say where somebody works; the slice that knows registers it when it starts."""
    _told_by[:] = [function]


@once
def desk(request: HttpRequest) -> Desk:
    """Where somebody works; nowhere in particular before a slice has said how to tell."""
    return _told_by[0](request) if _told_by else Desk()


_search: list[tuple[str, Callable[[HttpRequest], bool]]] = []


def search_at(url: str, seen_by: Callable[[HttpRequest], bool]) -> None:
    """Let the box in the head of the staff's pages search at an address (by name, with `q`), for whoever may."""
    _search[:] = [(url, seen_by)]


def _search_url(request: HttpRequest) -> str:
    return reverse(_search[0][0]) if _search and _search[0][1](request) else ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """The variables of the skeleton."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "language": language,
        "html_language": "en" if language == "en" else "zh-Hans",
        "languages": [(code, name) for code, name in settings.LANGUAGES],
        "theme": chosen(request),
        "themes": THEMES,
        "desk": lambda: desk(request),
        "search_url": lambda: _search_url(request),
    }
