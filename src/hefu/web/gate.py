"""A gate: a page for those whom a question lets in. What somebody may not see does not exist for them: 404."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_required
from django.http import Http404

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

P = ParamSpec("P")
R = TypeVar("R", bound="HttpResponseBase")


def only(allowed: Callable[[HttpRequest], bool], view: Callable[Concatenate[HttpRequest, P], R]) -> Callable[..., R]:
    """The view for those who have signed in and whom `allowed` lets in; others sign in first."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> R:
        if not allowed(request):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(answer)
