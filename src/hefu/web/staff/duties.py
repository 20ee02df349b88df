"""Every open duty of the dossiers that somebody sees: which act, on which ground, for whom, by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hefu.web.staff import pages
from hefu.web.staff.choices import Choice, schemes
from hefu.web.staff.laws import newest, role_title
from hefu.web.staff.lines import lines
from hefu.web.staff.mine import mine, of_a_body
from hefu.web.staff.waiting import SORTS, dues
from hefu.web.staff.waiting import duties as every

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hefu.web.staff.mine import Mine

LENGTH = 30
"""Lines on a page."""


class Asked(NamedTuple):
    """What the page was asked for."""

    scheme: str
    role: str
    due: str


@of_a_body
@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """The duties, the most urgent first."""
    known = mine(request)
    wanted = Asked(*(request.GET.get(name, "") for name in Asked._fields))
    found = every(known)
    roles = sorted(set(found.order_by().values_list("scheme", "role").distinct()))
    narrow = Q(due__lt=known.on) if wanted.due == "overdue" else dues(known.on).get(wanted.due, Q())
    for name in ("scheme", "role"):
        if value := getattr(wanted, name):
            narrow &= Q(**{name: value})
    rows = found.filter(narrow).select_related("dossier__subject").order_by(*SORTS["due"])
    page = pages.page(request, rows, LENGTH)
    return render(request, "hefu/staff/duties.html", {
        "page": page, "lines": lines(list(page), known.on), "asked": wanted, "schemes": schemes(known),
        "roles": _roles(known, roles),
    })  # fmt: skip


def _roles(known: Mine, held: list[tuple[str, str]]) -> list[Choice]:
    """The roles that have duties, whoever holds them."""
    found: dict[str, str] = {}
    for scheme, role in held:
        if scheme in known.schemes:
            found.setdefault(role, role_title(newest(scheme), role))
    return [Choice(*pair) for pair in found.items()]
