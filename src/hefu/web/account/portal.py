"""Which navigation stands beside the pages that belong to nobody's work in particular: the reader's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import SimpleLazyObject

from hefu.people.models import Account, Employment
from hefu.people.ties import holding
from hefu.web import moment
from hefu.web.account.gate import works_somewhere

if TYPE_CHECKING:
    from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, object]:
    """The portal of the reader as a variable of every page; a page that belongs to another one says so itself."""
    return {"portal": SimpleLazyObject(lambda: _of(request))}


def _of(request: HttpRequest) -> str:
    """Staff for whoever works for a body, operator for whoever only runs the installation, client for all others."""
    account = request.user
    if not isinstance(account, Account):
        return "public"
    if works_somewhere(request):
        return "staff"
    acts = Employment.objects.filter(holding(moment.today()), account=account).exists()
    return "operator" if account.operator and not acts else "client"
