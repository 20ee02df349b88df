"""shared: what all processes remember together, on each database; limits count together."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from hefu.web import limits, shared
from hefu.web.models import SharedRow
from tests.conftest import ROOT
from tests.settings import SERVER
from tests.web.shell.test_limits import send_to

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MOST = 60
TOGETHER = """
import sys
from hefu import site
site.start()
from django.http import HttpResponse
from django.test import RequestFactory
from hefu.web import limits
limits.time.time = lambda: 1_800_000_000
limits.page = lambda request, status: HttpResponse(status=status)
view = limits.limited("asking", per_minute=60, methods=("GET", "POST"))(lambda request: HttpResponse())
request = RequestFactory().generic(sys.argv[1], "/", REMOTE_ADDR="192.0.2.1")
print("ready", flush=True)
sys.stdin.readline()
print(sum(view(request).status_code == 200 for _ in range(60)))
"""


@pytest.mark.usefixtures("sites")
def test_it_keeps_a_value_until_its_time_and_adds_only_where_none_is(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_800_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    cache.set("history", [1.5, 2], 60)
    assert cache.get("history") == [1.5, 2]
    assert not cache.add("history", "other", 60)
    assert cache.add("lock", "yes", 10)
    assert cache.touch("lock", 100)
    assert cache.delete("history")
    assert cache.get("history", "none") == "none"
    now += 61
    assert cache.get("lock") == "yes"
    now += 60
    assert cache.get("lock") is None
    assert cache.add("lock", "again", 10)
    cache.clear()
    assert not SharedRow.objects.exists()


@pytest.mark.usefixtures("sites")
def test_a_number_is_raised_by_everybody_and_its_key_tells_no_address() -> None:
    assert [shared.shared().raised("192.0.2.1", by, 60) for by in (6, 6, 1)] == [6, 12, 13]
    (row,) = SharedRow.objects.all()
    assert "192" not in row.key
    assert len(row.key) == 64


@pytest.mark.usefixtures("sites")
def test_what_is_over_goes_with_what_is_written_later(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.set("old", 1, -1)
    cache.set("new", 1, 60)
    assert SharedRow.objects.count() == 2
    monkeypatch.setattr(shared, "TIDY", 0)
    cache.set("newer", 1, 60)
    assert SharedRow.objects.count() == 2
    assert cache.get("new") == 1


@pytest.mark.usefixtures("site")
def test_an_ordinary_reader_writes_nothing_and_whoever_is_over_the_limit_neither(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)
    view = limits.limited("reading", per_minute=MOST, methods=("GET",))(_thanks)
    with CaptureQueriesContext(connection) as few:
        assert send_to(view, MOST // limits.STEPS - 1, "GET") == [200] * (MOST // limits.STEPS - 1)
    assert len(few) == 0
    with CaptureQueriesContext(connection) as all_of_them:
        answers = send_to(view, MOST, "GET")
    assert answers.count(200) == MOST - len([200] * (MOST // limits.STEPS - 1))
    assert sum("hefu_shared" in query["sql"] for query in all_of_them) <= limits.STEPS + 1


def _thanks(_request: HttpRequest) -> HttpResponse:
    from django.http import HttpResponse  # noqa: PLC0415 - beside the type

    return HttpResponse("thank you")


@pytest.mark.parametrize(("method", "more"), [("POST", 0), ("GET", MOST // limits.STEPS - 1)])
def test_two_processes_count_together_exactly_what_is_sent_and_within_a_tenth_who_looks(
    sites: str, method: str, more: int
) -> None:
    settings = connections[sites].settings_dict
    lite = connections[sites].vendor == "sqlite"
    address = f"sqlite:///{settings['NAME']}" if lite else f"{SERVER.rpartition('/')[0]}/{settings['NAME']}"
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "hefu.site.settings", "HEFU_DATABASE_URL": address,
        "HEFU_SECRET": "the same for all workers",
    }  # fmt: skip
    started = [
        subprocess.Popen(  # noqa: S603 - our own
            [sys.executable, "-c", TOGETHER, method], cwd=ROOT, env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    answered = [int(process.communicate("go\n")[0]) for process in started]
    assert MOST <= sum(answered) <= MOST + more
