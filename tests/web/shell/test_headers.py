from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

import hefu

SOURCE = Path(hefu.__file__).parent
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an address that runs a script": re.compile(r"javascript:", re.IGNORECASE),
    "something from another host": re.compile(
        r"\b(?:src|srcset|action|formaction)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE
    ),
    "a sheet or icon from another host": re.compile(r"<link[^>]*href\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
}
OF_MAIL = "/mail/"
"""Letters are no pages: they are read elsewhere, and no policy of ours holds there."""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_template_brings_nothing_that_the_policy_refuses(path: Path) -> None:
    if OF_MAIL in path.as_posix():
        return
    text = path.read_text(encoding="utf-8")
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def _plain_addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> list[str]:
    """Every address without a variable part."""
    found = []
    for item in patterns:
        route = str(item.pattern).replace("^", "").replace("$", "").replace(r"\Z", "")
        if "<" in route or "(" in route:
            continue
        if isinstance(item, URLResolver):
            found += _plain_addresses(item.url_patterns, before + route)
        else:
            found.append(before + route)
    return found


@pytest.mark.usefixtures("site")
def test_every_page_says_what_the_browser_may_do() -> None:
    visitor = Client()
    for address in ("/nothing-of-the-kind", *_plain_addresses(get_resolver().url_patterns)):
        answer = visitor.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy, address
        assert "style-src 'self';" in policy, address
        assert "unsafe" not in policy, address
        assert "frame-ancestors 'none'" in policy, address
        assert answer.headers["Permissions-Policy"], address
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address
        assert answer.headers["Referrer-Policy"] == "same-origin", address
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", address


@pytest.mark.usefixtures("site")
def test_a_static_file_says_so_too() -> None:
    answer = Client().get("/static/hefu/app.css")
    assert "Content-Security-Policy" in answer.headers
    answer.close()
