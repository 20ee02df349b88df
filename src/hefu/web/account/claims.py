"""The organisations of the installation, for its operators: whose claims nobody has confirmed yet come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.utils.translation import gettext

from hefu.people.models import Employment, Organisation
from hefu.people.ties import holding
from hefu.web import moment
from hefu.web.account.gate import operated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

PAGE = 50


@operated
def claims(request: HttpRequest) -> HttpResponse:
    """Find an organisation by a part of its name or code."""
    asked = request.GET.get("q", "").strip()
    found = Organisation.objects.order_by("proven", "name", "pk")
    if asked:
        found = found.filter(Q(name__icontains=asked) | Q(name_en__icontains=asked) | Q(uscc__icontains=asked))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    names = acting(page.object_list)
    context = {
        "rows": [(item, names.get(item.pk, [])) for item in page],
        "page": page,
        "asked": asked,
        "portal": "operator",
        "heading": gettext("Organisations"),
        "lead": gettext("Whoever registers a code claims it. Confirm it once you have seen that they act for it."),
    }
    return render(request, "hefu/account/claims.html", context)


def acting(organisations: Iterable[Organisation]) -> dict[int, list[str]]:
    """The names of those who act for each of some organisations today."""
    ties = Employment.objects.filter(holding(moment.today()), organisation__in=list(organisations))
    found: dict[int, list[str]] = {}
    for organisation, name in ties.order_by("-manager", "since").values_list("organisation", "account__name"):
        found.setdefault(organisation, []).append(name)
    return found
