"""Who changed what a body sets or records, when, from which value to which; the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hefu.people.models import Change
from hefu.people.offers import OFFER
from hefu.web.account.gate import administered
from hefu.web.account.titles import scheme_title
from hefu.web.bodies import told
from hefu.web.bodies.frame import inner
from hefu.web.bodies.told import Thing

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hefu.people.models import Body

PAGE = 50
OFFERED = {None: _("not offered"), True: _("open to applications"), False: _("closed to applications")}


class Step(NamedTuple):
    """One change as a page shows it."""

    change: Change
    scheme: str
    title: str
    old: str
    new: str


@administered
@require_safe
def history(request: HttpRequest, body: Body) -> HttpResponse:
    """All changes of a body."""
    found = Change.objects.filter(offer__body=body).select_related("offer", "by").order_by("-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "steps": [step(change) for change in page], **inner(body, gettext("Changes"))}
    return render(request, "hefu/bodies/history.html", context)


def of(thing: Thing) -> list[Step]:
    """The last changes of one thing."""
    found = thing.offer.changes.filter(kind=thing.kind, name=thing.name).select_related("offer", "by")
    return [step(change) for change in found.order_by("-pk")[:PAGE]]


def step(change: Change) -> Step:
    """A change in words; one of a setting that the scheme no longer has, by its name."""
    scheme = scheme_title(change.offer.scheme)
    if change.kind == OFFER:
        return Step(change, scheme, gettext("Applications"), str(OFFERED[change.old]), str(OFFERED[change.new]))
    law = told.law_of(change.offer.scheme)
    declared = told.declared_in(law, change.kind).get(change.name)
    if declared is None:
        return Step(change, scheme, change.name, str(change.old), str(change.new))
    old, new = (Thing(change.offer, law, change.kind, change.name, declared, own) for own in (change.old, change.new))
    return Step(change, scheme, new.title, _words(old), _words(new))


def _words(thing: Thing) -> str:
    if thing.own is not None:
        return thing.words
    own = gettext("%(value)s (the scheme's own)") if thing.of_scheme else gettext("%(value)s (the product's own)")
    return own % {"value": thing.words}
