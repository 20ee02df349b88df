"""What an operator can ask for: a round now, and one more try of what has failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hefu.jobs import asking
from hefu.jobs.rounds import KINDS
from hefu.web import moment
from hefu.web.door import person
from hefu.web.operator.door import operators_only

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@operators_only
@require_POST
def round_now(request: HttpRequest) -> HttpResponse:
    """A round over all dossiers, as soon as a worker is free."""
    kind = request.POST.get("kind", "")
    if kind not in KINDS:
        raise Http404
    asking.start_round(asking.jobs(), kind, moment.now(), person(request).key)
    messages.success(request, _("It begins as soon as a worker is free; you can follow it here."))
    return redirect("operator:page")


@operators_only
@require_POST
def send_now(request: HttpRequest, dossier: str, number: int) -> HttpResponse:
    """One more try of a parcel that failed."""
    return _told(request, done=asking.send_now(dossier, number))


@operators_only
@require_POST
def mail_again(request: HttpRequest, notice: int) -> HttpResponse:
    """One more try of a mail that was given up."""
    return _told(request, done=asking.mail_again(asking.jobs(), notice, moment.now().at))


@operators_only
@require_POST
def job_again(request: HttpRequest) -> HttpResponse:
    """A job from its beginning; what it has done already it finds done."""
    return _told(request, done=asking.jobs().again(request.POST.get("key", "")))


def _told(request: HttpRequest, *, done: bool) -> HttpResponse:
    if done:
        messages.success(request, _("It is tried again now."))
    else:
        messages.info(request, _("There was nothing to try again: it has been done meanwhile."))
    return redirect("operator:page")
