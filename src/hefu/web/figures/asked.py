"""What the figures are asked for: a stretch of days and a scheme, as they stand in the address."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hefu.rules.time import add_months
from hefu.web.staff.mine import seen

if TYPE_CHECKING:
    from datetime import date

    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from hefu.web.staff.mine import Mine

PERIODS: dict[str, _StrPromise] = {
    "": _("last 12 months"),
    "year": _("this year"),
    "quarter": _("this quarter"),
}
ONE = timedelta(days=1)


class Asked(NamedTuple):
    """A period, from `first` to `last` inclusive; a scheme, empty for all; a limit by its name, empty for any."""

    period: str
    scheme: str
    limit: str
    first: date
    last: date


def asked(query: QueryDict, known: Mine) -> Asked:
    """What an address asks for; anything unknown reads as not asked."""
    period, scheme = query.get("period", ""), query.get("scheme", "")
    on = known.on
    first = {
        "year": on.replace(month=1, day=1),
        "quarter": on.replace(month=(on.month - 1) // 3 * 3 + 1, day=1),
    }.get(period, add_months(on, -12) + ONE)
    held = scheme if scheme in known.schemes else ""
    return Asked(period if period in PERIODS else "", held, query.get("limit", ""), first, on)


def within(known: Mine, wanted: Asked) -> Q:
    """The rows of the dossiers that somebody sees, under the scheme that was asked for."""
    condition = seen(known, "dossier__")
    return condition & Q(dossier__scheme__startswith=f"{wanted.scheme}@") if wanted.scheme else condition
