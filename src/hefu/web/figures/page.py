"""The page of figures: the dossiers that somebody sees, counted; each number leads to its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hefu.web.figures import charts, counted
from hefu.web.figures.asked import PERIODS, asked
from hefu.web.figures.refused import refused
from hefu.web.figures.sheet import sheet
from hefu.web.staff import choices
from hefu.web.staff.mine import mine, of_a_body
from hefu.web.words import english

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest

    from hefu.web.figures.asked import Asked
    from hefu.web.figures.counted import Kept, Month
    from hefu.web.staff.mine import Mine

SHOWN = 7
"""Limits in the table, the worst kept first; the others stand in the table behind it."""


@of_a_body
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """All figures; the number of queries does not depend on what they count."""
    return render(request, "hefu/figures/figures.html", _figures(request))


@of_a_body
@require_safe
def exported(request: HttpRequest) -> HttpResponse:
    """The same figures as a sheet, for the period and scheme that the page shows."""
    context = _figures(request)
    wanted: Asked = context["asked"]
    found = HttpResponse(sheet(context), content_type="text/csv; charset=utf-8")
    found["Content-Disposition"] = f'attachment; filename="figures-{wanted.first}-{wanted.last}.csv"'
    return found


def _figures(request: HttpRequest) -> dict[str, Any]:
    known = mine(request)
    wanted = asked(request.GET, known)
    context: dict[str, Any] = {
        "asked": wanted, "periods": PERIODS, "schemes": choices.schemes(known), "today": known.on,
        "limits": counted.limits(known, wanted), "stages": counted.stages(known, wanted),
        "decisions": counted.decisions(known, wanted), **_certificates(known, wanted), **_kept(known, wanted),
        **_loads(known, wanted), "refused": refused(known, wanted),
    }  # fmt: skip
    context["refused_number"] = sum(act.number for act in context["refused"])
    context["open"] = sum(group.number for group in context["stages"])
    context["decided"] = sum(group.number for group in context["decisions"])
    context["empty"] = not (context["stages"] or context["certificates"] or context["decisions"])
    return context


def _certificates(known: Mine, wanted: Asked) -> dict[str, Any]:
    parts, months = counted.certificates(known, wanted), counted.expiring(known, wanted)
    expiring = sum(month.number for month in months)
    return {
        "certificates": parts, "all_certificates": sum(part.number for part in parts),
        "in_force": next((part for part in parts if part.key == "valid"), None),
        "band": charts.band(parts) if parts else [], "months": months, "expiring": expiring,
        "until": counted.until(known.on),
        "month_chart": charts.months(months, [_label(month) for month in months]) if expiring else None,
    }  # fmt: skip


def _label(month: Month) -> str:
    return f"{month.first:%b}" if english() else f"{month.first.month}月"


def _kept(known: Mine, wanted: Asked) -> dict[str, Any]:
    found = counted.ended(known, wanted)
    chosen = _chosen(found, wanted)
    chart, rows = None, list[tuple[str, int]]()
    if chosen is not None:
        limit = _("limit %(days)d") % {"days": chosen.limit} if chosen.limit is not None else ""
        chart, rows = charts.spread(chosen, _("median %(days)d") % {"days": chosen.median}, limit)
    number, late = sum(one.number for one in found), sum(one.late for one in found)
    watched = [one for one in found if counted.of_surveillance(one)]
    return {
        "kept": found[:SHOWN], "all_kept": found, "chosen": chosen, "chart": chart, "chart_rows": rows,
        "on_time": round(100 * (number - late) / number, 1) if number else None,
        "surveillance": watched, "surveillance_number": sum(one.number for one in watched),
        "surveillance_late": sum(one.late for one in watched),
    }  # fmt: skip


def _chosen(found: list[Kept], wanted: Asked) -> Kept | None:
    """The limit whose days are drawn: the one asked for, else that of a process that varies most."""
    asked_for = next((one for one in found if one.name == wanted.limit), None)
    within = [one for one in found if one.law.machines[one.clock.machine].kind == "process"] or found
    return asked_for or max(within, key=lambda one: (len(one.spread), one.number), default=None)


def _loads(known: Mine, wanted: Asked) -> dict[str, Any]:
    found = counted.loads(known, wanted)
    return {"loads": found, "load_chart": charts.loads(found) if found else None}
