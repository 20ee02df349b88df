"""One's own absences: who holds one's roles in a body meanwhile. They act in their own name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from hefu.people import absences as people
from hefu.people.models import Account, Assignment, Body, Delegation
from hefu.people.ties import end, not_over
from hefu.web import moment
from hefu.web.account.entry import Entry, day, line, sent
from hefu.web.account.gate import own
from hefu.web.account.titles import body_title
from hefu.web.account.told import told
from hefu.web.door import person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class AbsenceForm(Entry):
    """Days, and for each body a deputy."""

    deputy = forms.ChoiceField(label=_("Deputy"), help_text=_("One of the people of the same body."))
    since = day(_("First day"))
    until = day(_("Last day"))
    reason = line(_("Reason"), 300, _("The people of the body see it."))

    def __init__(self, choices: list[Any], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        deputy = self.fields["deputy"]
        if isinstance(deputy, forms.ChoiceField):
            deputy.choices = [("", "–"), *choices]


@own
def absences(request: HttpRequest) -> HttpResponse:
    """One's absences, and a new one."""
    account, today = person(request), moment.today()
    form = AbsenceForm(_deputies(account), sent(request), initial={"since": today})
    if request.method == "POST" and form.is_valid():
        slug, _slash, key = form.given("deputy").partition("/")
        body, deputy = Body.objects.get(pk=slug), Account.objects.get(key=key)
        since, until, reason = form.given("since"), form.given("until"), form.given("reason")
        made = form.attempt(lambda: people.delegate(account, deputy, body, since, until, reason, today))
        if made is not None:
            messages.success(request, gettext("%(name)s holds your roles for these days.") % {"name": deputy.name})
            return redirect("account:absences")
    own_ties = Delegation.objects.filter(absent=account).select_related("body", "deputy").order_by("-since", "-pk")
    others = Delegation.objects.filter(not_over(today), deputy=account).select_related("body", "absent")
    context = {
        "held": [(tie, tie.until is None or tie.until >= today) for tie in own_ties],
        "others": others,
        "form": form,
        "heading": gettext("Absence"),
        "lead": gettext(
            "For the days that you are away, somebody else can hold your roles. They act in their own name."
        ),
    }
    return render(request, "hefu/account/absences.html", context)


def _deputies(account: Account) -> list[tuple[str, list[tuple[str, str]]]]:
    """Under the name of each body for which somebody works, its other people."""
    today, found = moment.today(), []
    mine = Assignment.objects.filter(not_over(today), account=account).values("body")
    for body in Body.objects.filter(pk__in=mine).order_by("name"):
        there = Assignment.objects.filter(not_over(today), body=body).exclude(account=account).values("account")
        people_there = Account.objects.filter(pk__in=there, is_active=True).order_by("name", "pk")
        found.append((body_title(body), [(f"{body.pk}/{other.key}", other.name) for other in people_there]))
    return found


@require_POST
@own
def end_absence(request: HttpRequest, number: int) -> HttpResponse:
    """Back earlier: the deputy holds one's roles no longer."""
    account, today = person(request), moment.today()
    tie = get_object_or_404(Delegation, pk=number, absent=account)
    told(request, lambda: end(tie, today - timedelta(days=1), account, today), gettext("Your absence has ended."))
    return redirect("account:absences")
