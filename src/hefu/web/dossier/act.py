"""The act of a person on a dossier: its sheet, and handing it in."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from hefu.dossiers.outcome import Done
from hefu.dossiers.perform import perform
from hefu.dossiers.refusals import keep
from hefu.papers import uploads
from hefu.rules.explain import explain
from hefu.web.door import enter
from hefu.web.dossier.acts import addressed, present
from hefu.web.dossier.numbers import numbered, offered
from hefu.web.dossier.sheet import SEEN, Sheet, answer, uploads_in
from hefu.web.dossier.sources import sources
from hefu.web.forms.drafts import Place
from hefu.web.forms.names import LIVE
from hefu.web.words import in_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from hefu.dossiers.outcome import Outcome
    from hefu.rules.decide import Act
    from hefu.rules.dossier import Dossier
    from hefu.rules.explain import Possible
    from hefu.rules.refusal import Refusal
    from hefu.web.door import Door
    from hefu.web.forms import Read

STAFF, CLIENT = "hefu/shell/staff.html", "hefu/shell/client.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, dossier: str, do: str, item: str = "") -> HttpResponse:
    """One act on a dossier. 404 for one that the scheme does not have; what is over leads back to the dossier."""
    door = enter(request, dossier)
    now = present(door)
    possible = _possible(door, now, do, item)
    if possible is None:
        return _over(request, door, do)
    complete = partial(numbered, door, possible.action)
    sheet = Sheet(
        door.scheme, now, possible.action, item, possible.refusals, door.account, door.actor, door.facts, door.people,
        door.when.on, _seen(request, door), door.row.title, Place(do, dossier, item),
        reverse("dossier:page", args=[dossier]), shell(door), offered(door, possible.action),
        sources(door, possible.action), partial(_keep, door), complete,
    )  # fmt: skip

    def done(given: Act, read: Read, key: str) -> Outcome:
        outcome = perform(door.store, dossier, given, door.when, seen=sheet.version, key=key, complete=complete)
        if isinstance(outcome, Done):
            _tell_number(request, sheet, given, outcome)
            named = uploads_in(read)
            uploads.bind(named, dossier, door.account.key, named)
        return outcome

    return answer(request, sheet, done)


def _tell_number(request: HttpRequest, sheet: Sheet, given: Act, outcome: Done) -> None:
    """Say which number the certificate has got, where it was given out with the act."""
    held = outcome.dossier.certificate
    if held is not None and any(not given.form.get(field) for field in sheet.offered):
        messages.success(request, gettext("Number of the certificate: %(number)s") % {"number": held.data["number"]})


def _keep(door: Door, given: Act, refusals: Sequence[Refusal]) -> None:
    """Keep what was refused before anybody was asked to confirm it."""
    keep(door.store, door.held, given, door.when, refusals)


def _over(request: HttpRequest, door: Door, do: str) -> HttpResponse:
    """What is said of an act that the present state no longer has: somebody has done it, or time has ended it."""
    action = door.scheme.action(do)
    if action is None:
        raise Http404
    if LIVE in request.POST:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)  # the page that asks is being left
    said = gettext("“%(act)s” is not to be done here now. This is where the dossier stands.")
    messages.info(request, said % {"act": in_language(action.title)})
    return redirect("dossier:page", door.held.id)


def shell(door: Door) -> str:
    """The shell of the pages of a dossier: the body's people have theirs, everybody else the client's."""
    return STAFF if door.inside else CLIENT


def _possible(door: Door, dossier: Dossier, do: str, item: str) -> Possible | None:
    """The act among those of the present states; a refused one too, because its sheet says why."""
    action = door.scheme.action(do)
    if action is None:
        return None
    machine = door.scheme.machines[action.machine]
    possible = explain(door.scheme, dossier, door.actor, door.when.on, door.facts, action)
    return next((one for one in possible if addressed(machine, action, one.subject) == item), None)


def _seen(request: HttpRequest, door: Door) -> int:
    """The version that the person had before them when the sheet was opened."""
    said = request.POST.get(SEEN, "")
    return int(said) if said.isdecimal() else door.held.version
