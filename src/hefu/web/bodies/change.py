"""One setting or fact of a body: what is in force, its history, and a change, shown once more before it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hefu.people import offers
from hefu.people.declared import fingerprint
from hefu.people.offers import NUMBER, Wanted
from hefu.web import moment
from hefu.web.account.entry import Problem
from hefu.web.account.gate import administered
from hefu.web.bodies import entry, history, numbers, told
from hefu.web.bodies.frame import inner
from hefu.web.door import person

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest

    from hefu.people.models import Body
    from hefu.web.bodies.entry import Entered
    from hefu.web.bodies.told import Thing

BOM = "\ufeff"
"""Spreadsheets take a sheet for UTF-8 when it begins with this."""


@administered
def change(request: HttpRequest, body: Body, scheme: str, kind: str, name: str) -> HttpResponse:
    """Show it; with what was sent, ask for confirmation; with the confirmation, keep it."""
    thing = told.thing(body, scheme, kind, name)
    if request.method != "POST":
        return _page(request, body, thing)
    given = entry.Entered(entry.TEXT, "")
    try:
        given = entry.entered(request, thing)
        if "more" in request.POST:
            return _page(request, body, thing)
        wanted = _other(thing, entry.value(thing, given))
        if request.POST.get("confirm") == "yes":
            asked = Wanted(kind, name, wanted, request.POST.get("seen", ""))
            offers.change(thing.offer, asked, person(request), moment.now().at)
            messages.success(request, _("%(title)s: the new value holds from now on.") % {"title": thing.title})
            return redirect("bodies:settings", body.pk)
    except ValidationError as error:
        return _page(request, body, told.thing(body, scheme, kind, name), given, error.messages)
    return _confirm(request, body, thing, given, wanted)


@administered
@require_safe
def sheet(request: HttpRequest, body: Body, scheme: str, kind: str, name: str) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """The rows in force as a sheet to fill in and load again."""
    thing = told.thing(body, scheme, kind, name)
    found = HttpResponse(BOM + told.text(thing), content_type="text/csv; charset=utf-8")
    found["Content-Disposition"] = f'attachment; filename="{scheme}-{name}.csv"'
    return found


def _other(thing: Thing, wanted: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    """A value other than the one in force. Raises ValidationError for the same."""
    if fingerprint(wanted) == fingerprint(thing.own):
        raise ValidationError(_("This is the value already in force. Nothing would change."), code="same")
    return wanted


def _page(
    request: HttpRequest, body: Body, thing: Thing, given: Entered | None = None, wrong: list[str] | None = None
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    typed = given.text if given is not None and given.way == entry.TEXT else told.text(thing)
    headings, cells = told.table(thing, thing.value) if thing.tabular else ([], [])
    context = {
        "thing": thing, "law": thing.law, "wrong": [Problem("", message) for message in wrong or ()],
        "typed": typed, "headings": headings, "cells": cells, "registers": entry.registers(thing),
        "rows": entry.rows(thing, sent) if thing.tabular else [], "default": entry.preview(thing, None).words,
        "steps": history.of(thing), "options": getattr(thing.declared, "options", {}),
        "least": getattr(thing.declared, "least", 0), "coming": _coming(thing), **inner(body, thing.title),
    }  # fmt: skip
    return render(request, "hefu/bodies/change.html", context)


def _confirm(request: HttpRequest, body: Body, thing: Thing, given: Entered, wanted: Any) -> HttpResponse:  # noqa: ANN401 - what is to be confirmed
    after = entry.preview(thing, wanted)
    headings, cells = told.table(after, after.value) if thing.tabular else ([], [])
    context = {
        "thing": thing, "after": after, "law": thing.law, "given": given, "seen": fingerprint(thing.own),
        "headings": headings, "cells": cells, "coming": _coming(after), **inner(body, thing.title),
    }  # fmt: skip
    return render(request, "hefu/bodies/confirm.html", context)


def _coming(thing: Thing) -> str:
    """What a pattern of numbers would give next; nothing for anything else."""
    return numbers.coming(thing) if thing.kind == NUMBER else ""
