"""/intake/: what the public has written, for those of the body's people who hear it.

They take it up by an act of the scheme in the dossier that it is about: the act's own sheet opens with what was written
laid into it, and decides as always. Or they answer; whoever wrote reads the answer with reference and secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hefu.papers import uploads
from hefu.papers.uploads import open_upload
from hefu.people.models import Account
from hefu.register import intake, search
from hefu.register.models import EntryRow, IntakeNote, StepRow
from hefu.web import door, moment
from hefu.web.forms import drafts
from hefu.web.forms.seen import Seen
from hefu.web.public import hearing, schemes
from hefu.web.public.complain import LONGEST, TITLES

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hefu.register.models import IntakeRow
    from hefu.web.door import Door

LENGTH = 30
"""What stands on a page of the list."""


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The list: what waits, the oldest first; or, with `all`, everything, the newest first."""
    if not hearing.hears(request):
        raise Http404
    everything = "all" in request.GET
    rows = hearing.written_to(request)
    rows = rows.order_by("-received") if everything else rows.filter(state__in=intake.OPEN)
    page = Paginator(rows, LENGTH).get_page(request.GET.get("page"))
    context = {
        "page": page, "everything": everything,
        "rows": [(row, TITLES[row.kind], schemes.current(row.scheme)) for row in page],
    }  # fmt: skip
    return render(request, "hefu/public/inbox.html", context)


@login_required
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One of them: what was written, what it is about, what can be done and what was done."""
    return _one(request, _row(request, number))


def _one(request: HttpRequest, row: IntakeRow, *, missing: bool = False) -> HttpResponse:
    place = _door(request, row)
    notes = list(IntakeNote.objects.filter(intake=row).order_by("at", "pk"))
    names = dict(Account.objects.filter(key__in={note.who for note in notes}).values_list("key", "name"))
    context = {
        "row": row, "title": TITLES[row.kind], "scheme": schemes.current(row.scheme), "longest": LONGEST,
        "entry": EntryRow.objects.filter(public=row.entry).first() if row.entry else None,
        "step": StepRow.objects.filter(public=row.about).first() if row.about else None,
        "place": place, "takings": hearing.takings(row, place.held, place.actor.roles) if place else [],
        "notes": [(note, names.get(note.who, "")) for note in notes], "missing": missing,
        "files": list(uploads.of(intake.place_of(row))), "given": request.POST,
    }  # fmt: skip
    return render(request, "hefu/public/intake.html", context, status=422 if missing else 200)


@login_required
@require_POST
def take(request: HttpRequest, number: int) -> HttpResponse:
    """Take it up: its files go into the dossier, and the sheet of the act opens with what was written."""
    row = _row(request, number)
    place = _door(request, row)
    acts = {one.action.id: one.action for one in hearing.takings(row, place.held, place.actor.roles)} if place else {}
    action = acts.get(request.POST.get("act", ""))
    if place is None or action is None:
        raise Http404
    draft = drafts.Place(action.id, place.held.id)
    if drafts.find(place.account, draft) is None:
        drafts.save(place.account, draft, hearing.laid_out(row, action), Seen(), moment.now().at)
    uploads.move(intake.place_of(row), place.held.id)
    intake.take_up(row, place.account.key, action.id, place.held.id, moment.now().at)
    return redirect("dossier:act", place.held.id, action.id)


@login_required
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer whoever wrote it; with that it is settled here."""
    row = _row(request, number)
    text = request.POST.get("text", "").strip().replace("\0", "")
    if not text or len(text) > LONGEST:
        return _one(request, row, missing=True)
    intake.answer(row, door.person(request).key, text, moment.now().at)
    messages.success(request, _("The answer can now be read with the reference and its secret."))
    return HttpResponseRedirect(reverse("public:intake-one", args=[number]))


@login_required
@require_POST
def about(request: HttpRequest, number: int) -> HttpResponse:
    """Say which entry it is about, by its number: whoever wrote may not have known it."""
    row = _row(request, number)
    found = search.alike(request.POST.get("number", ""))
    if found is None or (found.body, found.scheme) not in hearing.heard_by(request):
        messages.error(request, _("There is no entry with this number among those that you hear about."))
    else:
        type(row).objects.filter(pk=row.pk).update(
            entry=found.public, dossier=found.dossier, body=found.body, scheme=found.scheme
        )
    return HttpResponseRedirect(reverse("public:intake-one", args=[number]))


@login_required
@require_safe
def file(request: HttpRequest, number: int, upload_id: str) -> FileResponse:
    """A file that came with it, as a download."""
    row = _row(request, number)
    upload = get_object_or_404(uploads.of(intake.place_of(row)), pk=upload_id)
    response = FileResponse(open_upload(upload), as_attachment=True, filename=upload.name)
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _row(request: HttpRequest, number: int) -> IntakeRow:
    return get_object_or_404(hearing.written_to(request), pk=number)


def _door(request: HttpRequest, row: IntakeRow) -> Door | None:
    """The dossier that it is about, as far as the person who asks may know of it."""
    if not row.dossier:
        return None
    try:
        return door.enter(request, row.dossier)
    except Http404:
        return None
