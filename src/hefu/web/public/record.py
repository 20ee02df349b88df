"""/c/….json: a certificate or an entry of a list for programs. It says nothing that the page does not say.

It is the same for every reader, whatever their language and whoever they are, so anybody may keep it for a minute, and
nothing that knows a reader has to stand before it: direct.py asks `reply` without any of that.
"""

from __future__ import annotations

import json
import re
from datetime import date
from functools import lru_cache
from gzip import compress
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from hefu.register import lookup
from hefu.rules.evolve import CERTIFICATE
from hefu.web import moment
from hefu.web.public import fresh, schemes
from hefu.web.public.ahead import EXPIRED, ahead, is_over

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from hefu.register.lookup import Found, Rows

ENDING = ".json"
UNCHANGED, PLAIN, PRESSED = "unchanged", "plain", "pressed"
"""What is sent: nothing to whoever has it already, the text as it is, or compressed."""
_ALWAYS = (
    ("Content-Language", "zh-hans, en"),
    ("Cache-Control", fresh.MINUTE),
    ("Vary", "Accept-Encoding"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Access-Control-Allow-Origin", "*"),
)
_KIND = ("Content-Type", "application/json")
HEADERS = {UNCHANGED: _ALWAYS, PLAIN: (_KIND, *_ALWAYS), PRESSED: (_KIND, *_ALWAYS, ("Content-Encoding", "gzip"))}
"""What makes such an answer another than any page."""
STATUS = {UNCHANGED: HTTPStatus.NOT_MODIFIED, PLAIN: HTTPStatus.OK, PRESSED: HTTPStatus.OK}
TAG = 'W/"%s"'
"""A weak tag: the instant in the data is not part of it."""
GZIP = re.compile(r"\bgzip\b")
"""In what a reader accepts."""
FAST = 1
"""How hard the text is pressed: it is short, and every further degree costs more than it saves."""
KEPT = 1_000
"""Texts that a process remembers."""
_encode = json.JSONEncoder(ensure_ascii=False).encode


class Reply(NamedTuple):
    """What is sent: one of three kinds, the hash of the data, and the bytes."""

    kind: str
    hash: str
    body: bytes


@require_safe
def as_json(request: HttpRequest, public: str) -> HttpResponse:
    """The entry as data."""
    here = request.build_absolute_uri(f"{request.path.removesuffix(ENDING)}/")
    found = reply(public, here, request.META)
    if found is None:
        raise Http404
    response = HttpResponse(found.body, status=STATUS[found.kind])
    del response.headers["Content-Type"]  # that of a page; an answer without bytes has none
    for name, value in (*HEADERS[found.kind], ("ETag", TAG % found.hash)):
        response.headers[name] = value
    return response


def reply(public: str, here: str, meta: Mapping[str, Any]) -> Reply | None:
    """The answer to whoever asks with these headers (as WSGI names them) for an entry whose page is `here`.

    None where there is no such entry.
    """
    now = moment.now()
    known = _text(lookup.entry(DEFAULT_DB_ALIAS, public), here, now.on)
    if known is None:
        return None
    text, digest = known
    if digest in meta.get("HTTP_IF_NONE_MATCH", ""):
        return Reply(UNCHANGED, digest, b"")
    body = b'%b, "as_of": "%b"}\n' % (text, now.at.isoformat().encode())
    if GZIP.search(meta.get("HTTP_ACCEPT_ENCODING", "")):
        return Reply(PRESSED, digest, compress(body, FAST, mtime=0))
    return Reply(PLAIN, digest, body)


@lru_cache(KEPT)
def _text(rows: Rows, here: str, today: date) -> tuple[bytes, str] | None:
    """The data up to the instant, and their hash; rows that are the same again have the same text."""
    found = lookup.understood(rows)
    data = _data(found, here, today) if found else None
    text = _encode(data).removesuffix("}").encode() if data else b""
    return (text, sha256(text).hexdigest()[:32]) if text else None


def _data(found: Found, here: str, today: date) -> dict[str, Any] | None:
    """An entry as data: the words of its page with their codes. None where its scheme is not known here."""
    line = found.line
    scheme = schemes.of(line.scheme, line.version)
    state = scheme.machines[CERTIFICATE].states.get(line.status) if scheme else None
    if scheme is None or state is None:
        return None
    over = is_over(_day(line.ended), _day(line.valid_to), today)
    limits = [] if line.ended or over else ahead(scheme, found.limits, today)
    return {
        "id": here,
        "number": line.number,
        "scheme": {"id": scheme.id, "version": scheme.version, "document": scheme.file.document.id},
        "body": {"id": line.body, "name": line.body_name or ""},
        "holder": {"name": line.holder, "uscc": line.uscc},
        "unit": line.unit,
        "status": {
            "code": EXPIRED if over else line.status, "since": line.since, "zh": state.title.zh, "en": state.title.en,
        },
        "granted": line.granted,
        "ended": line.ended,
        "valid_from": line.valid_from,
        "valid_to": line.valid_to,
        "prints": line.prints,
        "fields": json.loads(line.fields),
        "ahead": [{"limit": one.clock.name, "due": one.due.isoformat(), "clauses": one.clauses} for one in limits],
        "history": [
            {
                "on": step.on, "act": step.act, "status": step.status, "published": step.name,
                "answers": json.loads(step.shown), "clauses": json.loads(step.clauses),
            }
            for step in found.steps
        ],
    }  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
