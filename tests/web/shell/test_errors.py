from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import path

from hefu.site import urls

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def _raising(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    def view(_request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    *urls.urlpatterns,
    path("bad/", _raising(SuspiciousOperation("x"))),
    path("forbidden/", _raising(PermissionDenied("x"))),
    path("broken/", _raising(RuntimeError("secret detail"))),
    path("down/", _raising(OperationalError("secret detail"))),
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

CASES = [("/bad/", 400), ("/forbidden/", 403), ("/nothing/", 404), ("/broken/", 500), ("/down/", 503)]


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(("address", "status"), CASES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_failure_says_what_happened_and_what_to_do_next(address: str, status: int, language: str) -> None:
    visitor = Client(raise_request_exception=False)
    visitor.cookies["language"] = language
    with override_settings(ROOT_URLCONF="tests.web.shell.test_errors"):
        answer = visitor.get(address)
    text = answer.content.decode()
    assert answer.status_code == status
    assert len(re.findall(r"<h1>[^<]+</h1>", text)) == 1
    assert len(re.findall(r"<p>[^<]{6,}</p>", text)) == 2
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in text
    assert "secret detail" not in text
    assert 'href="/"' in text
    assert 'href="/home/"' in text
    assert answer.headers["Content-Security-Policy"]


@pytest.mark.usefixtures("site")
def test_a_database_that_does_not_answer_is_worth_another_try() -> None:
    with override_settings(ROOT_URLCONF="tests.web.shell.test_errors"):
        assert Client(raise_request_exception=False).get("/down/").headers["Retry-After"] == "60"
