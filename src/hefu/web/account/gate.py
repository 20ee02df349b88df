"""Gates: who opens which page of this part. What somebody may not see does not exist for them: 404."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404

from hefu.people.models import Account, Body
from hefu.people.seeing import bodies_of, may_manage
from hefu.web import moment
from hefu.web.door import person
from hefu.web.gate import only

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

P = ParamSpec("P")


def own(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page for whoever has signed in; others sign in first."""
    return login_required(view)


def administered(
    view: Callable[Concatenate[HttpRequest, Body, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A page of a body, for its administrators; the view is given the body for its slug."""

    @functools.wraps(view)
    def answer(request: HttpRequest, body: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not may_manage(person(request), body, moment.today()):
            raise Http404
        return view(request, Body.objects.get(pk=body), *args, **kwargs)

    return login_required(answer)


def operated(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page of the installation, for its operators."""
    return only(operates, view)


def operates(request: HttpRequest) -> bool:
    """Whether an operator asks."""
    return isinstance(request.user, Account) and request.user.operator


def works_somewhere(request: HttpRequest) -> bool:
    """Whether one of the people of some body asks."""
    user = request.user
    return isinstance(user, Account) and bool(bodies_of(user, moment.today()))
