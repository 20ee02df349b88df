"""The people of a body: who holds which role from when to when, who is away, who is invited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from hefu.people import invitations
from hefu.people.bodies import assignable
from hefu.people.models import Account, Assignment, Delegation, Interest, Invitation
from hefu.people.ties import not_over
from hefu.web import moment
from hefu.web.account import mail
from hefu.web.account.entry import Entry, day, sent
from hefu.web.account.gate import administered
from hefu.web.account.titles import body_title, grouped, offered, read, role_title
from hefu.web.account.told import told
from hefu.web.door import person

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from hefu.people.models import Body


class RolesForm(Entry):
    """Roles of a body, from a day on."""

    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    since = day(_("First day"))
    until = day(_("Last day"), _("Empty: until somebody ends it."), required=False)

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        roles = self.fields["roles"]
        if isinstance(roles, forms.MultipleChoiceField):
            roles.choices = grouped(assignable(body), gettext("The body"))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The roles that were chosen, as (scheme, role)."""
        return [read(value) for value in self.given("roles")]


class InviteForm(RolesForm):
    """An invitation to roles of a body."""

    email = forms.EmailField(
        label=_("Email"), help_text=_("The invitation is good for this address only, for 14 days.")
    )
    field_order = ("email", "roles", "since", "until")


class Row(NamedTuple):
    """One of the people as the list shows them."""

    account: Account
    roles: list[tuple[str, Assignment, bool]]
    away: Delegation | None
    interests: int


@administered
def people(request: HttpRequest, body: Body) -> HttpResponse:
    """The people of the body, with those invited; ended roles stand on the page of each person."""
    now = moment.now()
    ties = Assignment.objects.filter(not_over(now.on), body=body).select_related("account")
    away = Delegation.objects.filter(not_over(now.on), body=body).select_related("deputy").order_by("-since")
    absent = {tie.absent_id: tie for tie in away}
    rows: dict[int, Row] = {}
    within = offered(body)
    for tie in ties.order_by("account__name", "account", "scheme", "role"):
        row = rows.setdefault(tie.account_id, Row(tie.account, [], absent.get(tie.account_id), 0))
        row.roles.append((role_title(tie.scheme, tie.role, within), tie, tie.holds(now.on)))
    counted = _interests(rows, now.on)
    invited = Invitation.objects.filter(body=body, accepted=None, withdrawn=None, expires__gt=now.at).order_by("-sent")
    context = {
        "body": body,
        "rows": [row._replace(interests=counted.get(key, 0)) for key, row in rows.items()],
        "invited": [(held, [role_title(scheme, role, within) for scheme, role in held.roles]) for held in invited],
        "today": now.on,
        **frame(body, gettext("People")),
    }
    return render(request, "hefu/account/people.html", context)


def _interests(rows: dict[int, Row], today: date) -> dict[int, int]:
    """How many interests of each of the people count today or later."""
    found: dict[int, int] = {}
    for account in Interest.objects.filter(not_over(today), account__in=rows).values_list("account", flat=True):
        found[account] = found.get(account, 0) + 1
    return found


@administered
def invite(request: HttpRequest, body: Body) -> HttpResponse:
    """Invite somebody to roles of the body."""
    account, now = person(request), moment.now()
    form = InviteForm(body, sent(request), initial={"since": now.on})
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: _send(request, form, body, account))
        if made is not None:
            messages.success(request, gettext("The invitation has been sent to %(email)s.") % {"email": made.email})
            return redirect("account:people", body.pk)
    return render(
        request, "hefu/account/invite.html", {"form": form, **frame(body, gettext("Invite somebody"), _list(body))}
    )


def _send(request: HttpRequest, form: InviteForm, body: Body, account: Account) -> Invitation:
    now = moment.now()
    with transaction.atomic():
        held, secret = invitations.invite_to_body(
            form.given("email"), body, form.pairs, account, now.at, now.on, form.given("since"), form.given("until")
        )
        mail.send_invitation(request, held, secret)
    return held


@require_POST
@administered
def withdraw(request: HttpRequest, body: Body, number: int) -> HttpResponse:
    """Take an invitation back."""
    account, now = person(request), moment.now()
    held = get_object_or_404(Invitation, pk=number, body=body)
    told(request, lambda: invitations.withdraw(held, account, now.at, now.on), gettext("The invitation is void."))
    return redirect("account:people", body.pk)


def _list(body: Body) -> str:
    return reverse("account:people", args=[body.pk])


def frame(body: Body, heading: str, back: str = "") -> dict[str, object]:
    """What all pages of a body have in common: where they stand, what stands beside them, and the way back."""
    title = body_title(body)
    crumbs = [(title, _list(body)), (heading, "")] if back else []
    return {"portal": "staff", "body": body, "heading": heading, "lead": title, "crumbs": crumbs, "back": back}
