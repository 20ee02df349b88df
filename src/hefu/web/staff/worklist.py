"""The work list: everything that waits for somebody, by due day, with counters that narrow it and views to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from hefu.web.staff import beside, choices, pages
from hefu.web.staff.lines import lines
from hefu.web.staff.mine import mine, of_a_body
from hefu.web.staff.models import NAME, SavedView
from hefu.web.staff.waiting import Asked, asked, counts, narrowed, page_of, waiting

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    from hefu.web.staff.mine import Mine

LENGTH = 25
"""Lines on a page."""
COUNTERS: dict[str, tuple[_StrPromise, str, str]] = {
    "overdue": (gettext_lazy("overdue"), "alert", "late"),
    "today": (gettext_lazy("due today"), "clock", "soon"),
    "week": (gettext_lazy("due this week"), "", ""),
    "paused": (gettext_lazy("stopped"), "pause", ""),
    "duties": (gettext_lazy("duties"), "flag", ""),
    "none": (gettext_lazy("without a limit"), "", ""),
}
"""What is counted above the list: its word, its icon and how it looks when there is any."""
ORDERS: dict[str, _StrPromise] = {
    "due": gettext_lazy("by due day"),
    "since": gettext_lazy("longest waiting first"),
    "number": gettext_lazy("by number"),
}


class Counter(NamedTuple):
    """One counter, and the list that it leads to; the present one leads back to everything."""

    number: int
    title: _StrPromise
    icon: str
    look: str
    href: str
    current: bool


@of_a_body
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """The list of one person."""
    known, wanted = mine(request), asked(request.GET)
    within = narrowed(waiting(known), wanted._replace(due="later" if wanted.due == "later" else ""), known)
    counted = counts(within, known.on)
    number = counted[wanted.due] if wanted.due in COUNTERS else counted["all"]
    page = pages.known(request, number, LENGTH)
    found = narrowed(waiting(known), wanted, known)
    rows = page_of(found, wanted, page.start_index() - 1, page.end_index()) if number else []
    views = list(SavedView.objects.filter(account=known.account).order_by("name"))
    return render(request, "hefu/staff/work.html", {
        "mine": known, "today": known.on, "asked": wanted, "page": page, "lines": lines(rows, known.on),
        "counted": counted, "counters": _counters(wanted, counted), "orders": ORDERS, "views": views,
        "present": _present(wanted, views), "query": urlencode(wanted.words()), **_filters(known, wanted),
        "week": beside.week(known), "refused": beside.refused(known),
    })  # fmt: skip


def _filters(known: Mine, wanted: Asked) -> dict[str, list[choices.Choice]]:
    return {
        "schemes": choices.schemes(known),
        "roles": choices.roles(known),
        "processes": choices.processes(known, wanted.scheme),
        "states": choices.states(known, wanted.scheme, wanted.process) if wanted.process else [],
    }


def _counters(wanted: Asked, counted: dict[str, int]) -> list[Counter]:
    found = []
    for name, (title, icon, look) in COUNTERS.items():
        current = wanted.due == name
        href = f"?{urlencode(wanted._replace(due='' if current else name).words())}"
        found.append(Counter(counted[name], title, icon, look if counted[name] else "", href, current))
    return found


def _present(wanted: Asked, views: list[SavedView]) -> SavedView | None:
    """The kept view that is shown, if it is one."""
    return next((view for view in views if asked(QueryDict(view.query)) == wanted), None)


@of_a_body
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a view under a name; the same name again replaces it."""
    known = mine(request)
    name = _name(request)
    query = urlencode(asked(QueryDict(request.POST.get("query", ""))).words())
    if name:
        SavedView.objects.update_or_create(account=known.account, name=name, defaults={"query": query})
        messages.success(request, _("The view “%(name)s” is kept; only you see it.") % {"name": name})
    else:
        messages.error(request, _("The view was not kept, because it has no name. Give it one."))
    return redirect(f"{reverse('staff:work')}?{query}")


@of_a_body
@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Give one of one's own views another name; without a name, forget it."""
    own = SavedView.objects.filter(account=mine(request).account)
    view = own.filter(pk=number).first()
    if view is None:
        raise Http404
    if "name" not in request.POST:
        view.delete()
        said = _("The view “%(name)s” is forgotten. The list is still the same: keep it again, if you want it back.")
        messages.success(request, said % {"name": view.name})
        return redirect(f"{reverse('staff:work')}?{view.query}")
    name = _name(request)
    if not name:
        messages.error(request, _("The view keeps its name, because no other was given."))
    elif own.filter(name=name).exclude(pk=number).exists():
        messages.error(request, _("There is another view named “%(name)s”. Choose another name.") % {"name": name})
    else:
        own.filter(pk=number).update(name=name)
        messages.success(request, _("The view is now named “%(name)s”.") % {"name": name})
    return redirect(f"{reverse('staff:work')}?{view.query}")


def _name(request: HttpRequest) -> str:
    return " ".join(request.POST.get("name", "").split())[:NAME]
