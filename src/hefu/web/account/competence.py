"""The competence register of a body: who has been found competent in what, with registration and days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hefu.people.models import NAME, Account, Assignment, Competence
from hefu.people.registers import find_competent
from hefu.people.ties import end, not_over
from hefu.rules.answers import EVERY_FIELD
from hefu.web import moment
from hefu.web.account.entry import Entry, day, line, sent
from hefu.web.account.gate import administered
from hefu.web.account.people import frame
from hefu.web.account.person import EndForm
from hefu.web.door import person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hefu.people.models import Body

PAGE = 50


class CompetenceForm(Entry):
    """A row of the register."""

    account = forms.ChoiceField(label=_("Person"))
    field = line(_("Field"), NAME, _("In the words of the team's form; * stands for every field."))
    level = line(_("Level"), NAME, required=False)
    registration = line(_("Registration number"), NAME, required=False)
    since = day(_("From"))
    until = day(_("Until"), _("The last day of a registration; empty where there is none."), required=False)

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        there = Assignment.objects.filter(not_over(moment.today()), body=body).values("account")
        who, fields = self.fields["account"], Competence.objects.filter(body=body).values_list("field", flat=True)
        if isinstance(who, forms.ChoiceField):
            accounts = Account.objects.filter(pk__in=there).order_by("name", "pk")
            who.choices = [("", "–"), *((one.key, one.name) for one in accounts)]
        self.known = sorted({EVERY_FIELD, *fields.distinct()})
        self.fields["field"].widget.attrs["list"] = "fields"


@administered
def competence(request: HttpRequest, body: Body) -> HttpResponse:
    """The register, those rows first that hold, and a new row."""
    today = moment.today()
    form = CompetenceForm(body, sent(request), initial={"since": today})
    if request.method == "POST" and form.is_valid():
        account, given = Account.objects.get(key=form.given("account")), form.given
        made = form.attempt(
            lambda: find_competent(
                account,
                body,
                given("field"),
                given("since"),
                person(request),
                level=given("level"),
                registration=given("registration"),
                until=given("until"),
            )
        )
        if made is not None:
            messages.success(request, gettext("%(name)s is in the register.") % {"name": account.name})
            return redirect("account:competence", body.pk)
    rows = Competence.objects.filter(body=body).select_related("account").order_by("account__name", "field", "-since")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [(row, row.holds(today), row.until is None or row.until >= today) for row in page],
        "page": page,
        "form": form,
        "today": today,
        **frame(body, gettext("Competence")),
    }
    return render(request, "hefu/account/competence.html", context)


@administered
def end_competence(request: HttpRequest, body: Body, number: int) -> HttpResponse:
    """End a row of the register."""
    row, today = get_object_or_404(Competence, pk=number, body=body), moment.today()
    form = EndForm(sent(request), initial={"until": today})
    if (
        request.method == "POST"
        and form.is_valid()
        and form.did(lambda: end(row, form.given("until"), person(request), today))
    ):
        messages.success(request, gettext("The competence ends on this day."))
        return redirect("account:competence", body.pk)
    context = {
        "form": form,
        "what": row.field,
        "who": row.account.name,
        **frame(body, gettext("End a competence"), reverse("account:competence", args=[body.pk])),
    }
    return render(request, "hefu/account/end.html", context)
