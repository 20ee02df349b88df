"""The organisations that a body knows: laboratories under contract, members, and whose identity it has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hefu.people.models import Standing
from hefu.people.registers import KNOWN, grant_standing, standing_roles
from hefu.people.ties import end
from hefu.web import moment
from hefu.web.account.claims import acting
from hefu.web.account.entry import Entry, day, line, sent
from hefu.web.account.gate import administered
from hefu.web.account.organisations import CODE_HELP
from hefu.web.account.people import frame
from hefu.web.account.person import EndForm
from hefu.web.account.titles import grouped, read, role_title, scheme_title
from hefu.web.door import person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hefu.people.models import Body

PAGE = 50


class StandingForm(Entry):
    """A row of the register."""

    uscc = line(_("Unified social credit code"), 40, CODE_HELP)
    name = line(_("Full name"), 200, _("As on the business licence."))
    role = forms.ChoiceField(label=_("Standing"), help_text=_("Whoever acts for the organisation may act in it."))
    since = day(_("From"))
    until = day(_("Until"), _("The last day of the contract or membership; empty where it has none."), required=False)

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        if isinstance(role, forms.ChoiceField):
            role.choices = grouped([KNOWN, *standing_roles(body)], gettext("Every open role"))


@administered
def standings(request: HttpRequest, body: Body) -> HttpResponse:
    """The register, with who acts for each organisation, and a new row."""
    today = moment.today()
    form = StandingForm(body, sent(request), initial={"since": today})
    if request.method == "POST" and form.is_valid():
        given, pair = form.given, read(form.given("role"))
        made = form.attempt(
            lambda: grant_standing(
                body, given("uscc"), given("name"), pair, given("since"), person(request), given("until")
            )
        )
        if made is not None:
            messages.success(request, gettext("%(name)s is in the register.") % {"name": made.organisation.name})
            return redirect("account:standings", body.pk)
    found = Standing.objects.filter(body=body).select_related("organisation")
    page = Paginator(found.order_by("organisation__name", "scheme", "role", "-since"), PAGE).get_page(
        request.GET.get("page")
    )
    people = acting(row.organisation for row in page)
    context = {
        "rows": [_shown(row, people.get(row.organisation_id, [])) for row in page],
        "page": page,
        "form": form,
        "today": today,
    }
    return render(request, "hefu/account/standings.html", {**context, **frame(body, gettext("Organisations"))})


@administered
def end_standing(request: HttpRequest, body: Body, number: int) -> HttpResponse:
    """End a row of the register."""
    row, today = get_object_or_404(Standing, pk=number, body=body), moment.today()
    form = EndForm(sent(request), initial={"until": today})
    if (
        request.method == "POST"
        and form.is_valid()
        and form.did(lambda: end(row, form.given("until"), person(request), today))
    ):
        messages.success(request, gettext("The standing ends on this day."))
        return redirect("account:standings", body.pk)
    what = role_title(row.scheme, row.role)
    context = {
        "form": form,
        "what": what,
        "who": row.organisation.name,
        **frame(body, gettext("End a standing"), reverse("account:standings", args=[body.pk])),
    }
    return render(request, "hefu/account/end.html", context)


class Shown(NamedTuple):
    """A row of the register as the page shows it."""

    tie: Standing
    title: str
    scheme: str
    people: list[str]
    holds: bool
    open: bool


def _shown(row: Standing, people: list[str]) -> Shown:
    today = moment.today()
    scheme = scheme_title(row.scheme) if row.scheme else ""
    still = row.until is None or row.until >= today
    return Shown(row, role_title(row.scheme, row.role), scheme, people, row.holds(today), still)
