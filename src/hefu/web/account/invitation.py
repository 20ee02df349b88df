"""An invitation taken up: looking at the link does nothing, the button does; it makes an account where none is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.utils import perform_login
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hefu.people import accounts, invitations
from hefu.people.models import NAME, Account
from hefu.web import moment
from hefu.web.account.entry import Entry, sent
from hefu.web.account.titles import body_title, role_title, scheme_title
from hefu.web.limits import limited

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hefu.people.models import Invitation


class NewAccountForm(Entry):
    """Who takes an invitation up without an account yet. The address is known: the mail came through it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME,
        help_text=_("As it shall stand in dossiers and documents."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters; a phrase is best."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@limited("invitation", per_minute=30, methods=("GET", "POST"))
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """What one is invited to, and the button that takes it up."""
    now = moment.now()
    held = invitations.found(secret, now.at, now.on)
    if held is None:
        return render(request, "hefu/account/invitation-over.html", status=404)
    known = Account.objects.filter(email=held.email).first()
    if isinstance(request.user, Account):
        return _by_account(request, held, secret, request.user)
    form = None if known else NewAccountForm(sent(request))
    if form is not None and request.method == "POST" and form.is_valid():
        account = form.attempt(lambda: _new_account(held, form, secret))
        if account is not None:
            messages.success(request, gettext("Welcome. Your account is ready."))
            response: HttpResponse = perform_login(request, account, email_verification="none")
            return response
    return render(request, "hefu/account/invitation.html", _context(held, form=form, known=known is not None))


def _new_account(held: Invitation, form: NewAccountForm, secret: str) -> Account:
    """An account that has taken the invitation up; its address needs no other proof than the mail."""
    now, language = moment.now(), get_language() or ""
    with transaction.atomic():
        account = accounts.create(held.email, form.given("name"), form.given("password"), language=language)
        invitations.accept(secret, account, now.at, now.on)
    return account


def _by_account(request: HttpRequest, held: Invitation, secret: str, account: Account) -> HttpResponse:
    """The page for somebody who has signed in."""
    now, form = moment.now(), Entry(sent(request))
    if request.method == "POST" and form.is_valid():
        taken = form.attempt(lambda: invitations.accept(secret, account, now.at, now.on))
        if taken is not None:
            messages.success(request, gettext("You have taken the invitation up."))
            return redirect("account:profile" if taken.body else "account:organisations")
    mine = held.email == account.email.lower()
    return render(request, "hefu/account/invitation.html", _context(held, form=form, mine=mine, account=account))


def _context(held: Invitation, **more: object) -> dict[str, object]:
    if held.body is None and held.organisation is None:
        raise Http404
    return {
        "held": held,
        "where": body_title(held.body) if held.body else held.organisation,
        "roles": [(role_title(scheme, role), scheme and scheme_title(scheme)) for scheme, role in held.roles],
        "heading": gettext("Invitation"),
        **more,
    }
