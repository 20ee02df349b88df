"""Pages in chromium: a server on loopback over the test's own database, and a browser that is signed in or not.

def test_something(open_page: OpenPage) -> None:
    page = open_page("/", account=somebody, language="en", theme="dark", width=390)
    no_barriers(page)

Every page fails its test when the browser complains: a script error, a refused resource, a missing file.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any, Protocol

import django
import pytest

django.setup()
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps a loop in this thread; the product has none

from django.conf import settings  # noqa: E402 - Django first
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.testcases import LiveServerThread  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from hefu.people.models import Account

HOST = "127.0.0.1"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The same engine under its names; the one without windows needs a third of the processor."""
HEIGHT = 900
ERRORS = 400


class OpenPage(Protocol):
    """Opens an address of the product as somebody, in a language, a theme and a width.

    `expected` is a part of the complaints that the test itself provokes; `status` is what the page answers with.
    """

    def __call__(  # noqa: PLR0913 - who looks at what, and how
        self, path: str, account: Account | None = None, *, language: str = "zh-hans", theme: str = "auto",
        width: int = 1440, expected: str = "", status: int = 200,
    ) -> Page: ...  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A browser; only the CI insists that there is one."""
    path = os.environ.get("HEFU_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        why = "there is no chromium, so what is seen in a browser is left out"
        pytest.fail(why) if os.environ.get("CI") == "true" else pytest.skip(why)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(site: str) -> Iterator[str]:  # noqa: ARG001 - the database first
    """The product, answering on loopback."""
    thread = LiveServerThread(HOST, _as_it_is)  # type: ignore[arg-type]  # any function of the handler will do
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://{HOST}:{thread.port}"
    thread.terminate()


def _as_it_is(_media: Any) -> WSGIHandler:  # noqa: ANN401 - Django's own handler of media files
    """The application alone: whitenoise brings the static files, as it does in the product."""
    return WSGIHandler()


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[OpenPage]:
    """Opens pages; at the end nothing may have been complained about."""
    contexts, complaints = [], []

    def opened(  # noqa: PLR0913 - who looks at what, and how
        path: str, account: Account | None = None, *, language: str = "zh-hans", theme: str = "auto", width: int = 1440,
        expected: str = "", status: int = 200,
    ) -> Page:  # fmt: skip
        provoked = [expected] if expected else []
        provoked += [f"the server responded with a status of {status}"] if status >= ERRORS else []

        def heard(text: str) -> None:
            if not any(part in text for part in provoked):
                complaints.append(f"{path}: {text}")

        context = chromium.new_context(viewport={"width": width, "height": HEIGHT}, base_url=address)
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language, "theme": theme}
        if account is not None:
            client = Client()
            client.force_login(account, backend=BACKEND)
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{path}: {error}"))
        page.on("console", lambda told: heard(told.text) if told.type == "error" else None)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
