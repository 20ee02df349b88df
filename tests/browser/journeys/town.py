"""The town of the journeys: the living product, everybody who goes in and out, and the day that it is.

Everybody is of the demonstration's cast (src/hefu/demo/cast.yaml says who has which role, and for which organisation);
here each has a password, and signs in with it. No dossier has begun: the journeys do that.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings

from hefu.demo.cast import Cast, settle
from hefu.dossiers.outcome import When
from hefu.jobs import rounds
from hefu.web import kept
from tests.browser.journeys.hand import Hand

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

PASSWORD = "tally-fits-tally-2026"  # noqa: S105 - of nobody
MORNING = hour(1, 30, tzinfo=UTC)
"""Half past nine in the bodies' zone."""
PATIENCE = 30_000
"""Milliseconds that somebody waits for anything before they give up."""
HEIGHT = 900
WAITING = Path(__file__).with_name("waiting.js")
"""What tells in a page whether it has answered to all that was typed; the product has no part in it."""


class _Today:
    """What the product takes for this moment, once settings.HEFU_NOW names `now`."""

    on = date(2025, 3, 3)
    since = 0.0


def now() -> When:
    """The moment in the town: its day, and an instant that goes on within it."""
    start = datetime.combine(_Today.on, MORNING)
    return When(_Today.on, start + timedelta(seconds=time.monotonic() - _Today.since))


class Town:
    """A living product at an address, its people by their names in the cast, and its calendar on the wall."""

    def __init__(self, browser: Browser, address: str, day: str) -> None:
        self.browser, self.address = browser, address
        self.complaints: list[str] = []
        self._hands: dict[str, Hand] = {}
        self._set(date.fromisoformat(day))
        self.cast: Cast = settle(_Today.on)
        for account in self.cast.accounts.values():
            account.set_password(PASSWORD)
            account.save()
            EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)

    @property
    def today(self) -> date:
        """The day that it is."""
        return _Today.on

    def person(self, name: str, *, javascript: bool = True, width: int = 1440) -> Hand:
        """Somebody of the cast, signed in through the form with their password; the same hand whenever asked again."""
        key = f"{name}/{javascript}/{width}"
        if key not in self._hands:
            hand = Hand(self._context(javascript=javascript, width=width), name, self.complaints, lambda: self.today)
            hand.signs_in(self.cast.accounts[name].email, PASSWORD)
            self._hands[key] = hand
        return self._hands[key]

    def anybody(self, *, javascript: bool = True, width: int = 1440) -> Hand:
        """Somebody who has not signed in."""
        key = f"/{javascript}/{width}"
        if key not in self._hands:
            context = self._context(javascript=javascript, width=width)
            self._hands[key] = Hand(context, "anybody", self.complaints, lambda: self.today)
        return self._hands[key]

    def it_is(self, day: str) -> None:
        """Let it be a later day, with what the passing of time brings: the daily round, as the worker makes it."""
        on = date.fromisoformat(day)
        assert on >= _Today.on, f"{on} lies before {_Today.on}"
        if on != _Today.on:
            self._set(on)
            found = rounds.make(kept.store(), rounds.asked_for(rounds.SWEEP, now()), now)
            assert not found.faults, found.faults

    def close(self) -> None:
        """Everybody goes home; nothing may have been complained about on the way."""
        for hand in self._hands.values():
            hand.page.context.close()
        assert not self.complaints, "\n".join(self.complaints)

    def _set(self, on: date) -> None:
        _Today.on, _Today.since = on, time.monotonic()

    def _context(self, *, javascript: bool, width: int) -> BrowserContext:
        context = self.browser.new_context(
            viewport={"width": width, "height": HEIGHT}, base_url=self.address, java_script_enabled=javascript,
            locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        context.add_init_script(path=WAITING)
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "zh-hans", "url": self.address}
        context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie in its shortest form
        return context
