"""Where somebody goes first: the place where their own work waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.urls import reverse

from hefu.web.operator.door import is_operator
from hefu.web.staff.mine import works_here

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """To the work list of a body's people, the operation of an operator, the own dossiers of everybody else."""
    if works_here(request):
        return HttpResponseRedirect(reverse("staff:work"))
    return HttpResponseRedirect(reverse("operator:page" if is_operator(request) else "client:home"))
