"""One notice: what a mail links to. Opening its dossier marks it as read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hefu.notices import inbox
from hefu.web import moment
from hefu.web.door import person
from hefu.web.notices.shown import Shown, portal, shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_safe
def notice(request: HttpRequest, number: int) -> HttpResponse:
    """The notice with its clauses."""
    account = person(request)
    context = {"row": _mine(request, number), "today": moment.today(), "portal": portal(account)}
    return render(request, "hefu/notices/notice.html", context)


@login_required
@require_POST
def open_notice(request: HttpRequest, number: int) -> HttpResponse:
    """It is read; on to its dossier."""
    row = _mine(request, number)
    inbox.mark_read(person(request), moment.now().at, number)
    return redirect("dossier:page", row.notice.dossier)


@login_required
@require_POST
def read_notice(request: HttpRequest, number: int) -> HttpResponse:
    """It is read; back to the list."""
    _mine(request, number)
    inbox.mark_read(person(request), moment.now().at, number)
    return redirect("notices:list")


def _mine(request: HttpRequest, number: int) -> Shown:
    """A notice of the one who asks. Raises Http404: another's is not there."""
    row = inbox.notices(person(request)).filter(pk=number).first()
    if row is None:
        raise Http404
    return shown(inbox.with_dossiers([row])[0])
