"""What one dossier tells the others of its body: a withdrawn unit stays known, a campaign opens nominations."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hefu.dossiers.audit import audit
from hefu.dossiers.models import FactRow
from hefu.dossiers.rebuild import rebuild
from hefu.dossiers.store import Store
from hefu.rules.dossier import Dossier
from hefu.rules.load import Library, home, load
from hefu.rules.view import SYSTEM, View
from tests.dossiers.lives import life, live

SCHEME = "nfcc-ir-000-02"
WITHDRAWN = life(home() / SCHEME / "2.0", "withdrawn-unit-reapplies-the-day-after-six-months")


@pytest.fixture
def shipped(store: Store) -> Store:
    """The store over the schemes that are shipped."""
    return Store(store.using)


def withdrawn_in(store: Store) -> None:
    """A dossier whose certificate has just been withdrawn."""
    acts = [step.act.do for step in WITHDRAWN.steps]
    live(store, WITHDRAWN, steps=acts.index("certificate.withdraw") + 1)


def test_a_withdrawn_unit_is_told_to_the_other_dossiers_of_the_body(shipped: Store) -> None:
    assert "withdrawn_units" not in shipped.surroundings("body-1", SCHEME).facts
    withdrawn_in(shipped)
    (row,) = shipped.surroundings("body-1", SCHEME).facts["withdrawn_units"]
    assert row["withdrawn_on"] == date(2025, 8, 31)
    assert set(row) == {"uscc", "unit", "withdrawn_on"}


@pytest.mark.parametrize(("day", "barred"), [(date(2026, 2, 28), True), (date(2026, 3, 1), False)])
def test_a_rule_computes_with_the_days_that_are_told(shipped: Store, day: date, barred: bool) -> None:
    withdrawn_in(shipped)
    facts = shipped.surroundings("body-1", SCHEME).facts
    (row,) = facts["withdrawn_units"]
    name, version = row["unit"].rsplit(" ", 1)
    form: Any = {"applicant": {"uscc": row["uscc"]}, "product_name": name, "product_version": version}
    scheme = load(Library().versions(SCHEME)[-1])
    action = scheme.action("initial.submit")
    assert action is not None
    (rule,) = (rule for rule in action.rules if rule.code == "barred-by-record")
    assert rule.test(View(scheme, Dossier(scheme.ref), None, None, form, facts, SYSTEM, day)) is (not barred)


def test_neither_another_body_nor_another_scheme_is_told(shipped: Store) -> None:
    withdrawn_in(shipped)
    assert not shipped.surroundings("body-2", SCHEME).facts
    assert not shipped.surroundings("body-1", "nfcc-ir-000-01").facts


def test_the_rows_that_are_told_are_audited_and_rebuilt(shipped: Store) -> None:
    withdrawn_in(shipped)
    before = list(FactRow.objects.using(shipped.using).values_list("dossier", "fact", "place", "row"))
    FactRow.objects.using(shipped.using).update(row="{}")
    assert [fault.what for fault in audit(shipped).faults]
    assert rebuild(shipped).changed == ("d-1",)
    assert list(FactRow.objects.using(shipped.using).values_list("dossier", "fact", "place", "row")) == before
    assert not audit(shipped).faults
