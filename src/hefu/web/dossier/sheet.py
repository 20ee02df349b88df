"""The sheet: the form of one act, from being opened to being handed in, on a dossier or to begin one.

Nothing is decided here: answers are read as they were typed, handed to the rules, and whatever they refuse is drawn
beside the answers. A sheet carries the version of the dossier that its reader saw, and a key that makes it safe to send
twice.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hefu.dossiers.outcome import Done, KeyReusedError, Outcome, Stale
from hefu.dossiers.perform import whole
from hefu.papers import uploads
from hefu.rules.decide import Act, decide
from hefu.rules.told import told
from hefu.web import forms, moment
from hefu.web.dossier.answers import of_item
from hefu.web.forms import drafts
from hefu.web.forms.follow import follows, weighty
from hefu.web.forms.handed import papers
from hefu.web.forms.live import live
from hefu.web.forms.pairs import pairs
from hefu.web.forms.shown import shown
from hefu.web.words import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from hefu.dossiers.perform import Complete
    from hefu.papers.models import Upload
    from hefu.papers.words import BadUpload
    from hefu.people.models import Account
    from hefu.rules.dossier import Dossier
    from hefu.rules.model import Action, Scheme
    from hefu.rules.refusal import Refusal
    from hefu.rules.told import Told
    from hefu.rules.view import Actor

OK, REFUSED = 200, 422
"""The answers to a sheet that is shown, and to one that is refused: shown again with everything that was typed."""
KEY, SEEN, CONFIRMED = "_key", "_seen", "_confirmed"
"""Inputs that no field of a scheme can be named like (web/forms/names.py)."""


class Sheet(NamedTuple):
    """One act on one subject, and everything that its form and its decision need. `version` is what its reader saw.

    `offered` are numbers that come next by the body's patterns, by field, and `complete` gives them out; `sources` is
    what may be named as evidence; `refused` keeps a refusal of what was handed in, where there is a dossier.
    """

    scheme: Scheme
    dossier: Dossier
    action: Action
    item: str
    blocked: tuple[Refusal, ...]
    account: Account
    actor: Actor
    facts: Mapping[str, Any]
    people: Mapping[str, Actor]
    today: date
    version: int | None
    place: str
    draft: drafts.Place
    back: str
    shell: str
    offered: Mapping[str, str] = {}
    sources: forms.Sources = forms.Sources()
    refused: Callable[[Act, Sequence[Refusal]], None] | None = None
    complete: Complete = whole

    def act(self, answers: Mapping[str, Any]) -> Act:
        """What is handed in."""
        return Act(self.action.id, self.actor, answers, self.item, self.facts, self.people)

    def receive(self, file: UploadedFile) -> Upload | BadUpload:
        """Keep a file for the person until the act that names it is done."""
        return uploads.receive(self.account.key, file)


Do = Callable[[Act, forms.Read, str], Outcome]
"""Performs an act, with the files that were handed in, under a key, in the caller's transaction; what came of it."""


def answer(request: HttpRequest, sheet: Sheet, do: Do) -> HttpResponse:
    """Show the sheet, keep it, or hand it in."""
    if request.method != "POST":
        held = drafts.find(sheet.account, sheet.draft)
        read = forms.again(sheet.action, sheet.scheme, held.typed) if held else None
        return _shown(request, sheet, read, draft=drafts.state(held))
    read = forms.read(sheet.action, sheet.scheme, request.POST, request.FILES, sheet.receive)
    if read.live or read.pressed == "save":
        kept = drafts.save(sheet.account, sheet.draft, read.typed, read.draft, moment.now().at)
        return (
            live(request, _drawn(sheet, read, ()), read, kept)
            if read.live
            else _shown(request, sheet, read, draft=kept)
        )
    if read.pressed or read.problems:
        return _shown(request, sheet, read, read.problems)
    if weighty(sheet.scheme, sheet.action) and CONFIRMED not in request.POST:
        return _looked_over(request, sheet, read)
    return _hand_in(request, sheet, read, do)


def _looked_over(request: HttpRequest, sheet: Sheet, read: forms.Read) -> HttpResponse:
    """Nobody is asked to confirm what would be refused; whether it is done is decided once it is confirmed."""
    with transaction.atomic():
        given, against = sheet.complete(sheet.act(read.answers))
    refusals = (*decide(sheet.scheme, sheet.dossier, given, sheet.today).refusals, *against)
    if not refusals:
        return _confirm(request, sheet, read, given)
    if sheet.refused is not None:
        sheet.refused(given, refusals)
    return _shown(request, sheet, read, refusals)


