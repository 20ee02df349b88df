"""/sitemap.xml: every public page, in files of ten thousand, so that a search engine need not search."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from django.db.models import Max
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from hefu.register.models import EntryRow
from hefu.register.search import newest
from hefu.web.public import fresh, schemes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

FILE = 10_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """The list of the files."""
    last = EntryRow.objects.aggregate(last=Max("id"))["last"] or 0
    files = range(last // FILE + 1)

    def write() -> HttpResponse:
        places = [reverse("public:sitemap-pages"), *(reverse("public:sitemap-part", args=[one]) for one in files)]
        return _answer(_set("sitemapindex", "sitemap", ((request.build_absolute_uri(place), None) for place in places)))

    return fresh.answer(request, ("sitemap", last), write, fresh.MINUTE)


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """The pages that are not entries."""
    places = [reverse(f"public:{name}") for name in ("home", "rules", "announcements", "complain")]
    rules = {(one.scheme.id, one.scheme.version) for one in schemes.offered()}
    places += [reverse("public:rules-of", args=pair) for pair in sorted(rules)]
    return _answer(_set("urlset", "url", ((request.build_absolute_uri(place), None) for place in places)))


@require_safe
def part(request: HttpRequest, number: int) -> HttpResponseBase:
    """Ten thousand entries."""
    rows = EntryRow.objects.filter(id__gte=number * FILE, id__lt=(number + 1) * FILE).order_by("id")

    def write() -> HttpResponse:
        held = [(_here(request, public), moved) for public, moved in rows.values_list("public", "moved")]
        if not held and number:
            raise Http404
        return _answer(_set("urlset", "url", held))

    return fresh.answer(request, ("sitemap", number, newest()), write, fresh.MINUTE)


def _here(request: HttpRequest, public: str) -> str:
    return request.build_absolute_uri(reverse("public:entry", args=[public]))


def _set(name: str, each: str, places: Iterable[tuple[str, datetime | None]]) -> str:
    lines = [
        f"<{each}><loc>{escape(place)}</loc>{f'<lastmod>{moved.isoformat()}</lastmod>' if moved else ''}</{each}>"
        for place, moved in places
    ]
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{name} xmlns="{NAMESPACE}">{"".join(lines)}</{name}>\n'


def _answer(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
