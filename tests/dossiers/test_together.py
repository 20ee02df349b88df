"""Two people act on one dossier at once: every act that was acknowledged is there once, and none is there besides."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import count
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from hefu.dossiers import given
from hefu.dossiers.audit import audit
from hefu.dossiers.history import entries
from hefu.dossiers.outcome import Done, Refused, Stale
from hefu.dossiers.perform import perform
from hefu.dossiers.store import Store
from hefu.rules.decide import Act
from hefu.rules.view import Actor
from tests.dossiers.lives import LAWS, life, live, when

if TYPE_CHECKING:
    from collections.abc import Callable

LIFE = life()
ON = LIFE.steps[0].on
ROLES = frozenset({"client", "application-reviewer"})
ACTS = ("initial.request-supplement", "initial.supplement")
FORMS = ({"missing": "合同"}, {"materials": ["contract"]})
"""Each is possible only after the other, so whoever comes second must look again."""


class Person:
    """Somebody who does a number of acts, each sent twice, and looks again whenever the dossier has changed."""

    def __init__(self, name: str, acts: int, store: Store) -> None:
        self.actor, self.acts, self.store = Actor(name, ROLES), acts, store
        self.done: list[tuple[str, int]] = []
        self.told: Counter[str] = Counter()
        self.error: BaseException | None = None

    def work(self, barrier: Barrier) -> None:
        try:
            barrier.wait()
            numbers = count()
            while len(self.done) < self.acts:
                self._try(f"{next(numbers)}")
        except BaseException as error:  # noqa: BLE001 - a thread's failure must reach the test
            self.error = error
        finally:
            connections.close_all()

    def _try(self, key: str) -> None:
        held, _ = self.store.load("d-1")
        turn = held.dossier.cases["initial-1"].state == "supplementing"
        act = Act(ACTS[turn], self.actor, FORMS[turn])
        answer = perform(self.store, "d-1", act, when(ON), seen=held.version, key=key)
        self.told[type(answer).__name__] += 1
        assert not isinstance(answer, Refused), "a change is told as a change, not as a refusal"
        if isinstance(answer, Done):
            again = perform(self.store, "d-1", act, when(ON), seen=held.version, key=key)
            assert isinstance(again, Done)
            assert (again.repeated, again.version) == (True, answer.version)
            self.done.append((key, answer.version))
        elif isinstance(answer, Stale):
            assert answer.since, "who comes second is told what changed"
            assert answer.version > held.version


def contend(make: Callable[[], Store], acts: int) -> list[Person]:
    live(make(), LIFE, steps=1)
    people = [Person(name, acts // 2, make()) for name in ("li", "lu")]
    barrier = Barrier(len(people))
    threads = [Thread(target=person.work, args=(barrier,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for person in people:
        if person.error:
            raise person.error
    return people


def judge(store: Store, people: list[Person], acts: int) -> None:
    recorded = [given.read(entry.given) for entry in entries(store, "d-1", "d-1") if entry.given][1:]
    assert len(recorded) == acts, "no act is lost, none doubled"
    by = Counter(said.act.by.id for said in recorded if said.act)
    assert by == Counter({person.actor.id: len(person.done) for person in people})
    case = store.load("d-1")[0].dossier.cases["initial-1"]
    assert sum(case.done[name.partition(".")[2]].times for name in ACTS) == acts
    versions = [version for person in people for _, version in person.done]
    assert len(set(versions)) == acts, "each act has its own place in the journal"
    assert not audit(store).faults


@pytest.mark.parametrize("one_store", [True, False], ids=["one store", "a store each"])
def test_two_people_act_at_once_a_hundred_times(store: Store, one_store: bool) -> None:
    people = contend(lambda: store if one_store else Store(store.using, LAWS), 100)
    judge(store, people, 100)


@pytest.mark.slow
def test_two_people_act_at_once_a_thousand_times(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    people = contend(lambda: Store(store.using, LAWS), 1_000)
    with capsys.disabled():
        sys.stdout.write(f"\n{store.using}: {[(person.actor.id, dict(person.told)) for person in people]}\n")
    judge(store, people, 1_000)


def test_of_one_request_sent_twice_at_once_one_is_done(store: Store) -> None:
    live(store, LIFE, steps=1)
    for number in range(20):
        act, answers = Act(ACTS[number % 2], Actor("li", ROLES), FORMS[number % 2]), []
        barrier = Barrier(2)

        def send(act: Act = act, key: str = f"k-{number}", barrier: Barrier = barrier) -> None:
            barrier.wait()
            answers.append(perform(Store(store.using, LAWS), "d-1", act, when(ON), key=key))  # noqa: B023 - joined below
            connections.close_all()

        threads = [Thread(target=send) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answer.repeated for answer in answers if isinstance(answer, Done)) == [False, True]
        assert not any(isinstance(answer, Refused) for answer in answers)
