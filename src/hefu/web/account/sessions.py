"""One's sessions: where one is signed in, and signing out there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from hefu.web.account import presence
from hefu.web.account.devices import told
from hefu.web.account.gate import own
from hefu.web.account.presence import NOWHERE, living
from hefu.web.door import person

if TYPE_CHECKING:
    from datetime import datetime

    from allauth.usersessions.models import UserSession
    from django.http import HttpRequest, HttpResponse


class Row(NamedTuple):
    """One session; `here` is the one in which the page is read."""

    number: int
    device: str
    network: str
    since: datetime
    seen: datetime
    here: bool


@own
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    rows = [_row(request, row) for row in living(person(request))]
    context = {
        "rows": sorted(rows, key=lambda row: not row.here),
        "others": sum(not row.here for row in rows),
        "heading": gettext("Where you are signed in"),
    }
    return render(request, "hefu/account/sessions.html", context)


@own
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """Sign out in one other browser; asked first."""
    row = next((row for row in living(person(request)) if row.pk == number), None)
    if row is None or row.session_key == request.session.session_key:
        raise Http404
    if request.method == "POST":
        row.end()
        messages.success(request, gettext("Signed out there."))
        return redirect("account:sessions")
    context = {"row": _row(request, row), "heading": gettext("Sign out there?")}
    return render(request, "hefu/account/sign-out.html", context)


@own
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here; asked first."""
    account, here = person(request), request.session.session_key
    if request.method == "POST":
        number = presence.end_sessions(account, here)
        text = ngettext("Signed out in %(number)s other place.", "Signed out in %(number)s other places.", number)
        messages.success(request, text % {"number": number})
        return redirect("account:sessions")
    others = [_row(request, row) for row in living(account) if row.session_key != here]
    context = {"others": others, "heading": gettext("Sign out everywhere else?")}
    return render(request, "hefu/account/sign-out.html", context)


def _row(request: HttpRequest, row: UserSession) -> Row:
    here = row.session_key == request.session.session_key
    return Row(row.pk, told(row.user_agent), _shown(row.ip), row.created_at, row.last_seen_at, here)


def _shown(network: str) -> str:
    """A network as it is shown: what has been left out stands as an x."""
    if network == NOWHERE:
        return ""
    return f"{network.rpartition('.')[0]}.x" if "." in network else f"{network.removesuffix('::')}:x"
