"""Every open duty of the dossiers that somebody sees: which act, on which ground, for whom, by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hefu.dossiers.work import DUTY
from hefu.web.staff import pages
from hefu.web.staff.choices import Choice, schemes
from hefu.web.staff.laws import newest, role_title
from hefu.web.staff.lines import lines
from hefu.web.staff.mine import mine, of_a_body
from hefu.web.staff.waiting import SORTS, dues, waiting
from hefu.web.staff.waiting import duties as every

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hefu.dossiers.models import WorkRow
    from hefu.web.staff.lines import Line
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
        "page": page, "lines": _offering(known, list(page)), "asked": wanted, "schemes": schemes(known),
        "roles": _roles(known, roles),
    })  # fmt: skip


def _offering(known: Mine, rows: list[WorkRow]) -> list[Line]:
    """The lines of the duties; an act is offered only where it waits for one of their own roles."""
    ours = waiting(known).filter(kind=DUTY, dossier_id__in={row.dossier_id for row in rows})
    theirs = set(ours.values_list("dossier_id", "key", "role"))
    return [
        line if (row.dossier_id, row.key, row.role) in theirs else line._replace(acts=[])
        for row, line in zip(rows, lines(rows, known.on), strict=True)
    ]


def _roles(known: Mine, held: list[tuple[str, str]]) -> list[Choice]:
    """The roles that have duties, whoever holds them."""
    found: dict[str, str] = {}
    for scheme, role in held:
        if scheme in known.schemes:
            found.setdefault(role, role_title(newest(scheme), role))
    return [Choice(*pair) for pair in found.items()]
