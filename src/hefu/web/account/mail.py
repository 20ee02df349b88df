"""The mails of this part: plain text, in the language of whoever gets them, where we know it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from hefu.people.models import Account
from hefu.web.account.titles import body_title, role_title
from hefu.web.language import known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from hefu.people.models import Invitation, Joining


def send_invitation(request: HttpRequest, held: Invitation, secret: str) -> None:
    """The one mail that holds the secret of an invitation."""
    link = request.build_absolute_uri(reverse("account:invitation", args=[secret]))
    with translation.override(_language(held.email)):
        where = body_title(held.body) if held.body else held.organisation
        roles = [role_title(scheme, role) for scheme, role in held.roles]
        until = held.expires.astimezone(ZoneInfo(settings.HEFU_ZONE)).date()
        context = {"by": held.by.name, "where": where, "roles": roles, "link": link, "until": until.isoformat()}
        _send("invitation", held.email, context)


def send_joining(request: HttpRequest, asked: Joining, managers: list[Account]) -> None:
    """Tell the managers of an organisation that somebody asks to join."""
    link = request.build_absolute_uri(reverse("account:organisation", args=[asked.organisation.uscc]))
    for manager in managers:
        with translation.override(manager.language):
            _send("joining", manager.email, {"asked": asked, "link": link})


def send_answer(request: HttpRequest, asked: Joining) -> None:
    """Tell somebody whether they may act for an organisation."""
    link = request.build_absolute_uri(reverse("account:organisations"))
    with translation.override(asked.account.language):
        _send("answer", asked.account.email, {"asked": asked, "link": link})


def _language(email: str) -> str:
    """The language of an account, else the one that is spoken now."""
    told = Account.objects.filter(email=email).values_list("language", flat=True).first()
    return told if told and known(told) else translation.get_language() or ""


def _send(stem: str, to: str, context: Mapping[str, object]) -> None:
    subject, _, text = render_to_string(f"hefu/account/mail/{stem}.txt", dict(context)).strip().partition("\n")
    send_mail(subject.strip(), text.strip() + "\n", None, [to])
