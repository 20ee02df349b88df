"""One's own account: name and language, and what one holds where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hefu.people.models import NAME, Assignment, Delegation
from hefu.people.ties import not_over
from hefu.web import moment
from hefu.web.account.entry import Entry, line, sent
from hefu.web.account.gate import own
from hefu.web.account.titles import role_title, scheme_title
from hefu.web.door import person
from hefu.web.language import remember

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class ProfileForm(Entry):
    """Name and language."""

    name = line(_("Name"), NAME, _("As it shall stand in dossiers and documents."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, help_text=_("Of pages and mails."))


@own
def profile(request: HttpRequest) -> HttpResponse:
    """See and change what the account says; see one's roles."""
    account, today = person(request), moment.today()
    form = ProfileForm(sent(request), initial={"name": account.name, "language": account.language})
    if request.method == "POST" and form.is_valid():
        account.name, account.language = form.given("name"), form.given("language")
        account.save(update_fields=["name", "language"])
        messages.success(request, gettext("Your account has been changed."))
        response = redirect("account:profile")
        remember(request, response, account.language)
        return response
    ties = Assignment.objects.filter(not_over(today), account=account).select_related("body").order_by("body", "since")
    roles = [(tie, role_title(tie.scheme, tie.role), tie.scheme and scheme_title(tie.scheme)) for tie in ties]
    deputy = Delegation.objects.filter(not_over(today), deputy=account).select_related("body", "absent")
    context = {"form": form, "account": account, "roles": roles, "deputy": deputy, "heading": gettext("Account")}
    return render(request, "hefu/account/profile.html", context)
