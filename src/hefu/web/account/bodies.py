"""The bodies of the installation: an operator makes them and their first administrator; others see their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hefu.people import bodies as people
from hefu.people import invitations
from hefu.people.models import NAME, Assignment, Body, Invitation
from hefu.people.roles import ADMINISTRATOR
from hefu.people.seeing import managed
from hefu.people.ties import holding
from hefu.rules.load import Library
from hefu.web import moment
from hefu.web.account import mail
from hefu.web.account.entry import Entry, line, sent
from hefu.web.account.gate import operated, own
from hefu.web.account.titles import body_title, scheme_title
from hefu.web.door import person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hefu.people.models import Account


def all_schemes() -> list[tuple[str, str]]:
    """Every scheme of the library, with its title."""
    names = sorted({folder.parent.name for folder in Library().folders()})
    return [(name, scheme_title(name)) for name in names]


class BodyForm(Entry):
    """A new body."""

    slug = forms.SlugField(
        label=_("Short name"), max_length=NAME, help_text=_("In addresses, for ever: small letters, digits, hyphens.")
    )
    name = line(_("Full name"), 200)
    name_en = line(_("English name"), 200, required=False)
    contact = forms.CharField(
        label=_("Contact"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The public sees it.")
    )
    schemes = forms.MultipleChoiceField(
        label=_("Schemes that it operates"), widget=forms.CheckboxSelectMultiple, choices=all_schemes
    )
    email = forms.EmailField(
        label=_("Email of the first administrator"), help_text=_("An invitation is sent there; it is good for 14 days.")
    )


class AdministratorForm(Entry):
    """One more administrator."""

    email = forms.EmailField(label=_("Email"), help_text=_("An invitation is sent there; it is good for 14 days."))


@own
def bodies(request: HttpRequest) -> HttpResponse:
    """All bodies for an operator, one's own for an administrator; the only one at once."""
    account, today = person(request), moment.today()
    mine = managed(account, today)
    if not account.operator:
        if not mine:
            raise Http404
        if len(mine) == 1:
            return redirect("account:people", mine[0].pk)
    shown = list(Body.objects.order_by("name")) if account.operator else mine
    ties = Assignment.objects.filter(holding(today), body__in=shown, scheme="", role=ADMINISTRATOR)
    administrators: dict[str, list[str]] = {}
    for slug, name in ties.values_list("body", "account__name"):
        administrators.setdefault(slug, []).append(name)
    offers: dict[str, list[str]] = {}
    for body in Body.objects.filter(pk__in=[found.pk for found in shown]).prefetch_related("offers"):
        offers[body.pk] = [scheme_title(offer.scheme) for offer in body.offers.all()]
    rows = [(body, body_title(body), administrators.get(body.pk, ()), offers[body.pk], body in mine) for body in shown]
    context = {"rows": rows, "portal": "operator" if account.operator else "staff", "heading": gettext("Bodies")}
    return render(request, "hefu/account/bodies.html", context)


@operated
def new_body(request: HttpRequest) -> HttpResponse:
    """Make a body and invite its first administrator, both or neither."""
    form = BodyForm(sent(request))
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: _make(request, form))
        if made is not None:
            messages.success(request, gettext("%(name)s is there.") % {"name": made.name})
            return redirect("account:bodies")
    context = {
        "form": form,
        "portal": "operator",
        "heading": gettext("A new body"),
        "crumbs": [(gettext("Bodies"), "../"), (gettext("A new body"), "")],
    }
    return render(request, "hefu/account/new-body.html", context)


def _make(request: HttpRequest, form: BodyForm) -> Body:
    given = form.given
    with transaction.atomic():
        made = people.create(given("slug"), given("name"), given("schemes"), given("name_en"), given("contact"))
        _invite(request, made, given("email"), person(request))
    return made


@operated
def administrators(request: HttpRequest, body: str) -> HttpResponse:
    """Invite an administrator: the way back in for a body that has lost its own."""
    found = get_object_or_404(Body, pk=body)
    form = AdministratorForm(sent(request))
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: _invite(request, found, form.given("email"), person(request)))
        if made is not None:
            return redirect("account:bodies")
    context = {
        "form": form,
        "portal": "operator",
        "heading": gettext("Invite an administrator"),
        "lead": body_title(found),
        "crumbs": [(gettext("Bodies"), "../../"), (gettext("Invite an administrator"), "")],
    }
    return render(request, "hefu/account/administrators.html", context)


def _invite(request: HttpRequest, body: Body, email: str, by: Account) -> Invitation:
    now = moment.now()
    with transaction.atomic():
        held, secret = invitations.invite_to_body(email, body, [("", ADMINISTRATOR)], by, now.at, now.on)
        mail.send_invitation(request, held, secret)
    messages.success(request, gettext("The invitation has been sent to %(email)s.") % {"email": held.email})
    return held
