"""Who operates the installation. For everybody else these pages do not exist."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.http import Http404

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    P = ParamSpec("P")
    View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def is_operator(request: HttpRequest) -> bool:
    """Whether whoever asks is an operator."""
    return request.user.is_authenticated and request.user.is_active and request.user.operator


def operators_only(view: View[P]) -> View[P]:
    """A page for operators: 404 for everybody else, signed in or not."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **more: P.kwargs) -> HttpResponse:
        if not is_operator(request):
            raise Http404
        return view(request, *args, **more)

    return guarded
