"""A page with every component of the shell, in tests only: the product has no such page."""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import path

from hefu.rules.dossier import ClockRun
from hefu.rules.load import Library, load
from hefu.rules.time import Stop
from hefu.site import urls
from hefu.web.errors import page, stale_form

if TYPE_CHECKING:
    from django.http import HttpRequest

TODAY = date(2026, 11, 20)
SOURCE = """
{% extends "hefu/shell/staff.html" %}
{% block title %}Components{% endblock %}
{% block crumbs %}{% include "hefu/parts/crumbs.html" with crumbs=crumbs %}{% endblock %}
{% block h1 %}Components{% endblock %}
{% block lead %}<p>Every one of them</p>{% endblock %}
{% block content %}
<div class="stack">
{% include "hefu/parts/errors.html" with errors=errors %}
<section class="panel"><header><h2>Clauses</h2></header><div class="body">
  <p>{% clauses clauses scheme %} {% bare_clauses clauses scheme %} {% setting "validity_ends_day_before" scheme %}</p>
</div></section>
<section class="panel"><header><h2>Badges</h2></header><div class="body row">
  {% for state in states %}{% status state.id state.title %} {% endfor %}
  {% for state in work %}{% state state.title state.outcome %} {% endfor %}
  {% badge "is-late" "alert" "late" %}
</div></section>
<section class="panel"><header><h2>Clocks</h2></header><div class="clocks">
  {% for run in runs %}{% clock run scheme today %}{% endfor %}
</div><div class="body">{% for run in runs %}{% clock_bar run scheme today %}{% endfor %}</div></section>
<section class="panel"><header><h2>Facts</h2></header><div class="body">
  {% include "hefu/parts/facts.html" with facts=facts %}{% include "hefu/parts/facts.html" with facts=facts rows=True %}
</div></section>
{% pager page_of_many %}
<section class="panel"><header><h2>Nothing</h2></header>
{% include "hefu/parts/empty.html" with title="Nothing here" text="Come back later" href="/" label="Start" %}
</section>
{% include "hefu/parts/confirm.html" with title="Sure?" text="It is final." action="/" label="Do it" back="/" %}
<p><label for="first">First</label> <input class="in" id="first"></p>
</div>
{% endblock %}
"""

PUBLIC = """
{% extends "hefu/shell/public.html" %}
{% block title %}Public{% endblock %}
{% block h1 %}Public{% endblock %}
{% block content %}<p>{% clauses clauses scheme %}</p>{% endblock %}
"""
SURE = {"title": "Sure?", "text": "It is final.", "action": "/", "label": "Do it", "back": "/"}


@cache
def _scheme() -> Any:  # noqa: ANN401 - a Scheme
    return load(Library().versions("nfcc-ir-000-01")[-1])


def _runs() -> list[ClockRun]:
    anchor, due = date(2026, 8, 3), date(2027, 1, 21)
    name = "certification"
    base = ClockRun(name, "initial-1", 1, anchor, anchor, due, due, "running", calendar="x")
    stop = Stop(date(2026, 9, 1), date(2026, 9, 20), "0:")
    return [
        base,
        base._replace(status="paused", stops=(stop, Stop(date(2026, 11, 13), None, "0:")), provisional=True),
        base._replace(status="breached", due=date(2026, 11, 3), latest=date(2026, 11, 3), stops=(stop,)),
        base._replace(due=TODAY, latest=date(2026, 12, 20)),
        base._replace(status="met", ended=date(2026, 10, 20)),
        base._replace(status="dropped", ended=date(2026, 10, 20)),
    ]


def components(request: HttpRequest) -> HttpResponse:
    """Every component once, and what the server says in each tone."""
    for say in (messages.info, messages.success, messages.warning, messages.error):
        say(request, "This is what the server says.")
    scheme = _scheme()
    values = {
        "scheme": scheme,
        "clauses": list(scheme.clauses)[40:44],
        "states": list(scheme.machines["certificate"].states.values()),
        "work": list(scheme.machines["initial"].states.values()),
        "runs": _runs(),
        "today": TODAY,
        "facts": [("Number", "NF1-2026-0112"), ("Since", TODAY), ("Empty", "")],
        "crumbs": [("Work", "/"), ("Dossiers", "/"), ("NF1-2026-0112", "")],
        "errors": [{"href": "#first", "message": "Fill in the first field"}, {"href": "", "message": "And another"}],
        "page_of_many": Paginator(range(300), 10).page(7),
    }
    return HttpResponse(engines["django"].from_string(SOURCE.strip()).render(values, request))


def public(request: HttpRequest) -> HttpResponse:
    """A page of the public side."""
    scheme = _scheme()
    values = {"scheme": scheme, "clauses": list(scheme.clauses)[40:60]}
    return HttpResponse(engines["django"].from_string(PUBLIC.strip()).render(values, request))


def sure(request: HttpRequest) -> HttpResponse:
    """The step before something that cannot be taken back."""
    return render(request, "hefu/shell/confirm.html", SURE)


urlpatterns = [
    *urls.urlpatterns,
    path("components/", components),
    path("public/", public),
    path("sure/", sure),
    path("stale-form/", stale_form),
    *(path(f"error-{code}/", partial(page, status=code)) for code in (400, 403, 404, 429, 500, 503)),
]
handler404 = urls.handler404
