"""The pages of a dossier: overview, items, people, journal, one case. All draw the same value (page.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hefu.dossiers.export import export
from hefu.web.door import enter
from hefu.web.dossier.act import shell
from hefu.web.dossier.page import page
from hefu.web.papers.listing import papers

if TYPE_CHECKING:
    from django.http import HttpRequest

PAGE = 100
"""Lines of the journal on one page."""
TABS = {
    "overview": _("Overview"),
    "answers": _("Sheets"),
    "items": _("Items"),
    "people": _("People"),
    "papers": _("Papers"),
    "journal": _("Journal"),
}


@login_required
@require_safe
def tab(request: HttpRequest, dossier: str, shown: str = "overview") -> HttpResponse:
    """One of the pages of a dossier."""
    if shown not in TABS:
        raise Http404
    value = page(enter(request, dossier))
    counts = {
        "items": len(value.items), "people": len(value.people.everybody),
        "journal": len(value.told),
    }  # fmt: skip
    tabs = [(name, title, counts.get(name)) for name, title in TABS.items()]
    context = {
        "page": value, "door": value.door, "scheme": value.door.scheme, "tab": shown, "tabs": tabs,
        "shell": shell(value.door),
    }  # fmt: skip
    if shown == "papers":
        context["papers"] = papers(value.door)
    if shown == "journal":
        context["lines"] = Paginator(value.told, PAGE).get_page(request.GET.get("page"))
    return render(request, f"hefu/dossier/{shown}.html", context)


@login_required
@require_safe
def exported(request: HttpRequest, dossier: str) -> HttpResponse:
    """The whole dossier as a scenario that `hefu replay` runs again; for the body's own people."""
    door = enter(request, dossier)
    if not door.inside:
        raise Http404
    response = HttpResponse(export(door.store, dossier), content_type="application/yaml; charset=utf-8")
    name = f"{door.row.title or dossier}.yaml"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response
