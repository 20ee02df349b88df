"""One organisation: who acts for it. Its managers let others in; an operator settles wrong claims."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hefu.people import invitations
from hefu.people import organisations as people
from hefu.people.models import Employment, Invitation, Joining, Organisation
from hefu.people.ties import not_over
from hefu.web import moment
from hefu.web.account import mail
from hefu.web.account.entry import Entry
from hefu.web.account.gate import own
from hefu.web.account.told import told
from hefu.web.door import person
from hefu.web.limits import limited

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hefu.people.models import Account

DAY = timedelta(days=1)


class InviteForm(Entry):
    """An invitation to act for the organisation."""

    email = forms.EmailField(
        label=_("Email"), help_text=_("The invitation is good for this address only, for 14 days.")
    )
    manager = forms.BooleanField(
        label=_("As a manager"), help_text=_("Managers let others act for the organisation."), required=False
    )


@limited("organisation", per_minute=30)
@own
def organisation(request: HttpRequest, uscc: str) -> HttpResponse:
    """Who acts for the organisation, who asks to, who is invited."""
    found = get_object_or_404(Organisation, uscc=uscc)
    account, now = person(request), moment.now()
    settles = people.may_settle(account, found, now.on)
    manages = people.is_manager(account, found, now.on)
    if not (settles or manages or account.operator or people.belongs(account, found, now.on)):
        raise Http404
    form = InviteForm(request.POST if request.POST.get("form") == "invite" else None)
    if request.method == "POST" and (form.is_bound or _changed(request, found, account)):
        if not form.is_bound:
            return redirect("account:organisation", uscc)
        if form.is_valid() and form.attempt(lambda: _invite(request, form, found, account)):
            return redirect("account:organisation", uscc)
    ties = Employment.objects.filter(not_over(now.on), organisation=found).select_related("account")
    open_now = Invitation.objects.filter(organisation=found, accepted=None, withdrawn=None, expires__gt=now.at)
    context = {
        "organisation": found,
        "ties": ties.order_by("-manager", "since"),
        "asked": Joining.objects.filter(organisation=found, answered=None).select_related("account"),
        "invitations": open_now,
        "manages": manages,
        "settles": settles,
        "proves": account.operator and not found.proven,
        "form": form,
        "heading": found.name,
        "crumbs": [(gettext("Organisations"), "../../organisations/"), (found.name, "")],
    }
    return render(request, "hefu/account/organisation.html", context)


def _invite(request: HttpRequest, form: InviteForm, found: Organisation, account: Account) -> bool:
    now = moment.now()
    with transaction.atomic():
        held, secret = invitations.invite_to_organisation(
            form.given("email"), found, account, now.at, now.on, manager=form.given("manager")
        )
        mail.send_invitation(request, held, secret)
    messages.success(request, gettext("The invitation has been sent to %(email)s.") % {"email": held.email})
    return True


def _changed(request: HttpRequest, found: Organisation, account: Account) -> bool:
    """Do what a button of the page asks for; every one of them names its kind and its row."""
    now, kind, number = moment.now(), request.POST.get("form", ""), request.POST.get("row", "")
    if kind in ("agree", "refuse"):
        asked = get_object_or_404(Joining, pk=_number(number), organisation=found)
        if told(request, lambda: people.answer(asked, account, now.at, now.on, agreed=kind == "agree")):
            asked.refresh_from_db()
            mail.send_answer(request, asked)
    elif kind == "end":
        tie = get_object_or_404(Employment, pk=_number(number), organisation=found)
        told(request, lambda: people.leave(tie, now.on - DAY, account, now.on), gettext("They no longer act for it."))
    elif kind == "manager":
        tie = get_object_or_404(Employment, pk=_number(number), organisation=found)
        told(request, lambda: people.appoint(tie, account, now.on), gettext("They are a manager now."))
    elif kind == "withdraw":
        held = get_object_or_404(Invitation, pk=_number(number), organisation=found)
        told(request, lambda: invitations.withdraw(held, account, now.at, now.on), gettext("The invitation is void."))
    elif kind == "prove":
        told(request, lambda: people.prove(found, account, now.on), gettext("The organisation is confirmed."))
    else:
        raise Http404
    return True


def _number(text: str) -> int:
    """The number of a row; a text that is none names no row."""
    return int(text) if text.isascii() and text.isdigit() else 0
