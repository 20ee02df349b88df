"""Closing one's account: what stays, what goes, what stands in the way; confirmed with the password.

Whoever has no password types their own address instead, and has signed in a moment ago: one press of a button by
somebody at an open browser must not end an account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from axes.utils import reset
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hefu.dossiers.models import CaseRow, DossierRow, PartyRow, WorkRow
from hefu.notices.models import ChoiceRow
from hefu.papers import uploads
from hefu.people import closing
from hefu.people.bodies import administrators
from hefu.web import moment
from hefu.web.account.entry import Entry, sent
from hefu.web.account.gate import own
from hefu.web.account.presence import end_sessions
from hefu.web.account.recent import came_recently
from hefu.web.account.titles import body_title, role_title, scheme_title
from hefu.web.door import person
from hefu.web.forms.models import Draft
from hefu.web.staff.models import SavedView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.http import HttpRequest, HttpResponse, QueryDict

    from hefu.people.models import Account, Assignment

NAMED = 10
"""Dossiers that are named one by one; the others are counted."""


class Hindrance(NamedTuple):
    """Something that has to be settled first: what it is, what to do, and where (empty: somebody else does it)."""

    what: str
    todo: str
    href: str = ""


class CloseForm(Entry):
    """The password once more, by whoever has one; the own address, by whoever has none."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("This cannot be undone."),
    )

    address = forms.CharField(
        label=_("Your email address"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Type the address of this account to confirm. This cannot be undone."),
    )

    def __init__(self, account: Account, sent: QueryDict | None) -> None:
        super().__init__(sent)
        self.account = account
        del self.fields["address" if account.has_usable_password() else "password"]

    def clean_password(self) -> str:
        """Wrong ones count as they do when signing in."""
        password = str(self.cleaned_data["password"])
        if not get_adapter().reauthenticate(self.account, password):
            raise ValidationError(_("This is not your password."), code="wrong")
        return password

    def clean_address(self) -> str:
        """Only theirs, however they write large and small letters."""
        address = str(self.cleaned_data["address"])
        if address.casefold() != self.account.email.casefold():
            raise ValidationError(_("This is not the address of this account."), code="wrong")
        return address


@own
@reauthentication_required(enabled=lambda request: not person(request).has_usable_password())  # type: ignore[untyped-decorator] # the library has no types
def close(request: HttpRequest) -> HttpResponse:
    """Look at what closing means; close."""
    account, today = person(request), moment.today()
    form = CloseForm(account, sent(request))
    hindrances = list(_hindrances(account, today))
    stale = not account.has_usable_password() and not came_recently(request, account)
    ready = not hindrances and not stale and request.method == "POST" and form.is_valid()
    if ready and form.did(lambda: _close(request, account)):
        messages.success(request, gettext("Your account has been closed."))
        return redirect("account_inactive")
    context = {
        "form": form, "account": account, "hindrances": hindrances, "stale": stale,
        "heading": gettext("Close the account"),
        "again": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }  # fmt: skip
    return render(request, "hefu/account/close.html", context)


def _close(request: HttpRequest, account: Account) -> None:
    now, address = moment.now(), account.email
    with transaction.atomic():
        closing.close(account, now.at, now.on)
        Draft.objects.filter(account=account).delete()
        SavedView.objects.filter(account=account).delete()
        ChoiceRow.objects.filter(account=account).delete()
        for upload in uploads.unbound(account.key):
            uploads.forget(account.key, upload.pk)
        end_sessions(account)
    reset(username=address)
    logout(request)


def _hindrances(account: Account, on: date) -> Iterator[Hindrance]:
    held = closing.held(account, on)
    for tie in held.roles:
        yield _role(tie, account, on)
    yield from _waiting(account, held.roles)
    for organisation in held.led:
        yield Hindrance(
            gettext("You are the last manager of %(name)s, and others act for it.") % {"name": organisation},
            gettext("Make another one a manager."),
            reverse("account:organisation", args=[organisation.uscc]),
        )
    for organisation in held.alone:
        keys = PartyRow.objects.filter(key=organisation.uscc).values("dossier_id")
        cases = CaseRow.objects.filter(outcome="", dossier_id__in=keys).values("dossier_id")
        todo = gettext("Withdraw it, wait until it has ended, or let somebody else act for %(name)s.")
        for dossier in DossierRow.objects.filter(pk__in=cases).order_by("title")[:NAMED]:
            yield Hindrance(
                gettext("A case of %(dossier)s is open, and only you act for %(name)s.")
                % {"dossier": dossier.title, "name": organisation},
                todo % {"name": organisation},
                reverse("dossier:page", args=[dossier.pk]),
            )
    if held.runs:
        yield Hindrance(
            gettext("You are the only operator of this installation."),
            gettext("Create the account of another one with `hefu account create --operator`."),
        )


def _role(tie: Assignment, account: Account, on: date) -> Hindrance:
    """A role that is still held, and who ends it."""
    what = gettext("You hold a role in %(body)s: %(role)s.") % {
        "body": body_title(tie.body),
        "role": " · ".join(filter(None, (role_title(tie.scheme, tie.role), tie.scheme and scheme_title(tie.scheme)))),
    }
    others = [other.name for other in administrators(tie.body, on) if other.pk != account.pk]
    if not others:
        return Hindrance(what, gettext("Nobody else administers the body: an operator appoints somebody first."))
    return Hindrance(what, gettext("Ask %(names)s to end it.") % {"names": ", ".join(others)})


def _waiting(account: Account, roles: tuple[Assignment, ...]) -> Iterator[Hindrance]:
    """Dossiers in which they are named and something waits for a role of theirs."""
    named = PartyRow.objects.filter(key=account.key).values("dossier_id")
    rows = WorkRow.objects.filter(
        dossier_id__in=named, body__in={tie.body_id for tie in roles}, role__in={tie.role for tie in roles}
    )
    found = DossierRow.objects.filter(pk__in=rows.values("dossier_id")).order_by("title")
    for dossier in found[:NAMED]:
        yield Hindrance(
            gettext("Something waits for you in %(dossier)s.") % {"dossier": dossier.title},
            gettext("Do it, or have somebody else appointed in your place."),
            reverse("dossier:page", args=[dossier.pk]),
        )
    if (more := found.count() - NAMED) > 0:
        yield Hindrance(
            gettext("%(number)s other dossiers wait for you too.") % {"number": more},
            gettext("They are in your work list."),
            reverse("staff:work"),
        )
