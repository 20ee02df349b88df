"""A document of a dossier as a page for paper, and the blank form of a scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from hefu.papers.filled import UnknownPaperError, filled, form_of
from hefu.papers.produce import Produced, offer
from hefu.papers.uploads import of as uploads_of
from hefu.people.models import Body
from hefu.web import door, kept
from hefu.web.forms.shown import Words
from hefu.web.forms.tree import Paper
from hefu.web.papers import sheet
from hefu.web.papers.reading import may_read
from hefu.web.words import english

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest

    from hefu.dossiers.store import Held
    from hefu.papers.filled import Filled
    from hefu.rules.model import Scheme

PAGE = "hefu/papers/sheet.html"


@login_required
@require_safe
def printed(request: HttpRequest, dossier: str, number: int, form: str = "") -> HttpResponse:
    """The document of an act, for those who may read the act; 404 for everybody else, and where there is none."""
    there = door.enter(request, dossier)
    try:
        document = filled(there.store, there.held, number, form)
    except UnknownPaperError as error:
        raise Http404 from error
    if not may_read(there, document.deed):
        raise Http404
    return render(request, PAGE, drawn(there.held, document))


@require_safe
def blank(request: HttpRequest, ref: str, form: str) -> HttpResponse:
    """A form of a scheme with nothing filled in, for anybody: what will be asked is no secret."""
    try:
        scheme = kept.store().laws.of(ref).scheme
    except LookupError as error:
        raise Http404 from error
    found = form_of(scheme, form)
    if found is None:
        raise Http404
    seen = {**_heading(scheme), "form": found, "lines": sheet.blank(found, _language())}
    return render(request, PAGE, seen)


def drawn(held: Held, document: Filled) -> dict[str, Any]:
    """What the page of a document needs, in the present language."""
    files = {upload.pk: Paper(upload.pk, upload.name, upload.size, upload.sha256) for upload in uploads_of(held.id)}
    words = Words(_language(), document.people, files)
    body = Body.objects.filter(pk=held.body).first()
    return {
        **_heading(document.scheme), "form": document.form, "lines": sheet.of(document, words), "body": body,
        "document": document, "dossier": held.title, "by": document.people.get(document.by, document.by),
        "process": document.scheme.machines[document.action.machine].title, "hash": document.deed.entry.hash.hex(),
    }  # fmt: skip


def page(held: Held, document: Filled, language: str) -> Produced:
    """The page as bytes, as every other format gives them."""
    with translation.override(language):
        text = render_to_string(PAGE, {**drawn(held, document), "html_language": language})
    return Produced(text.encode(), "text/html; charset=utf-8", f"{document.form.label}-{document.deed.number}.html")


def _heading(scheme: Scheme) -> dict[str, Any]:
    return {"scheme": scheme, "source": scheme.file.document}


def _language() -> str:
    return "en" if english() else "zh"


offer("html", page)
