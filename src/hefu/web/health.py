"""Whether the process answers (/healthz) and can work (/readyz); what robots and browsers ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.cache import never_cache

if TYPE_CHECKING:
    from django.http import HttpRequest

PLAIN = "text/plain; charset=utf-8"
ROBOTS = """User-agent: *
Disallow: /account/
Disallow: /home/
Disallow: /begin/
Disallow: /complain/status/
Disallow: /intake/
Disallow: /schemes/
Disallow: /*?

Sitemap: %s
"""
"""Searches and filtered lists begin at a question mark; every page that they lead to stands in the sitemap."""


@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers."""
    return HttpResponse("ok\n", content_type=PLAIN)


def lacking() -> int:
    """How many migrations the database still needs. Raises DatabaseError where it does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when work can be sent here; 503 with the reason otherwise."""
    try:
        missing = lacking()
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type=PLAIN)
    if missing:
        return HttpResponse(f"{missing} migrations are not applied\n", status=503, content_type=PLAIN)
    return HttpResponse("ready\n", content_type=PLAIN)


def robots(request: HttpRequest) -> HttpResponse:
    """What a search engine may read: the public side."""
    return HttpResponse(ROBOTS % request.build_absolute_uri("/sitemap.xml"), content_type=PLAIN)


def favicon(_request: HttpRequest) -> HttpResponseRedirect:
    """The mark, for whatever does not read the page's own link to it."""
    return HttpResponseRedirect(static("hefu/favicon.svg"))
