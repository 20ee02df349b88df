from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from hefu.web.limits import View, address, limited
from tests.web.shell.rendering import request as asked

pytestmark = pytest.mark.usefixtures("site")


@limited("asking", per_minute=3)
def ask(_request: HttpRequest) -> HttpResponse:
    """A page that anybody may send something to."""
    return HttpResponse("thank you")


def _send(sender: str = "192.0.2.1", view: View = ask, method: str = "POST") -> HttpResponse:
    request = RequestFactory().generic(method, "/", REMOTE_ADDR=sender)
    request.user = asked().user
    answer = view(request)
    assert isinstance(answer, HttpResponse)
    return answer


def send_to(view: View, times: int, method: str = "POST") -> list[int]:
    """What a view answers to somebody who asks again and again."""
    return [_send(view=view, method=method).status_code for _ in range(times)]


def test_who_asks_too_often_is_told_to_wait() -> None:
    assert [_send().status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = _send()
    assert answer.headers["Retry-After"] == "60"
    assert "请稍等一分钟再试" in answer.content.decode()


def test_each_address_is_counted_for_itself() -> None:
    for _ in range(4):
        _send()
    assert _send("192.0.2.2").status_code == 200


def test_looking_is_not_counted() -> None:
    for _ in range(5):
        assert ask(asked()).status_code == 200


def test_an_address_claimed_by_the_sender_is_not_believed() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": "203.0.113.9"})
    assert address(request) == "192.0.2.1"


@override_settings(HEFU_PROXIES=1)
def test_what_our_own_proxy_adds_is_believed_and_nothing_before_it() -> None:
    passed = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    assert address(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers=passed)) == "198.51.100.7"
