"""The settings of a body at a glance: each scheme with what is set and recorded, numbers, calendar, channels."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from hefu.dossiers import number
from hefu.dossiers.models import CertificateRow, ClockRow
from hefu.notices.channels import Channel, channels
from hefu.notices.models import Mail
from hefu.people.models import Change
from hefu.people.offers import CHANNEL, FACT, NUMBER, SETTING
from hefu.people.seeing import managed
from hefu.web import kept, moment
from hefu.web.account.bodies import all_schemes
from hefu.web.account.gate import administered, own
from hefu.web.account.people import frame
from hefu.web.account.titles import body_title
from hefu.web.bodies import told
from hefu.web.door import person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hefu.people.models import Body, Offer
    from hefu.rules.model import Scheme
    from hefu.web.bodies.told import Thing

AHEAD = 3
"""Years, this one first, of which the page says whether their working days are published."""


class Offered(NamedTuple):
    """A scheme of the body.

    `coming` is the number of the next dossier, `certificate_number` the last one given, or empty; `fixed` are the
    notices that go by mail in any case.
    """

    offer: Offer
    law: Scheme
    in_force: bool
    others: list[str]
    settings: list[Thing]
    facts: list[Thing]
    channels: list[Thing]
    fixed: list[Channel]
    numbers: list[Thing]
    coming: str
    certificate_number: str


@own
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The settings of the only body that somebody administers; of several, which."""
    bodies = managed(person(request), moment.today())
    if not bodies:
        raise Http404
    if len(bodies) == 1:
        return redirect("bodies:settings", bodies[0].pk)
    context = {"bodies": [(body, body_title(body)) for body in bodies], "heading": gettext("Settings")}
    return render(request, "hefu/bodies/mine.html", {**context, "portal": "staff"})


@administered
@require_safe
def overview(request: HttpRequest, body: Body) -> HttpResponse:
    """Everything that the body has set."""
    today, days = moment.today(), kept.store().laws.days
    offered = [_offered(offer, today.year) for offer in body.offers.order_by("scheme")]
    known = {one.offer.scheme for one in offered}
    years = range(today.year, today.year + AHEAD)
    context = {
        "offered": offered,
        "more": [(name, title) for name, title in all_schemes() if name not in known],
        "calendar": days.version,
        "years": [(year, days.is_published(date(year, 1, 1))) for year in years],
        "provisional": ClockRow.objects.filter(dossier__body=body.pk, provisional=True).count(),
        "channels": [label for value, label in Mail.choices],
        "changes": Change.objects.filter(offer__body=body).count(),
    }
    return render(request, "hefu/bodies/settings.html", {**context, **frame(body, gettext("Settings"))})


def _offered(offer: Offer, year: int) -> Offered:
    law = told.law_of(offer.scheme)
    versions = kept.store().laws.of(law.ref).versions
    given = CertificateRow.objects.filter(dossier__body=offer.body_id, dossier__scheme__startswith=f"{offer.scheme}@")
    return Offered(
        offer,
        law,
        told.today_in_force(law),
        sorted(version for version in versions if version != law.version),
        list(told.things(offer, law, SETTING)),
        list(told.things(offer, law, FACT)),
        list(told.things(offer, law, CHANNEL)),
        [one for one in channels(law) if one.fixed],
        list(told.things(offer, law, NUMBER)),
        number.coming(offer.body_id, offer.scheme, year, offer.numbers.get(number.DOSSIER, number.PATTERN)),
        given.order_by("-since", "-number").values_list("number", flat=True).first() or "",
    )
