"""One's own interests: what one has to do with organisations that one might have to judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hefu.people import interests as people
from hefu.people.models import Interest
from hefu.web import moment
from hefu.web.account.entry import Entry, day, line, sent
from hefu.web.account.gate import own
from hefu.web.door import person

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

COOLING_OFF = 2
"""Years that the form proposes for the cooling-off; the person may give more, and the body sees what was given."""


class DeclareForm(Entry):
    """An interest that there is."""

    subject = line(
        _("Organisation"), 200, _("Its name, or its unified social credit code; of a registered one, both will count.")
    )
    nature = line(_("What you have to do with it"), 300, _("Employment, shares, consultancy, relatives …"))
    since = day(_("From"))


class CeaseForm(Entry):
    """The end of an interest."""

    ended = day(_("Ceased on"))
    until = day(_("Counts until"), _("The last day of the cooling-off: until then you are kept from what it touches."))


@own
def interests(request: HttpRequest) -> HttpResponse:
    """One's interests, and a new one."""
    account, today = person(request), moment.today()
    form = DeclareForm(sent(request), initial={"since": today})
    if request.method == "POST" and form.is_valid():
        made = form.attempt(
            lambda: people.declare(account, form.given("subject"), form.given("nature"), form.given("since"), today)
        )
        if made is not None:
            messages.success(request, gettext("Your interest in %(name)s is declared.") % {"name": made.subject})
            return redirect("account:interests")
    held = [(tie, tie.holds(today)) for tie in Interest.objects.filter(account=account).order_by("-since", "-pk")]
    context = {
        "held": held,
        "form": form,
        "heading": gettext("Interests"),
        "lead": gettext(
            "What you declare here keeps you from judging what it touches. The bodies you work for see it."
        ),
    }
    return render(request, "hefu/account/interests.html", context)


@own
def cease(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's interests, with its cooling-off."""
    account, today = person(request), moment.today()
    held = get_object_or_404(Interest, pk=number, account=account, until=None)
    form = CeaseForm(sent(request), initial={"ended": today, "until": _years_on(today, COOLING_OFF)})
    if (
        request.method == "POST"
        and form.is_valid()
        and form.did(lambda: people.cease(held, form.given("ended"), form.given("until"), account, today))
    ):
        messages.success(request, gettext("The end of your interest is recorded."))
        return redirect("account:interests")
    context = {"form": form, "held": held, "heading": gettext("An interest has ceased")}
    return render(request, "hefu/account/cease.html", context)


def _years_on(today: date, years: int) -> date:
    """The same day some years later; after a 29 February, the 28th."""
    try:
        return today.replace(year=today.year + years)
    except ValueError:
        return today.replace(year=today.year + years, day=28)
