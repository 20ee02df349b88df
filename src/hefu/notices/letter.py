"""A letter: plain text with a simple HTML alternative, in the language of whoever gets it.

Its headers say that a program has written it (RFC 3834), on which list it is (RFC 2919) and which one it is for ever
(RFC 5322 3.6.4). A mail that is sent again, because a process died before it could note that it was sent, has the same
Message-ID, so that mail programs show it once.
"""

from __future__ import annotations

from email.utils import format_datetime, parseaddr
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hefu.people.models import Account


def letter(  # noqa: PLR0913 - a letter is exactly these
    account: Account, template: str, words: Mapping[str, Any], key: str, thread: str, at: datetime
) -> EmailMultiAlternatives:
    """A letter to somebody, by the templates TEMPLATE.subject.txt, .txt and .html.

    `key` names the letter for ever; letters of the same `thread` stand together in a mail program.
    """
    known = {**words, "language": account.language, "site": settings.HEFU_URL.rstrip("/")}
    with translation.override(account.language):
        subject = " ".join(render_to_string(f"{template}.subject.txt", known).split())
        text = render_to_string(f"{template}.txt", known)
        page = render_to_string(f"{template}.html", known)
    mail = EmailMultiAlternatives(subject, text, None, [account.email], headers={
        "Message-ID": message_id(key, account),
        "References": _named(thread),
        "Date": format_datetime(at),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Id": f"Hefu <notices.{_domain()}>",
        "Content-Language": account.language,
    })  # fmt: skip
    mail.attach_alternative(page, "text/html")
    return mail


def message_id(key: str, account: Account) -> str:
    """The Message-ID of a letter to somebody."""
    return _named(f"{key}/{account.key}")


def _named(key: str) -> str:
    """A name for ever that tells nothing of what it names."""
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{_domain()}>"


def _domain() -> str:
    """The domain of the address that we send from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
