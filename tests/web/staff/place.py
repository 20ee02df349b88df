"""A body with its people, another body, and somebody from outside: who sees which of the pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from django.test import Client

from hefu.dossiers.outcome import When
from tests.people.town import administrator, assign, body, person
from tests.web.staff.crowd import TODAY

if TYPE_CHECKING:
    from hefu.people.models import Account

NOW = When(TODAY, datetime(2026, 11, 20, 3, tzinfo=UTC))
WAL = "wal-qp-21"
ROLES = {
    "planner": ("planner", "certificate-officer"),
    "auditor": ("auditor", "lead-auditor"),
    "reviewer": ("application-reviewer",),
    "decider": ("decision-maker",),
}


def now() -> When:
    """The moment of all these tests (settings.HEFU_NOW)."""
    return NOW


def settle() -> dict[str, Account]:
    """The body `wal` with its people, the body `other` with one of everything, and somebody of neither."""
    wal, other = body("wal", WAL), body("other", WAL)
    found = {}
    for name, roles in ROLES.items():
        found[name] = person(name)
        for role in roles:
            assign(found[name], wal, role)
    found["administrator"] = administrator("administrator", wal)
    found["stranger"] = person("stranger")
    for role in ("planner", "decision-maker", "application-reviewer"):
        assign(found["stranger"], other, role)
    found["outsider"] = person("outsider")
    return found


def client(account: Account | None = None, language: str = "en") -> Client:
    """A browser that speaks English, signed in where an account is given."""
    found = Client()
    found.cookies["language"] = language
    if account is not None:
        found.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


def words(response: Any) -> str:  # noqa: ANN401 - a response of the test client
    """What a page says, without its markup."""
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
