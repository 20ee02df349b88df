"""What somebody wants by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hefu.notices.choice import choice, choose
from hefu.notices.models import Mail
from hefu.web.door import person
from hefu.web.notices.shown import portal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def choose_mail(request: HttpRequest) -> HttpResponse:
    """The choice; a POST makes it."""
    account = person(request)
    if request.method == "POST":
        wanted = request.POST.get("mail", "")
        if wanted in Mail.values:
            choose(account, Mail(wanted))
            messages.success(request, _("Your choice is kept. It holds from the next notice on."))
            return redirect("notices:choice")
    context = {"options": Mail.choices, "chosen": choice(account), "portal": portal(account),
               "missing": request.method == "POST"}  # fmt: skip
    return render(request, "hefu/notices/choice.html", context, status=400 if context["missing"] else 200)
