"""The organisations for which one acts: choose the one for now, register one, ask to join one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from hefu.people import organisations as people
from hefu.people.models import Account, Employment, Joining
from hefu.people.ties import holding
from hefu.web import moment
from hefu.web.account import mail
from hefu.web.account.entry import Entry, line
from hefu.web.account.gate import own
from hefu.web.door import CHOSEN, organisation, person
from hefu.web.limits import limited

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

CODE_HELP = _("18 characters, as on the business licence.")


class RegisterForm(Entry):
    """A new organisation."""

    uscc = line(_("Unified social credit code"), 40, CODE_HELP)
    name = line(_("Full name"), 200, _("As on the business licence."))
    name_en = line(_("English name"), 200, required=False)
    address = line(_("Address"), 300, required=False)


class JoinForm(Entry):
    """A request to act for an organisation that is registered."""

    uscc = line(_("Unified social credit code"), 40, CODE_HELP)


@limited("organisations", per_minute=20)
@own
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations for which one acts, what one has asked for, and the way to more."""
    account, today = person(request), moment.today()
    sent = request.POST.get("form")
    register = RegisterForm(request.POST if sent == "register" else None, prefix="register")
    join = JoinForm(request.POST if sent == "join" else None, prefix="join")
    if sent == "register" and register.is_valid():
        made = register.attempt(
            lambda: people.register(
                account,
                register.given("name"),
                register.given("uscc"),
                today,
                register.given("name_en"),
                register.given("address"),
            )
        )
        if made is not None:
            request.session[CHOSEN] = made.pk
            messages.success(request, gettext("%(name)s is registered; you are its manager.") % {"name": made.name})
            return redirect("account:organisation", made.uscc)
    if sent == "join" and join.is_valid():
        asked = join.attempt(lambda: people.ask(account, join.given("uscc"), moment.now().at, today))
        if asked is not None:
            _tell_managers(request, asked)
            return redirect("account:organisations")
    ties = Employment.objects.filter(holding(today), account=account).select_related("organisation")
    context = {
        "ties": ties.order_by("since", "pk"),
        "chosen": organisation(request),
        "asked": Joining.objects.filter(account=account, answered=None).select_related("organisation"),
        "register": register,
        "join": join,
        "heading": gettext("Organisations"),
        "lead": gettext("You act in the name of an organisation: apply, answer, sign, receive certificates."),
    }
    return render(request, "hefu/account/organisations.html", context)


def _tell_managers(request: HttpRequest, asked: Joining) -> None:
    """Mail to those who can agree; they also see the request on the page of the organisation."""
    on = holding(moment.today(), "employments__")
    managers = Account.objects.filter(
        on, employments__organisation=asked.organisation, employments__manager=True, is_active=True
    )
    mail.send_joining(request, asked, list(managers.distinct()))
    messages.success(request, gettext("Your request has been sent to the managers of the organisation."))


class ChoiceForm(forms.Form):
    """The organisation for which one acts now."""

    organisation = forms.IntegerField()


@require_POST
@own
def choose(request: HttpRequest) -> HttpResponse:
    """Act for this one of one's organisations from now on, until one signs out."""
    form = ChoiceForm(request.POST)
    ties = Employment.objects.filter(holding(moment.today()), account=person(request)).select_related("organisation")
    tie = ties.filter(organisation=form.cleaned_data["organisation"]).first() if form.is_valid() else None
    if tie is None:
        raise Http404
    request.session[CHOSEN] = tie.organisation_id
    messages.success(request, gettext("You now act for %(name)s.") % {"name": tie.organisation.name})
    return redirect("account:organisations")
