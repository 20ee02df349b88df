"""What programs ask for goes past Django, and nobody can tell: the same bytes under the same headers."""

from __future__ import annotations

import gzip
import json
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

from hefu.people.models import Body
from hefu.register.models import EntryRow, StepRow
from hefu.web.public.direct import Direct
from tests.dossiers.lives import life
from tests.web.public import square
from tests.web.public.square import FIRST, LIST, SECOND, WAL, lived

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hefu.web.public.direct import Application, Environ, Start

LIVES = (
    (WAL, "a-whole-life"), (WAL, "six-grounds-of-suspension"), (WAL, "cancelled-at-the-holders-request"),
    (FIRST, "expiry-ends-a-suspended-certificate"), (SECOND, "a-whole-life"), (LIST, "removal-on-each-ground"),
)  # fmt: skip


class Answer(NamedTuple):
    """What a server is told to send."""

    status: str
    headers: dict[str, str]
    body: bytes


class Counted:
    """Django, and how often it was asked."""

    def __init__(self) -> None:
        self.held, self.times = get_wsgi_application(), 0

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        self.times += 1
        return self.held(environ, start)


@pytest.fixture(autouse=True)
def _square(sites: str) -> Iterator[None]:  # noqa: ARG001 - the database first
    with override_settings(HEFU_NOW="tests.web.public.square.now"):
        square.body()
        yield


def ask(application: Application, path: str, method: str = "GET", **headers: str) -> Answer:
    told: list[tuple[str, list[tuple[str, str]]]] = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "REMOTE_ADDR": "192.0.2.1", "HTTP_HOST": "localhost", "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        **headers,
    }  # fmt: skip
    path, _, environ["QUERY_STRING"] = path.partition("?")
    body = b"".join(application({**environ, "PATH_INFO": path}, lambda status, lines: told.append((status, lines))))
    status, lines = told[0]
    return Answer(status, dict(lines), body)


def test_every_entry_is_answered_without_django_as_django_answers_it() -> None:
    for number, (folder, name) in enumerate(LIVES):
        lived(folder, name, dossier=f"d-{number}")
    django = Counted()
    direct = Direct(django)
    for entry in EntryRow.objects.all():
        path = f"/c/{entry.public}.json"
        tag = ask(django, path).headers["ETag"]
        for headers in (
            {}, {"HTTP_ACCEPT_ENCODING": "gzip, br"}, {"HTTP_IF_NONE_MATCH": tag}, {"HTTP_IF_NONE_MATCH": '"other"'},
            {"HTTP_COOKIE": "language=en; theme=dark"}, {"HTTP_HOST": "127.0.0.1"},
        ):  # fmt: skip
            expected, before = ask(django, path, **headers), django.times
            assert ask(direct, path, **headers) == expected
            assert django.times == before, headers
    assert EntryRow.objects.count() >= len(LIVES)


def test_it_says_what_stands_in_the_tables_as_a_program_reads_it() -> None:
    lived(WAL)
    entry = EntryRow.objects.get()
    answer = ask(Direct(Counted()), f"/c/{entry.public}.json", HTTP_ACCEPT_ENCODING="gzip")
    data = json.loads(gzip.decompress(answer.body))
    assert (data["number"], data["status"]["code"], data["id"]) == (
        entry.number, entry.status, f"http://localhost/c/{entry.public}/",
    )  # fmt: skip
    assert [step["act"] for step in data["history"]] == [
        step.act for step in StepRow.objects.filter(entry=entry.public).order_by("-number")
    ]
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("ask_for", [
    ("/c/0000000000000000.json", "GET", {}), ("/c/x.json/", "GET", {}), ("/c/%00.json", "GET", {}),
    ("/c/{public}.json", "HEAD", {}), ("/c/{public}.json", "POST", {}),
    ("/c/{public}.json", "GET", {"HTTP_HOST": "elsewhere.example"}),
    ("/healthz", "GET", {}),
])  # fmt: skip
def test_everything_else_is_djangos(ask_for: tuple[str, str, dict[str, str]]) -> None:
    lived(WAL)
    path, method, headers = ask_for
    path, django = path.format(public=EntryRow.objects.get().public), Counted()
    expected, got = ask(django, path, method, **headers), ask(Direct(django), path, method, **headers)
    assert (got.status, got.headers.keys()) == (expected.status, expected.headers.keys())
    assert django.times == 2


def test_where_https_is_insisted_on_nothing_is_answered_without_it() -> None:
    lived(WAL)
    path = f"/c/{EntryRow.objects.get().public}.json"
    secure = {"SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 60,
              "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")}  # fmt: skip
    with override_settings(**secure):
        django = Counted()
        direct = Direct(django)
        assert ask(direct, path).status.startswith("301")
        answer = ask(direct, path, HTTP_X_FORWARDED_PROTO="https")
        assert (django.times, answer.headers["Strict-Transport-Security"]) == (1, "max-age=60")
        assert answer == ask(django, path, HTTP_X_FORWARDED_PROTO="https")


def test_what_an_act_changes_is_there_with_the_next_question() -> None:
    name = "six-grounds-of-suspension"
    direct, django, seen = Direct(Counted()), Counted(), set()
    for steps in range(1, len(life(WAL, name).steps) + 1):
        dossier = lived(WAL, name, dossier=f"d-{steps}", steps=steps)
        for entry in EntryRow.objects.filter(dossier=dossier):
            answer = ask(direct, f"/c/{entry.public}.json")
            assert answer == ask(django, f"/c/{entry.public}.json")
            seen.add(json.loads(answer.body)["status"]["code"])
    assert len(seen) > 1
    entry = EntryRow.objects.latest("pk")
    before = ask(direct, f"/c/{entry.public}.json")
    Body.objects.update(name="改了名的认证中心")
    after = ask(direct, f"/c/{entry.public}.json", HTTP_IF_NONE_MATCH=before.headers["ETag"])
    assert json.loads(after.body)["body"]["name"] == "改了名的认证中心"


def test_a_crawl_is_answered_and_guessing_numbers_is_limited_as_ever() -> None:
    lived(WAL)
    direct, path = Direct(Counted()), f"/c/{EntryRow.objects.get().public}.json"
    assert {ask(direct, path).status for _ in range(100)} == {"200 OK"}
    statuses = [ask(direct, f"/c/?number={number}").status[:3] for number in range(61)]
    assert (statuses[59], statuses[60]) == ("302", "429")
