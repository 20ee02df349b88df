"""Visits: a browser without a screen, signed in as somebody or nobody, and what it sees."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from django.core import mail
from django.test import Client

from hefu.dossiers.outcome import When
from tests.people.town import DAY

if TYPE_CHECKING:
    from hefu.people.models import Account

NOW = When(DAY, datetime(2026, 11, 20, 3, tzinfo=UTC))


def now() -> When:
    """The moment of all these tests (settings.HEFU_NOW)."""
    return NOW


def client(account: Account | None = None, language: str = "en") -> Client:
    """A browser that speaks English, signed in where an account is given."""
    found = Client()
    found.cookies["language"] = language
    if account is not None:
        found.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


def words(response: Any) -> str:  # noqa: ANN401 - a response of the test client
    """What a page says, without its markup."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def link(number: int = -1) -> str:
    """The path of the link in a mail, the last one by default."""
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[number].body))
    assert found is not None, mail.outbox[number].body
    return found[1]
