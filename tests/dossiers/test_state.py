"""The codecs: whatever a dossier has lived through, its state, its events and what was given come back as they were."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hefu.dossiers import given as giving
from hefu.dossiers.change import NOTHING, change, whole
from hefu.dossiers.given import Given
from hefu.dossiers.journal import canonical, events_text, read_events
from hefu.dossiers.laws import Law
from hefu.dossiers.rows import About, wakes
from hefu.dossiers.state import SHAPE, OtherStateError, decode, encode
from hefu.rules.dossier import Dossier
from hefu.rules.due import due
from hefu.rules.events import from_json, to_json
from hefu.rules.evolve import apply, fold
from tests.dossiers.lives import life
from tests.rules.test_journal_laws import FOLDERS, in_the_middle, loaded, wander

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rules.desk import Desk


def lived(folder: Path, seed: int, steps: int = 20) -> Desk:
    scheme = loaded(folder)
    if scheme is None:
        pytest.skip("does not load")
    chance = Random(seed)  # noqa: S311 - a walk that can be repeated
    return wander(in_the_middle(scheme, folder, chance), chance, steps)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
@settings(max_examples=5)
@given(seed=st.integers(0, 2**32))
def test_a_state_comes_back_and_is_the_fold_of_its_journal(folder: Path, seed: int) -> None:
    desk = lived(folder, seed)
    text = encode(desk.dossier)
    assert decode(text) == desk.dossier
    assert decode(text) == fold(desk.journal, desk.scheme.ref)
    assert encode(decode(text)) == text, "the same dossier gives the same text"
    again = fold(read_events(events_text(desk.journal), 1), desk.scheme.ref)
    assert encode(again) == text, "also when its journal was read again"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
@settings(max_examples=5)
@given(seed=st.integers(0, 2**32))
def test_the_text_of_events_is_the_canonical_text_of_their_json(folder: Path, seed: int) -> None:
    journal = lived(folder, seed).journal
    assert events_text(journal) == canonical([to_json(event) for event in journal])
    assert list(read_events(events_text(journal), 1)) == list(journal)
    for event in journal:
        assert json.loads(events_text([event])) == [to_json(event)], "as any reader of JSON reads it"
        assert from_json(json.loads(events_text([event]))[0]) == event


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
@settings(max_examples=5)
@given(seed=st.integers(0, 2**32))
def test_changes_of_rows_add_up_to_the_rows_of_the_whole(folder: Path, seed: int) -> None:
    desk = lived(folder, seed)
    about = About(Law(desk.scheme, {desk.scheme.version: desk.scheme}), "body", "N-1")
    cases, certificates, clocks, duties, work, ended = ({} for _ in range(6))  # type: ignore[var-annotated]
    before, parties, visits, subject, facts = Dossier(desk.scheme.ref), set(), set(), (), {}  # type: ignore[var-annotated]
    told = NOTHING
    for event in desk.journal:
        after = before.copy()
        apply(after, event)
        step, told = change(about, before, told, after)
        cases |= {row[0]: row for row in (*step.cases, *step.acted)}
        certificates |= {row[0]: row for row in step.certificates}
        for held, moved in ((clocks, step.clocks), (duties, step.duties)):
            for (key,) in moved.gone:
                del held[key]
            held |= {row[0]: row for row in moved.put}
        parties = (parties - set(step.parties.gone)) | set(step.parties.put)
        for key in step.facts.gone:
            del facts[key]
        facts |= {row[:2]: row for row in step.facts.put}
        visits = (visits - set(step.visits.gone)) | set(step.visits.put)
        for key in step.work.gone:
            del work[key]
        work |= {row[:2]: row for row in step.work.put}
        ended |= {row[0]: row for row in step.ended}
        subject = step.subject[0] if step.subject else subject
        before = after
    end = whole(about, before)
    assert sorted(cases.values()) == end.cases
    assert sorted(certificates.values(), key=lambda row: row[0]) == end.certificates
    assert sorted(clocks.values()) == end.clocks.put
    assert sorted(duties.values()) == end.duties.put
    assert subject == end.subject[0]
    assert sorted(parties) == end.parties.put
    assert sorted(facts.values()) == end.facts.put
    assert sorted(visits) == end.visits.put
    assert [work[key] for key in sorted(work)] == end.work.put
    assert [ended[key] for key in sorted(ended)] == end.ended


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
@settings(max_examples=5)
@given(seed=st.integers(0, 2**32))
def test_a_dossier_wakes_on_the_first_day_on_which_time_brings_something(folder: Path, seed: int) -> None:
    desk = lived(folder, seed, steps=8)
    first = wakes(desk.dossier)
    today = desk.dossier.last
    assert today is not None
    if first is None or first.year > 2060:
        return
    assert due(desk.scheme, desk.dossier, first, desk.facts, desk.people).events
    if first > today:
        eve = first.fromordinal(first.toordinal() - 1)
        assert not due(desk.scheme, desk.dossier, eve, desk.facts, desk.people).events


def test_what_was_given_comes_back() -> None:
    told = life()
    for step in told.steps:
        said = Given(step.on, step.act, step.act.facts, step.act.people)
        again = giving.read(giving.record(said))
        assert again.on == step.on
        assert again.act is not None
        assert (again.act.do, again.act.by, again.act.item) == (step.act.do, step.act.by, step.act.item)
        assert giving.record(again) == giving.record(said)


def test_a_sweep_is_given_a_day_only() -> None:
    said = Given(life().steps[0].on, None, {}, {})
    assert giving.record(said) == '{"on":{"$date":"2025-07-01"},"v":1}'
    assert giving.read(giving.record(said)) == said


def test_a_state_of_another_shape_is_not_read() -> None:
    text = encode(Dossier("x@1")).replace(SHAPE, "0-another")
    with pytest.raises(OtherStateError):
        decode(text)
