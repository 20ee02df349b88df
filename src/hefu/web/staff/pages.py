"""Pages of long lists: counted up to a bound, because nobody turns ten thousand lines over, and counting costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.core.paginator import Paginator

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

    Row = TypeVar("Row", bound=Model)

MOST = 10_000
"""Lines that a list shows; whoever needs those after them asks for less."""


def page(request: HttpRequest, found: QuerySet[Row], length: int) -> Page[Row]:
    """The page that is asked for; its paginator's `count` is at most MOST, and `more` says that there are more."""
    number = found.order_by()[: MOST + 1].count()
    pages = Paginator(found, length)
    pages.__dict__.update(count=min(number, MOST), more=number > MOST)
    return pages.get_page(request.GET.get("page"))


def known(request: HttpRequest, number: int, length: int) -> Page[int]:
    """The page that is asked for of something whose number is known; its lines are to be fetched by their places."""
    pages = Paginator(range(min(number, MOST)), length)
    pages.__dict__.update(more=number > MOST)
    return pages.get_page(request.GET.get("page"))
