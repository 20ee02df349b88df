"""The demonstration: every life comes as far as it should, on whatever day it is opened; each trouble is there."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from hefu.demo.cast import settle
from hefu.demo.lives import live_all, lives
from hefu.demo.tour import stops
from hefu.dossiers.audit import audit
from hefu.dossiers.models import CaseRow, CertificateRow, ClockRow, DossierRow, DutyRow, RefusalRow, SubjectRow
from hefu.dossiers.outcome import When
from hefu.dossiers.store import Store
from hefu.people.models import Assignment, Interest, Offer
from hefu.rules.load import Library

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FORTY = 40


def opened_on(day: date) -> Store:
    """The whole demonstration as it would be opened on a day."""
    store, today = Store(), When(day, datetime(day.year, day.month, day.day, 1, tzinfo=UTC))
    live_all(store, settle(day), today)
    return store


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 10, 5), date(2027, 3, 1)], ids=str)
def test_every_life_comes_as_far_as_it_should_whatever_day_it_is(day: date) -> None:
    store = opened_on(day)
    assert DossierRow.objects.count() == len(lives()) >= FORTY
    assert not audit(store).faults


@pytest.mark.usefixtures("site")
def test_every_trouble_is_there_and_everything_has_a_name_of_its_own() -> None:
    opened_on(date(2026, 11, 21))
    rows = list(SubjectRow.objects.exclude(unit="").values_list("unit", "holder"))
    assert len({unit for unit, _ in rows}) == len(rows)
    assert not [holder for _, holder in rows if "示例" in holder and "银行" not in holder]
    statuses = set(CertificateRow.objects.values_list("status", flat=True))
    assert {"valid", "suspended", "withdrawn", "cancelled", "expired", "removed"} <= statuses
    clocks = set(ClockRow.objects.values_list("status", flat=True))
    assert {"running", "paused", "breached"} <= clocks
    acts = set(DutyRow.objects.values_list("act", flat=True))
    assert {"certificate.withdraw", "certificate.cancel"} & acts, "a duty to decide on a certificate"
    asked = set(DutyRow.objects.values_list("dossier__body", "role"))
    assert {(body, "management-representative") for body in ("wal", "nfcc")} <= asked, "old files to decide on"
    pending = CaseRow.objects.filter(process="restoration", outcome="").values("dossier")
    assert DossierRow.objects.filter(status="suspended", pk__in=pending).exists(), "a restoration is pending"
    assert Interest.objects.exists(), "somebody has declared an interest"
    refused = RefusalRow.objects.filter(codes__contains="separation-of-duties").values("dossier")
    assert {"wal", "nfcc"} <= set(DossierRow.objects.filter(pk__in=refused).values_list("body", flat=True))
    assert {ref.partition("@")[0] for ref in DossierRow.objects.values_list("scheme", flat=True)} == {
        scheme.parent.name for scheme in Library().folders()
    }


@pytest.mark.usefixtures("site")
def test_there_is_somebody_for_every_role_of_every_scheme_inside_a_body() -> None:
    settle(date(2026, 11, 21))
    held: dict[str, set[str]] = {}
    for offer in Offer.objects.all():
        held[offer.scheme] = set(Assignment.objects.filter(body=offer.body).values_list("role", flat=True))
    for folder in Library().folders():
        scheme = Library().get(folder)
        inside = {key for key, role in scheme.file.roles.items() if role.reach != "organisation"}
        assert inside <= held[scheme.id], f"{scheme.id}: {sorted(inside - held[scheme.id])}"


@pytest.mark.usefixtures("site")
def test_every_stop_of_the_tour_opens_for_the_person_who_stands_there() -> None:
    opened_on(date(2026, 11, 21))
    found = stops()
    for name, stop in found.items():
        browser = Client()
        browser.force_login(stop.account, backend=BACKEND)
        assert browser.get(stop.href).status_code == 200, name
    assert found["team"].href.endswith("/do/initial.appoint-team/")
    assert {found[name].href for name in ("dossier", "clocks")}.isdisjoint({"/home/"})
