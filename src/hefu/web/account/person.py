"""One of the people of a body: roles with their days, competence, interests, absences. Nothing is ever deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hefu.people.bodies import assign, release
from hefu.people.models import Account, Assignment, Competence, Delegation, Interest
from hefu.people.ties import end, not_over
from hefu.web import moment
from hefu.web.account.entry import Entry, day, sent
from hefu.web.account.gate import administered
from hefu.web.account.people import RolesForm, frame
from hefu.web.account.titles import offered, role_title, scheme_title
from hefu.web.door import person as asking

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from hefu.people.models import Body, Tie


class EndForm(Entry):
    """The last day of a tie."""

    until = day(_("Last day"), _("Yesterday ends it at once; today's acts stay."))


@administered
def person(request: HttpRequest, body: Body, key: str) -> HttpResponse:
    """See somebody who has or had a role in the body, and give them more."""
    found, today = _found(body, key), moment.today()
    form = RolesForm(body, sent(request), initial={"since": today})
    if request.method == "POST" and form.is_valid():
        since, until = form.given("since"), form.given("until")
        made = form.attempt(lambda: assign(found, body, form.pairs, since, asking(request), today, until))
        if made is not None:
            if made:
                messages.success(request, gettext("%(name)s holds these roles.") % {"name": found.name})
            else:
                messages.info(request, gettext("%(name)s holds these roles already.") % {"name": found.name})
            return redirect("account:person", body.pk, key)
    roles = (
        Assignment.objects.filter(account=found, body=body).select_related("by", "ended_by").order_by("-since", "-pk")
    )
    away = Delegation.objects.filter(absent=found, body=body).select_related("deputy").order_by("-since")
    within = offered(body)
    here = Assignment.objects.filter(not_over(today), account=found, body=body).exists()
    context = {
        "found": found,
        "roles": [
            (tie, role_title(tie.scheme, tie.role, within), tie.scheme and scheme_title(tie.scheme), _open(tie, today))
            for tie in roles
        ],
        "competence": Competence.objects.filter(account=found, body=body).order_by("-since", "-pk"),
        "interests": Interest.objects.filter(account=found).order_by("-since", "-pk") if here else (),
        "absences": [(tie, _open(tie, today)) for tie in away],
        "form": form,
        **frame(body, found.name, reverse("account:people", args=[body.pk])),
    }
    return render(request, "hefu/account/person.html", context)


@administered
def end_role(request: HttpRequest, body: Body, key: str, number: int) -> HttpResponse:
    """End one of somebody's roles on a day."""
    found, today = _found(body, key), moment.today()
    tie = get_object_or_404(Assignment, pk=number, account=found, body=body)
    if not _open(tie, today):
        raise Http404
    form = EndForm(sent(request), initial={"until": today})
    if (
        request.method == "POST"
        and form.is_valid()
        and form.did(lambda: release(tie, form.given("until"), asking(request), today))
    ):
        messages.success(request, gettext("The role ends on this day."))
        return redirect("account:person", body.pk, key)
    title = role_title(tie.scheme, tie.role, offered(body))
    context = {"form": form, "what": title, "who": found.name, **frame(body, gettext("End a role"), _page(body, found))}
    return render(request, "hefu/account/end.html", context)


@administered
def end_absence(request: HttpRequest, body: Body, key: str, number: int) -> HttpResponse:
    """End somebody's delegation, when the deputy should hold their roles no longer."""
    found, today = _found(body, key), moment.today()
    tie = get_object_or_404(Delegation, pk=number, absent=found, body=body)
    if not _open(tie, today):
        raise Http404
    form = EndForm(sent(request), initial={"until": today})
    if (
        request.method == "POST"
        and form.is_valid()
        and form.did(lambda: end(tie, form.given("until"), asking(request), today))
    ):
        messages.success(request, gettext("The absence ends on this day."))
        return redirect("account:person", body.pk, key)
    context = {
        "form": form,
        "what": gettext("Absence"),
        "who": found.name,
        **frame(body, gettext("End an absence"), _page(body, found)),
    }
    return render(request, "hefu/account/end.html", context)


def _page(body: Body, found: Account) -> str:
    return reverse("account:person", args=[body.pk, found.key])


def _found(body: Body, key: str) -> Account:
    """Somebody who has or had a role in the body; others do not exist here."""
    ties = Assignment.objects.filter(body=body, account__key=key).select_related("account")
    tie = ties.first()
    if tie is None:
        raise Http404
    return tie.account


def _open(tie: Tie, today: date) -> bool:
    """Whether a tie can still be ended."""
    return tie.until is None or tie.until >= today
