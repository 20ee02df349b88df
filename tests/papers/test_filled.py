"""A document of the journal is what the act filled in on that day, whatever came later."""

from __future__ import annotations

import pytest

from hefu.dossiers.store import Store
from hefu.papers.filled import UnknownPaperError, deeds, filled, form_of, made
from hefu.rules.load import load
from tests.conftest import ROOT
from tests.dossiers.lives import life, live
from tests.papers.makers import documents_of

pytestmark = pytest.mark.usefixtures("sites")
WAL = ROOT / "schemes/wal-qp-21/2.0"


@pytest.fixture
def store(sites: str) -> Store:  # noqa: ARG001 - tables first
    store = Store()
    live(store, life(WAL, "a-whole-life"), "d-1", 30)
    return store


def test_every_document_of_a_dossier_can_be_drawn(store: Store) -> None:
    held, _ = store.load("d-1")
    documents = documents_of(store, held)

    drawn = [filled(store, held, item.number, item.form.id) for item in documents]

    assert [item.form.id for item in drawn] == [item.form.id for item in documents]
    assert {"WAL-QP-21-01", "WAL-QP-21-02", "WAL-QP-21-13", "WAL-QP-21-15"} <= {item.form.number for item in documents}


def test_the_own_form_of_an_act_holds_what_was_given_with_names_of_that_day(store: Store) -> None:
    held, _ = store.load("d-1")
    first = filled(store, held, 1)
    team = next(item for item in documents_of(store, held) if item.form.number == "WAL-QP-21-04")

    assert first.form.number == "WAL-QP-21-01"
    assert filled(store, held, 2).answers == first.answers
    assert first.answers["applicant"]["name"] == "示例安全服务有限公司"
    assert first.answers["materials"] == ("registration", "running-time", "management-self-assessment")
    assert {row["person"] for row in filled(store, held, team.number).answers["team"]} <= set(
        filled(store, held, team.number).people
    )


def test_another_document_of_an_act_is_filled_from_the_case(store: Store) -> None:
    held, _ = store.load("d-1")
    review = next(item for item in documents_of(store, held) if item.form.id == "man-days")

    answers = filled(store, held, review.number, "man-days").answers

    assert answers["man_days"] == 5


def test_a_form_that_acts_use_has_the_fields_of_all_of_them() -> None:
    scheme = load(WAL)

    form = form_of(scheme, "WAL-QP-21-15")
    grant, deny = scheme.action("initial.grant"), scheme.action("surveillance.deny")

    assert form is not None
    assert grant is not None
    assert deny is not None
    assert {field.id for field in form.fields} >= {field.id for field in (*grant.form.fields, *deny.form.fields)}
    assert all(item.fields for name in scheme.forms if (item := form_of(scheme, name)) and item.number != "")


@pytest.mark.parametrize(("number", "name"), [(4, ""), (10_000, ""), (1, "WAL-QP-21-02"), (1, "no-form")])
def test_what_no_act_has_made_is_no_document(store: Store, number: int, name: str) -> None:
    held, _ = store.load("d-1")

    with pytest.raises(UnknownPaperError):
        filled(store, held, number, name)


def test_an_act_whose_form_prints_no_document_has_none(store: Store) -> None:
    held, _ = store.load("d-1")
    silent = next(deed.number for deed in deeds(store, "d-1") if not list(made(held.law.scheme, deed)))

    with pytest.raises(UnknownPaperError):
        filled(store, held, silent)
