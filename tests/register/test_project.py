"""The register is written with the acts themselves, says what the schemes make public, and comes from the journals."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from hefu.dossiers.history import since
from hefu.dossiers.sweep import sweep
from hefu.register.models import EntryRow, ShownRow, StepRow
from hefu.register.rebuild import audit_register, rebuild_register
from tests.conftest import ROOT
from tests.dossiers.lives import life, live, when

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.dossiers.store import Store

SCHEMES = ROOT / "schemes"
WAL, FIRST = SCHEMES / "wal-qp-21/2.0", SCHEMES / "nfcc-ir-000-01/2.0"
SECOND, LIST = SCHEMES / "nfcc-ir-000-02/2.0", SCHEMES / "hbfma-2023-15/2023"
LIVES = [
    (folder, path.stem)
    for folder in (WAL, FIRST, SECOND, LIST)
    for path in sorted(folder.glob("scenarios/*.yaml"))
    if any(word in path.stem for word in ("life", "suspen", "cancel", "withdraw", "annulled", "removal", "publicity"))
]
TABLES = (EntryRow, ShownRow, StepRow)


def steps(store: Store, dossier: str = "d-1") -> list[tuple[str, str, str]]:
    rows = StepRow.objects.using(store.using).filter(dossier=dossier).order_by("number")
    return [(row.act, row.status, row.name) for row in rows]


def entry(store: Store, dossier: str = "d-1", place: int = 0) -> EntryRow:
    return EntryRow.objects.using(store.using).get(dossier=dossier, place=place)


def test_a_certificate_stands_in_the_register_from_the_act_that_grants_it(store: Store) -> None:
    told = life(WAL)
    granting = next(n for n, step in enumerate(told.steps, 1) if step.dossier.certificate is not None)
    live(store, told, steps=granting - 1)
    assert not EntryRow.objects.using(store.using).exists()
    live(store, told, "d-2", steps=granting)
    found = entry(store, "d-2")
    certificate = told.steps[granting - 1].dossier.certificate
    assert certificate is not None
    assert (found.status, found.holder, found.uscc) == (
        "valid", certificate.data["holder"]["name"], certificate.data["holder"]["uscc"],
    )  # fmt: skip
    assert (found.granted, found.valid_to) == (told.steps[granting - 1].on, certificate.data["valid_to"])
    assert steps(store, "d-2") == [("initial.issue", "valid", "grant")]


def test_what_the_scheme_does_not_call_public_is_not_in_the_register(quick: Store) -> None:
    live(quick, life(WAL, "six-grounds-of-suspension"))
    scheme = quick.laws.of("wal-qp-21@2.0").scheme
    public = {name for name, field in scheme.machines["certificate"].fields.items() if field.public}
    for row in ShownRow.objects.using(quick.using):
        assert set(json.loads(row.fields)) <= public


def test_a_suspension_shows_its_grounds_and_days_and_nothing_else_of_its_form(quick: Store) -> None:
    live(quick, life(WAL, "six-grounds-of-suspension"))
    shown = [json.loads(row.shown) for row in StepRow.objects.using(quick.using).filter(name="suspension")]
    assert shown
    for answers in shown:
        assert set(answers) == {"grounds", "suspended_from", "suspended_until"}


def test_one_act_published_through_several_channels_is_one_announcement(quick: Store) -> None:
    live(quick, life(LIST, "listed-after-publicity"))
    said = [item.event for item in since(quick, "d-1", 0)]
    assert sum((event.type, event.name) == ("published", "publicity") for event in said) > 1
    assert [what for what in steps(quick) if what[2] == "publicity"] == [("nomination.publicise", "", "publicity")]


def test_publicity_is_announced_before_there_is_an_entry(quick: Store) -> None:
    live(quick, life(LIST, "listed-after-publicity"))
    publicity = StepRow.objects.using(quick.using).get(name="publicity")
    assert (publicity.entry, bool(publicity.holder), bool(publicity.unit)) == ("", True, True)
    assert list(json.loads(publicity.shown)) == ["publicity_until"]


def test_time_alone_moves_the_register_too(quick: Store) -> None:
    told = life(FIRST, "plain-life")
    live(quick, told)
    found = entry(quick)
    assert found.valid_to is not None
    sweep(quick, when(found.valid_to + timedelta(days=40)))
    assert entry(quick).status == "expired"
    assert steps(quick)[-1] == ("certificate.expire", "expired", "expiry")


@pytest.mark.parametrize(("folder", "name"), LIVES, ids=lambda value: str(value).rpartition("/")[2])
def test_written_act_by_act_it_is_what_the_whole_journal_says(quick: Store, folder: Path, name: str) -> None:
    live(quick, life(folder, name))
    assert audit_register(quick) == ()
    assert rebuild_register(quick) == ()


def test_what_is_lost_or_changed_comes_back_from_the_journal(store: Store) -> None:
    live(store, life(WAL))
    live(store, life(LIST), "d-2")
    before = {model: _said(store, model) for model in TABLES}
    StepRow.objects.using(store.using).filter(dossier="d-1").delete()
    EntryRow.objects.using(store.using).filter(dossier="d-2").update(status="valid", holder="别人", words="别人")
    EntryRow.objects.using(store.using).create(
        public="stray", dossier="d-9", place=0, body="b", scheme="s", version="1", number="", key="", holder="",
        uscc="", unit="", status="valid", since=when(life(WAL).steps[0].on).on, granted=when(life(WAL).steps[0].on).on,
        prints=1, moved=when(life(WAL).steps[0].on).at, words="",
    )  # fmt: skip
    assert {fault.dossier for fault in audit_register(store)} == {"d-1", "d-2", "d-9"}
    assert rebuild_register(store) == ("d-1", "d-2", "d-9")
    assert audit_register(store) == ()
    assert {model: _said(store, model) for model in TABLES} == before


def test_a_new_certificate_stands_beside_the_old_one(quick: Store) -> None:
    live(quick, life(WAL, "late-recertification-is-a-new-certificate"))
    held = list(EntryRow.objects.using(quick.using).order_by("place"))
    assert [row.place for row in held] == [0, 1]
    assert held[0].granted < held[1].granted
    of_new = StepRow.objects.using(quick.using).filter(entry=held[1].public)
    assert {row.status for row in of_new if row.status} >= {"valid"}


def _said(store: Store, model: type[EntryRow | ShownRow | StepRow]) -> list[tuple[object, ...]]:
    fields = [field.attname for field in model._meta.concrete_fields if field.attname != "id"]  # noqa: SLF001
    return sorted(model._default_manager.using(store.using).values_list(*fields), key=repr)  # noqa: SLF001
