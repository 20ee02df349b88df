"""The act with which a dossier begins: an application, a nomination, a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hefu.dossiers.journal import canonical
from hefu.dossiers.number import DOSSIER, PATTERN, next_number
from hefu.dossiers.open import New, fresh_id, open_dossier
from hefu.dossiers.outcome import Done
from hefu.papers import uploads
from hefu.people.actor import actor
from hefu.people.models import Offer
from hefu.rules.dossier import Dossier
from hefu.rules.explain import explain
from hefu.rules.model import Text
from hefu.web import kept, moment
from hefu.web.door import organisation, person
from hefu.web.dossier.act import CLIENT, STAFF
from hefu.web.dossier.sheet import Sheet, answer, uploads_in
from hefu.web.forms.drafts import Place
from hefu.web.words import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from django.http import HttpRequest

    from hefu.dossiers.outcome import Outcome, When
    from hefu.rules.decide import Act
    from hefu.rules.explain import Possible
    from hefu.rules.model import Action, Scheme
    from hefu.rules.view import Actor
    from hefu.web.forms import Read


class Opening(NamedTuple):
    """Somebody before a scheme that a body offers: what they could begin under it, and why not the rest."""

    offer: Offer
    scheme: Scheme
    actor: Actor
    facts: Mapping[str, Any]
    people: Mapping[str, Actor]
    when: When
    acts: list[Possible]


def opening(request: HttpRequest, body: str, scheme: str) -> Opening:
    """What the person who asks could begin. Raises Http404 where the body offers no such scheme today."""
    account, when, store = person(request), moment.now(), kept.store()
    offer = Offer.objects.select_related("body").filter(body=body, scheme=scheme, open=True).first()
    if offer is None:
        raise Http404
    try:
        law = store.laws.of(store.laws.on(scheme, when.on), canonical(dict(offer.settings)))
    except LookupError as error:
        raise Http404 from error
    known = kept.around(body, scheme, when.on, {account.key})
    mine = actor(account, body, scheme, when.on, organisation(request))
    acts = [
        possible
        for possible in explain(law.scheme, Dossier(law.scheme.ref), mine, when.on, known.facts)
        if possible.action.opens and possible.action.by & mine.roles
    ]
    return Opening(offer, law.scheme, mine, known.facts, {**known.people, mine.id: mine}, when, acts)


def for_insiders(opened: Opening, action: Action) -> bool:
    """Whether the person would begin an act as one of a body's own people, and not as somebody from outside."""
    roles, held = opened.scheme.file.roles, action.by & opened.actor.roles
    return any(not outside(opened.scheme, role) for role in held if role in roles)


def for_outsiders(scheme: Scheme, action: Action) -> bool:
    """Whether people from outside the body begin something with an act."""
    return action.opens and any(outside(scheme, role) for role in action.by)


def outside(scheme: Scheme, role: str) -> bool:
    """Whether people from outside the body hold a role."""
    return role in scheme.file.roles and scheme.file.roles[role].reach == "organisation"


def _guided(opened: Opening, do: str) -> HttpResponse:
    """Whoever acts for no organisation is told by the rules how to begin what organisations begin. Else 404."""
    scheme, action = opened.scheme, opened.scheme.action(do)
    if action is None or opened.actor.organisation or not for_outsiders(scheme, action):
        raise Http404
    body = urlencode({"body": opened.offer.body_id})
    return redirect(f"{reverse('public:rules-of', args=[scheme.id, scheme.version])}?{body}#apply")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, body: str, scheme: str, do: str) -> HttpResponse:
    """The sheet of a first act, and handing it in. What the person could not begin is told elsewhere, or 404."""
    found = opening(request, body, scheme)
    possible = next((item for item in found.acts if item.action.id == do), None)
    if possible is None:
        return _guided(found, do)
    inside = for_insiders(found, possible.action)
    held = found.offer.body
    body_name = in_language(Text(held.name, held.name_en or held.name))
    sheet = Sheet(
        found.scheme, Dossier(found.scheme.ref), possible.action, "", possible.refusals, person(request), found.actor,
        found.facts, found.people, found.when.on, None, body_name,
        Place(do, offer=found.offer.pk), reverse("home"), STAFF if inside else CLIENT,
    )  # fmt: skip

    def done(given: Act, read: Read, key: str) -> Outcome:
        with transaction.atomic():
            pattern = found.offer.numbers.get(DOSSIER, PATTERN)
            number = next_number(body, found.scheme.id, found.when.on.year, pattern)
            new = New(fresh_id(found.when.at), found.scheme.ref, body, number, found.offer.settings)
            outcome = open_dossier(kept.store(), new, given, found.when, key=key)
            if isinstance(outcome, Done) and not outcome.repeated:
                named = uploads_in(read)
                uploads.bind(named, outcome.id, found.actor.id, named)
            else:
                transaction.set_rollback(True)  # the number is free again
        return outcome

    return answer(request, sheet, done)
