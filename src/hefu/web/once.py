"""What is asked of the database once a request, however many parts of a page want to know it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    Found = TypeVar("Found")


def once(find: Callable[[HttpRequest], Found]) -> Callable[[HttpRequest], Found]:
    """A function of a request that remembers its answer with the request."""
    name = f"_hefu_{find.__module__}.{find.__qualname__}"

    @functools.wraps(find)
    def found(request: HttpRequest) -> Found:
        if name not in request.__dict__:
            request.__dict__[name] = find(request)
        answer: Found = request.__dict__[name]
        return answer

    return found
