"""A template as a page would write it, for a request of whoever is named."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from hefu.rules.load import Library, load

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hefu.rules.model import Scheme


@cache
def scheme(name: str) -> Scheme:
    """The newest version of a scheme."""
    return load(Library().versions(name)[-1])


def request(path: str = "/", user: object = None) -> HttpRequest:
    """A request for a page, by somebody or nobody."""
    made = RequestFactory().get(path)
    made.user = user or AnonymousUser()  # type: ignore[assignment]  # as the middleware sets it
    return made


def render(source: str, language: str = "zh-hans", asked: HttpRequest | None = None, **values: Any) -> str:  # noqa: ANN401 - what a template is given
    """A template's text in a language."""
    with translation.override(language):
        return str(engines["django"].from_string(source).render(values, asked or request()))
