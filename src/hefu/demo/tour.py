"""The tour: at each stop whom to be, and the page on which the thing told can be seen."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse

from hefu.dossiers.models import CaseRow, PartyRow
from hefu.people.models import Account, Employment

DOMAIN = "demo.invalid"
"""Of the addresses of everybody in the demonstration."""
CENTRE = "wal"
"""The body whose dossiers the tour opens."""


class Stop(NamedTuple):
    """Whom to be, and where to go then."""

    account: Account
    href: str


def stops() -> dict[str, Stop]:
    """Every stop at which somebody signs in, by its name.

    A dossier that has meanwhile been led on from where the tour wants it gives way to the first page of that person.
    """
    planner, leader, applicant = _account("pan"), _account("zhao"), _account("gao")
    code = Employment.objects.select_related("organisation").get(account=applicant).organisation.uscc
    return {
        "work": Stop(planner, reverse("staff:work")),
        "dossier": Stop(leader, _page(_dossier("auditing"))),
        "team": Stop(planner, _page(_dossier("contracted", code), "initial.appoint-team")),
        "clocks": Stop(applicant, _page(_dossier("supplementing", code))),
        "other": Stop(_account("wang"), reverse("client:home")),
    }


def _account(name: str) -> Account:
    return Account.objects.get(email=f"{name}@{DOMAIN}")


def _dossier(state: str, party: str = "") -> str:
    """A dossier whose first certification stands in a state, of an organisation where one is named."""
    cases = CaseRow.objects.filter(dossier__body=CENTRE, process="initial", state=state, outcome="")
    if party:
        cases = cases.filter(dossier_id__in=PartyRow.objects.filter(key=party).values("dossier_id"))
    found: str | None = cases.order_by("-last").values_list("dossier_id", flat=True).first()
    return found or ""


def _page(dossier: str, act: str = "") -> str:
    if not dossier:
        return reverse("home")
    return reverse("dossier:act", args=[dossier, act]) if act else reverse("dossier:page", args=[dossier])
