"""Acts of a single button: done, or refused, and told at the head of the next page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest


def told(request: HttpRequest, act: Callable[[], object], done: str = "") -> bool:
    """Whether an act was done; a refusal is told in its own words."""
    try:
        act()
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
        return False
    if done:
        messages.success(request, done)
    return True
