"""open and perform: what is written, what is not, what is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from hefu.dossiers.given import Given, read, record
from hefu.dossiers.history import entries
from hefu.dossiers.models import CaseRow, CertificateRow, ClockRow, DossierRow, DutyRow, OutboxRow
from hefu.dossiers.open import New, fresh_id, open_dossier
from hefu.dossiers.outcome import Done, KeyReusedError, Refused, Stale, UnknownDossierError
from hefu.dossiers.perform import perform
from hefu.dossiers.rows import OUTWARD
from hefu.rules.evolve import fold
from hefu.rules.view import Actor
from tests.databases import dump
from tests.dossiers.lives import AT, LAWS, life, live, new, when

if TYPE_CHECKING:
    from hefu.dossiers.store import Store

LIFE = life()
ORDER = next(number for number, step in enumerate(LIFE.steps) if step.act.do == "initial.order-test")
"""The act whose rules ask for an outside fact."""


def test_the_first_act_opens_the_dossier(store: Store) -> None:
    done = live(store, LIFE, steps=1)
    assert (done.version, done.events) == (len(LIFE.steps[0].events), LIFE.steps[0].events)
    row = DossierRow.objects.using(store.using).get()
    assert (row.id, row.scheme, row.body, row.title) == ("d-1", "qinghe-svc-01@1.0", "body-1", "单元 d-1")
    assert (row.opened, row.version) == (LIFE.steps[0].on, done.version)


def test_a_dossier_is_at_every_step_what_the_pure_core_says(store: Store) -> None:
    first, *rest = LIFE.steps
    outcome: object = open_dossier(store, new(LIFE, "d-1"), first.act, when(first.on))
    for step in (first, *rest):
        if step is not first:
            outcome = perform(store, "d-1", step.act, when(step.on))
        assert isinstance(outcome, Done)
        assert (outcome.events, outcome.dossier) == (step.events, step.dossier)
        store.forget()
        held, _ = store.load("d-1")
        assert held.dossier == step.dossier, "as another process would load it"
        journal = [event for entry in entries(store, "d-1", "d-1") for event in entry.read()]
        assert fold(journal, LIFE.scheme) == step.dossier


def test_the_rows_that_lists_read_follow_the_dossier(store: Store) -> None:
    for count in range(1, len(LIFE.steps) + 1):
        dossier = LIFE.steps[count - 1].dossier
        if count == 1:
            live(store, LIFE, steps=1)
        else:
            perform(store, "d-1", LIFE.steps[count - 1].act, when(LIFE.steps[count - 1].on))
        cases = CaseRow.objects.using(store.using).values_list("case", "process", "state", "outcome")
        assert sorted(cases) == sorted((c.id, c.process, c.state, c.outcome) for c in dossier.cases.values())
        clocks = ClockRow.objects.using(store.using).values_list("key", "due", "latest", "status")
        assert sorted(clocks) == sorted((r.key, r.due, r.latest, r.status) for r in dossier.live.values())
        duties = DutyRow.objects.using(store.using).values_list("key", "role", "due")
        assert sorted(duties) == sorted((d.key, d.role, d.due) for d in dossier.duties.values())
        held = CertificateRow.objects.using(store.using).values_list("status", "valid_to").last()
        assert held == (dossier.certificate and (dossier.status, dossier.certificate.data["valid_to"]))
        assert DossierRow.objects.using(store.using).get().status == dossier.status


def test_what_goes_out_is_in_the_outbox_once(store: Store) -> None:
    live(store, LIFE)
    journal = [event for entry in entries(store, "d-1", "d-1") for event in entry.read()]
    rows = OutboxRow.objects.using(store.using).order_by("number").values_list("number", "kind")
    assert list(rows) == [(number, event.type) for number, event in enumerate(journal, 1) if event.type in OUTWARD]


def test_a_refused_act_writes_nothing(store: Store) -> None:
    steps, on, act = LIFE.refused[0]
    live(store, LIFE, steps=steps)
    before = dump(store.using)
    answer = perform(store, "d-1", act, when(on + timedelta(days=90)))
    assert isinstance(answer, Refused), "though ninety days have brought something, too"
    assert [refusal.code for refusal in answer.refusals] == ["material-missing"]
    assert dump(store.using) == before


def test_a_dossier_whose_first_act_is_refused_is_not_there(store: Store) -> None:
    step = LIFE.steps[0]
    act = step.act._replace(by=Actor("nobody", frozenset()))
    answer = open_dossier(store, new(LIFE, "d-1"), act, when(step.on), key="k")
    assert isinstance(answer, Refused)
    assert not any(dump(store.using).values())
    with pytest.raises(UnknownDossierError):
        perform(store, "d-1", step.act, when(step.on))


def test_two_dossiers_cannot_have_one_id(store: Store) -> None:
    live(store, LIFE, steps=1)
    before = dump(store.using)
    with pytest.raises(IntegrityError):
        live(store, LIFE, steps=1)
    assert dump(store.using) == before


def test_ids_are_in_the_order_of_time() -> None:
    ids = [fresh_id(AT + timedelta(seconds=second)) for second in range(5)]
    assert ids == sorted(ids)
    assert len(set(fresh_id(AT) for _ in range(100))) == 100  # noqa: C401 - a hundred calls are the point


def test_a_scheme_or_setting_that_is_not_there_is_told(store: Store) -> None:
    step = LIFE.steps[0]
    for scheme, settings in (("qinghe", {}), ("qinghe-svc-01@9", {}), ("qinghe-svc-01", {"tea": 1})):
        with pytest.raises(LookupError):
            open_dossier(store, New("x", scheme, "b", "t", settings), step.act, when(step.on))
    with pytest.raises(LookupError, match="in force"):
        open_dossier(store, New("x", "qinghe-svc-01", "b", "t"), step.act, when(step.on.replace(year=2020)))


def test_somebody_who_has_not_seen_the_newest_version_is_told_what_changed(store: Store) -> None:
    done = live(store, LIFE, steps=2)
    seen, step = done.version, LIFE.steps[2]
    fresh = perform(store, "d-1", step.act, when(step.on), seen=seen)
    assert isinstance(fresh, Done)
    before = dump(store.using)
    late = perform(store, "d-1", LIFE.steps[3].act, when(LIFE.steps[3].on), seen=seen)
    assert isinstance(late, Stale)
    assert late.version == fresh.version
    assert [item.event for item in late.since] == list(fresh.events)
    assert {(item.actor, item.at) for item in late.since} == {(step.act.by.id, AT)}
    assert dump(store.using) == before


def test_a_request_that_is_sent_again_is_done_once(store: Store) -> None:
    live(store, LIFE, steps=2)
    step = LIFE.steps[2]
    first = perform(store, "d-1", step.act, when(step.on), key="k-1")
    before = dump(store.using)
    again = perform(store, "d-1", step.act, when(step.on), seen=0, key="k-1")
    assert isinstance(first, Done)
    assert again == first._replace(repeated=True), "even if the dossier has changed since"
    assert dump(store.using) == before
    with pytest.raises(KeyReusedError):
        perform(store, "d-1", LIFE.steps[3].act._replace(by=step.act.by), when(step.on), key="k-1")


def test_a_key_belongs_to_its_person(store: Store) -> None:
    live(store, LIFE, steps=2)
    for step in LIFE.steps[2:4]:
        assert isinstance(perform(store, "d-1", step.act, when(step.on), key="k-1"), Done)


def test_an_opening_that_is_sent_again_opens_one_dossier(store: Store) -> None:
    step = LIFE.steps[0]
    first = open_dossier(store, new(LIFE, "d-1"), step.act, when(step.on), key="k")
    again = open_dossier(store, new(LIFE, "d-1")._replace(id="d-2"), step.act, when(step.on), key="k")
    assert isinstance(first, Done)
    assert again == first._replace(repeated=True)
    assert DossierRow.objects.using(store.using).count() == 1


def test_a_key_of_a_refused_request_can_be_used_when_all_is_right(store: Store) -> None:
    steps, on, act = LIFE.refused[0]
    live(store, LIFE, steps=steps)
    assert isinstance(perform(store, "d-1", act, when(on), key="k"), Refused)
    step = LIFE.steps[steps]
    assert isinstance(perform(store, "d-1", step.act, when(step.on), key="k"), Done)


def test_an_act_inside_a_larger_transaction_stands_and_falls_with_it(store: Store) -> None:
    live(store, LIFE, steps=2)
    before, step = dump(store.using), LIFE.steps[2]
    with transaction.atomic(using=store.using):
        assert isinstance(perform(store, "d-1", step.act, when(step.on)), Done)
        transaction.set_rollback(True, using=store.using)
    assert dump(store.using) == before
    assert isinstance(perform(store, "d-1", step.act, when(step.on)), Done), "what was remembered of it is not used"


def test_what_a_journal_cannot_hold_is_an_error_before_anything_is_written(store: Store) -> None:
    step = LIFE.steps[0]
    for value in (float("nan"), object()):
        act = step.act._replace(by=step.act.by._replace(name=value))  # type: ignore[arg-type] # no name at all
        with pytest.raises((ValueError, TypeError)):
            open_dossier(store, new(LIFE, "d-1"), act, when(step.on))
    assert not any(dump(store.using).values())


@pytest.mark.parametrize("value", [{"$date": "soon"}, float("nan"), object()])
def test_neither_answers_nor_facts_may_be_what_a_journal_cannot_hold(value: object) -> None:
    step = LIFE.steps[0]
    for given in (
        Given(step.on, None, {"x": [value]}, {}),
        Given(step.on, step.act._replace(form={"x": value}), {}, {}),
    ):
        with pytest.raises((ValueError, TypeError)):
            record(given)


def test_of_the_outside_facts_an_act_keeps_those_that_its_rules_ask_for(store: Store) -> None:
    facts = {"partner_bodies": ["南岸测试所", "北岸测试所"], "a_thousand_rows": [{"row": n} for n in range(1000)]}
    for number, step in enumerate(LIFE.steps[: ORDER + 1]):
        act = step.act._replace(facts=facts)
        done = (
            perform(store, "d-1", act, when(step.on))
            if number
            else open_dossier(store, new(LIFE, "d-1"), act, when(step.on))
        )
        assert isinstance(done, Done)
    kept = [read(entry.given).facts for entry in entries(store, "d-1", "d-1") if entry.given]
    assert kept == [*({} for _ in range(ORDER)), {"partner_bodies": facts["partner_bodies"]}]


def test_a_request_is_the_same_one_whatever_has_happened_around_it_meanwhile(store: Store) -> None:
    live(store, LIFE, steps=ORDER)
    step = LIFE.steps[ORDER]
    done = perform(store, "d-1", step.act._replace(facts={"partner_bodies": ["北岸测试所"]}), when(step.on), key="k")
    again = perform(store, "d-1", step.act._replace(facts={"partner_bodies": []}), when(step.on), key="k")
    assert isinstance(done, Done)
    assert again == done._replace(repeated=True)


def test_a_body_s_settings_stay_with_the_dossier(store: Store) -> None:
    told = LIFE._replace(settings={"supplement_days": 7})
    live(store, told, steps=2)
    store.forget()
    held, _ = store.load("d-1")
    run = held.dossier.clocks("supplement")[0]
    assert (run.due - run.anchor).days == 7
    assert held.law.scheme == replace(LAWS.of(LIFE.scheme).scheme, settings={"supplement_days": 7})


def test_no_more_people_are_recorded_than_take_part(store: Store) -> None:
    live(store, LIFE)
    texts = [entry.given for entry in entries(store, "d-1", "d-1") if entry.given]
    assert len(texts) == len(LIFE.steps)
    assert all(text.count('"roles"') == 1 for text in texts)
