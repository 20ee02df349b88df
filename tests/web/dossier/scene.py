"""A scene for tests: the demonstration's people, and one dossier that has come as far as a test needs it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.test import Client

from hefu.demo.cast import Cast, settle
from hefu.demo.lives import Life, live
from hefu.dossiers.outcome import When
from hefu.web import kept
from tests.web.forms.sending import sent

if TYPE_CHECKING:
    from django.http import HttpResponse

TODAY = date(2026, 11, 20)
NOW = When(TODAY, datetime(2026, 11, 20, 2, 30, tzinfo=UTC))
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def now() -> When:
    """The moment of the tests (settings.HEFU_NOW)."""
    return NOW


class Scene(NamedTuple):
    """Everybody, and a dossier."""

    cast: Cast
    dossier: str

    def another(self, until: str, holder: str) -> Scene:
        """Another dossier of the same body, with the same people."""
        life = Life("wal", "wal-qp-21/a-whole-life", until, 1, holder, {}, {})
        return self._replace(dossier=live(kept.store(), self.cast, life, NOW, {}))

    def browser(self, who: str) -> Client:
        """A browser in which somebody of the cast has signed in."""
        browser = Client()
        browser.force_login(self.cast.accounts[who], backend=BACKEND)
        return browser

    def page(self, who: str, path: str = "") -> Any:  # noqa: ANN401 - a response as the test client gives it
        """A page of the dossier as somebody sees it."""
        found: Any = self.browser(who).get(f"/d/{self.dossier}/{path}")
        return found

    def hand_in(self, who: str, do: str, answers: dict[str, Any], *, confirmed: bool = False) -> HttpResponse:
        """The sheet of an act, opened, filled in and sent as a browser would."""
        browser, path = self.browser(who), f"/d/{self.dossier}/do/{do}/"
        given = sent(browser.get(path).content.decode())
        return self.again(browser, path, {**given.dict(), **answers}, confirmed=confirmed)

    @staticmethod
    def again(browser: Client, path: str, fields: dict[str, Any], *, confirmed: bool = False) -> HttpResponse:
        """Send a sheet once more, as it is."""
        more = {"_confirmed": "yes"} if confirmed else {}
        answer: Any = browser.post(path, {**fields, **more})
        return answer  # type: ignore[no-any-return]


def scene(until: str, body: str = "wal", story: str = "wal-qp-21/a-whole-life", holder: str = "anxin") -> Scene:
    """A dossier that has lived a story until an act, a day ago."""
    kept.store().forget()
    cast = settle(TODAY)
    return Scene(cast, live(kept.store(), cast, Life(body, story, until, 1, holder, {}, {}), NOW, {}))