def _hand_in(request: HttpRequest, sheet: Sheet, read: forms.Read, do: Do) -> HttpResponse:
    """Perform the act; its draft goes only when it is done."""
    try:
        outcome = _performed(sheet, read, do, request.POST.get(KEY, ""))
    except KeyReusedError:
        # The sheet was changed after it had been sent: that is another request, and gets a key of its own.
        outcome = _performed(sheet, read, do, fresh_key())
    if isinstance(outcome, Done):
        messages.success(request, _("Done: %(act)s") % {"act": in_language(sheet.action.title)})
        return HttpResponseRedirect(reverse("dossier:page", args=[outcome.id]))
    if isinstance(outcome, Stale):
        return _shown(request, sheet._replace(version=outcome.version), read, changed=_changed(sheet, outcome))
    return _shown(request, sheet, read, outcome.refusals)


def _performed(sheet: Sheet, read: forms.Read, do: Do, key: str) -> Outcome:
    """The act, what comes with it and the end of its draft, in one transaction."""
    with transaction.atomic():
        outcome = do(sheet.act(read.answers), read, key)
        if isinstance(outcome, Done):
            drafts.drop(sheet.account, sheet.draft)
    return outcome


def _drawn(sheet: Sheet, read: forms.Read | None, refusals: Sequence[Refusal]) -> forms.Drawn:
    """The form as it stands."""
    named = uploads_in(read) if read else ()
    return forms.drawn(
        sheet.scheme, sheet.dossier, sheet.action, sheet.item, sheet.actor, sheet.today, sheet.facts, sheet.people,
        read.filled if read else None, refusals, get_language() or "zh-hans",
        uploads=read.uploads if read else None, papers=papers(named, sheet.account.key, sheet.draft.dossier),
        pressed=read.pressed if read else "", offered=sheet.offered,
        sources=sheet.sources,
    )  # fmt: skip


def _shown(  # noqa: PLR0913 - what a sheet may be shown with
    request: HttpRequest,
    sheet: Sheet,
    read: forms.Read | None = None,
    refusals: Sequence[Refusal] = (),
    *,
    draft: drafts.State | None = None,
    changed: Sequence[Told] = (),
) -> HttpResponse:
    """The sheet as a page."""
    held = draft or drafts.state(drafts.find(sheet.account, sheet.draft))
    seen = read.draft if read is not None and draft is None else held.seen
    context = {
        "drawn": _drawn(sheet, read, refusals), "hidden": _carried(sheet), "draft": held._replace(seen=seen),
        "changed": changed, **_about(sheet),
    }  # fmt: skip
    return render(request, "hefu/dossier/act.html", context, status=REFUSED if refusals or changed else OK)


def _confirm(request: HttpRequest, sheet: Sheet, read: forms.Read, given: Act) -> HttpResponse:
    """What was answered and what will follow, before it is done; `given` has the number that comes next."""
    language = get_language() or "zh-hans"
    names = {key: person.name for key, person in sheet.people.items()}
    form, held = sheet.action.form, papers(uploads_in(read), sheet.account.key, sheet.draft.dossier)
    rows = shown(form, given.form, sheet.scheme, names, language, action=sheet.action, papers=held)
    context = {
        "rows": rows, "follows": follows(sheet.scheme, sheet.action, language), "title": in_language(form.title),
        "fields": [*pairs(sheet.action, read.answers, read.uploads), *_carried(sheet)],
        "label": in_language(sheet.action.title), "numbered": given.form != read.answers, **_about(sheet),
    }  # fmt: skip
    return render(request, "hefu/dossier/confirm.html", context)


def _about(sheet: Sheet) -> dict[str, Any]:
    """What every page of a sheet says of it."""
    machine = sheet.scheme.machines[sheet.action.machine]
    item = sheet.dossier.items.get(sheet.item)
    return {
        "sheet": sheet, "scheme": sheet.scheme, "action": sheet.action, "machine": machine, "shell": sheet.shell,
        "concerning": of_item(sheet.scheme, item, sheet.people) if item is not None else [],
        "runs": [run for run in sheet.dossier.live.values() if item is not None and run.scope == item.id],
    }  # fmt: skip


def _carried(sheet: Sheet) -> list[tuple[str, str]]:
    """What a sheet carries unseen: its key, and the version that its reader saw."""
    seen = [] if sheet.version is None else [(SEEN, str(sheet.version))]
    return [(KEY, fresh_key()), *seen]


def _changed(sheet: Sheet, stale: Stale) -> list[Told]:
    """What others, or time, have brought meanwhile, in words."""
    return [said for item in stale.since if (said := told(sheet.scheme, item.event)) is not None]


def uploads_in(read: forms.Read) -> dict[str, str]:
    """The uploads that a sheet names, each with the material as which it is handed in (Upload.material)."""
    return {
        upload: f"{field}.{option}" if option else field
        for field, options in read.uploads.items()
        for option, ids in options.items()
        for upload in ids
    }


def fresh_key() -> str:
    """What makes a sheet safe to send twice."""
    return secrets.token_urlsafe(18)
