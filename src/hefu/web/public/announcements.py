"""/announcements/: what bodies have published, by scheme, kind and month; one announcement; a feed for each body."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape

from django.core.cache import caches
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hefu.people.models import Body
from hefu.register.models import EntryRow, StepRow
from hefu.register.project import clauses_of
from hefu.web.limits import limited
from hefu.web.public import answers, fresh, schemes
from hefu.web.public.objecting import objecting, states
from hefu.web.words import english, in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from hefu.rules.model import Action, Scheme
    from hefu.web.public.answers import Answer

PAGE, FEED = 20, 50
A_MINUTE = 60
LISTS = 60
"""Lists that one address may ask for in a minute."""
MONTH = re.compile(r"([1-9]\d{3})-(0[1-9]|1[0-2])")


class Said(NamedTuple):
    """An announcement: what it says, about what, and whether one may still object."""

    step: StepRow
    scheme: Scheme | None
    body: Body | None
    answers: list[Answer]
    clauses: list[str]
    objecting: Action | None
    number: str


@limited("announcements", per_minute=LISTS, methods=("GET",))
@require_safe
def announcements(request: HttpRequest) -> HttpResponse:
    """The list, the newest first."""
    asked, kinds = request.GET, _kinds()
    chosen = {name: asked.get(name, "") for name in ("body", "scheme", "kind")}
    found = published()
    for name, column in (("body", "body"), ("scheme", "scheme"), ("kind", "name")):
        if chosen[name]:
            found = found.filter(**{column: chosen[name]})
    month = MONTH.fullmatch(asked.get("month", ""))
    if month:
        first = date(int(month[1]), int(month[2]), 1)
        found = found.filter(on__gte=first, on__lt=_next(first))
    page = Paginator(found, PAGE).get_page(asked.get("page"))
    bodies = schemes.bodies()
    context = {
        "page": page, "rows": said(page, bodies), "bodies": bodies.values(), "chosen": chosen,
        "month": month[0] if month else "", "schemes": _schemes(kinds), "kinds": _titles(kinds),
        "filtered": bool(asked),
        "public_name": schemes.name_of(next(iter(bodies.values()))) if len(bodies) == 1 else "",
    }  # fmt: skip
    response = render(request, "hefu/public/announcements.html", context)
    if asked:
        response.headers["X-Robots-Tag"] = "noindex, follow"
    response.headers["Cache-Control"] = fresh.ASK_AGAIN
    return response


@require_safe
def announcement(request: HttpRequest, public: str) -> HttpResponseBase:
    """One announcement, at an address of its own."""
    step = get_object_or_404(published(), public=public)
    (one,) = said([step], schemes.bodies([step.body]))
    here = request.build_absolute_uri(reverse("public:announcement", args=[public]))
    parts = ("announcement", step.public, step.at, one.objecting is not None, one.number)
    context = {"said": one, "here": here, "public_name": schemes.name_of(one.body)}
    return fresh.answer(request, parts, lambda: render(request, "hefu/public/announcement.html", context))


@require_safe
def feed(request: HttpRequest, body: str) -> HttpResponseBase:
    """A body's announcements as Atom (RFC 4287)."""
    owner = get_object_or_404(Body, pk=body)
    steps = list(published().filter(body=body)[:FEED])
    newest = max((step.at for step in steps), default=None)

    def write() -> HttpResponse:
        return HttpResponse(_atom(request, owner, steps), content_type="application/atom+xml; charset=utf-8")

    return fresh.answer(request, ("feed", body, newest, len(steps)), write, fresh.MINUTE)


def published() -> QuerySet[StepRow]:
    """Every announcement, the newest first."""
    return StepRow.objects.exclude(name="").order_by("-on", "-id")


def said(steps: Iterable[StepRow], bodies: Mapping[str, Body]) -> list[Said]:
    """Announcements with what their pages show; as many queries for a hundred as for one.

    Only those on which a decision is still open to objections take a few more each.
    """
    held = list(steps)
    numbers = dict(EntryRow.objects.filter(public__in={step.entry for step in held}).values_list("public", "number"))
    known, found = states(held), []
    for step in held:
        scheme = schemes.of(step.scheme, step.version)
        open_to = objecting(scheme, step, known) if scheme else None
        shown = answers.of_step(scheme, step) if scheme else []
        clauses, body = answers.clauses_with(shown, clauses_of(step)), bodies.get(step.body)
        found.append(Said(step, scheme, body, shown, clauses, open_to, numbers.get(step.entry, "")))
    return found


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _kinds() -> list[tuple[str, str, str, str]]:
    """What is announced under which scheme: scheme, kind, and its title; looked up once a minute."""
    found: list[tuple[str, str, str, str]] | None = caches["local"].get("register:kinds")
    if found is None:
        rows = published().order_by().values_list("scheme", "name", "zh", "en").distinct()
        found = sorted(rows)
        caches["local"].set("register:kinds", found, A_MINUTE)
    return found


def _titles(kinds: list[tuple[str, str, str, str]]) -> list[tuple[str, str]]:
    """Each kind once, with a title of it."""
    found = {name: (english_title if english() else chinese) for _, name, chinese, english_title in kinds}
    return sorted(found.items(), key=lambda item: item[1])


def _schemes(kinds: list[tuple[str, str, str, str]]) -> list[tuple[str, str]]:
    held = {name: schemes.current(name) for name, *_ in kinds}
    return [(name, in_language(scheme.file.document.title)) for name, scheme in held.items() if scheme is not None]


def _atom(request: HttpRequest, owner: Body, steps: list[StepRow]) -> str:
    here = request.build_absolute_uri(reverse("public:feed", args=[owner.pk]))
    page = request.build_absolute_uri(reverse("public:announcements"))
    updated = max((step.at for step in steps), default=None)
    entries = "".join(_entry(request, step) for step in steps)
    title = _("%(body)s: announcements") % {"body": schemes.name_of(owner)}
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(title)}</title><id>{escape(here)}</id>"
        f'<link rel="self" href="{escape(here)}"/><link href="{escape(page)}"/>'
        f"<updated>{updated.isoformat() if updated else '1970-01-01T00:00:00+00:00'}</updated>"
        f"<author><name>{escape(schemes.name_of(owner))}</name></author>{entries}</feed>\n"
    )


def _entry(request: HttpRequest, step: StepRow) -> str:
    href = escape(request.build_absolute_uri(reverse("public:announcement", args=[step.public])))
    about: list[Any] = [in_language(step), step.unit, step.holder]
    title = _(": ").join(filter(None, (about[0], _(", ").join(filter(None, about[1:])))))
    return (
        f'<entry><title>{escape(title)}</title><id>{href}</id><link href="{href}"/>'
        f"<updated>{step.at.isoformat()}</updated><published>{step.at.isoformat()}</published>"
        f"<summary>{escape(title)}</summary></entry>"
    )
