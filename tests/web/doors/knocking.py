"""Knocking at a door: one request that leaves nothing behind, and what became of it in a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.test import Client

from hefu.web import kept
from tests.web.forgetting import forget

if TYPE_CHECKING:
    from hefu.people.models import Account

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OPEN, SIGN_IN, NOT_THERE, REFUSED, OTHER_WAY, BROKEN = "open", "sign in", "–", "refused", "another method", "broken"
SIGNING_IN = "/account/login/"
FAULTS = frozenset({400, 409, 422})
"""Whoever is told what is wrong with their form has come in."""


class Answer(NamedTuple):
    """What became of a request: in a word, its status, where it leads, and what it says."""

    word: str
    status: int
    location: str
    text: str


class Visitor:
    """Somebody who knocks again and again, each time as for the first time."""

    def __init__(self, account: Account | None) -> None:
        browser = Client()
        if account is not None:
            browser.force_login(account, backend=BACKEND)
        self._cookies = browser.cookies.output(attrs=[], header="")

    def knock(self, method: str, path: str, *, strict: bool = False, **more: Any) -> Answer:  # noqa: ANN401 - a request
        """Ask, and undo whatever that did. With `strict` the form's secret is asked for, and not given."""
        forget()  # how often somebody may ask is not the question here
        browser = Client(raise_request_exception=False, enforce_csrf_checks=strict)
        browser.cookies.load(self._cookies)
        with transaction.atomic():
            response = browser.generic(method, path, **more) if method != "POST" else browser.post(path, **more)
            content = response.getvalue()
            response.close()
            transaction.set_rollback(True)
        if method not in ("GET", "HEAD"):
            kept.store().forget()
        location = response.headers.get("Location", "")
        return Answer(
            _word(response.status_code, location), response.status_code, location, content.decode("utf-8", "replace")
        )


def _word(status: int, location: str) -> str:
    if status >= 500:
        return BROKEN
    if 300 <= status < 400:
        return SIGN_IN if location.startswith(f"{SIGNING_IN}?next=") else OPEN
    if status < 300 or status in FAULTS:
        return OPEN
    return {401: REFUSED, 403: REFUSED, 404: NOT_THERE, 405: OTHER_WAY}.get(status, f"{status}")
