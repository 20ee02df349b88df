"""The list of what somebody was told, the newest first, with its filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hefu.notices import inbox
from hefu.notices.signs import SIGNS
from hefu.web import moment
from hefu.web.door import person
from hefu.web.notices.shown import portal, shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LENGTH = 30
"""Notices on a page."""


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The list; `unread`, `kind` and `dossier` narrow it."""
    account = person(request)
    only_unread, kind = bool(request.GET.get("unread")), request.GET.get("kind", "")
    found = inbox.notices(account, only_unread=only_unread, kind=kind, dossier=request.GET.get("dossier", ""))
    page = Paginator(found, LENGTH).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": [shown(one) for one in inbox.with_dossiers(page)], "only_unread": only_unread,
        "kind": kind, "kinds": [(code, SIGNS[code]) for code in inbox.kinds(account)], "today": moment.today(),
        "portal": portal(account),
    }  # fmt: skip
    return render(request, "hefu/notices/list.html", context)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything is read."""
    inbox.mark_read(person(request), moment.now().at)
    return redirect("notices:list")
