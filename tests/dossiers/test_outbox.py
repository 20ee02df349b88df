"""outbox: every parcel reaches its courier at least once, in the order of its dossier, whatever goes wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import connections, transaction

from hefu.dossiers.models import OutboxRow
from hefu.dossiers.outbox import LEASE, LONGEST, Delivered, deliver, waiting
from hefu.dossiers.perform import perform
from tests.databases import unguarded
from tests.dossiers.lives import AT, life, live, when
from tests.settings import SERVER

if TYPE_CHECKING:
    from collections.abc import Callable

    from hefu.dossiers.outbox import Parcel
    from hefu.dossiers.store import Store

LIFE = life()
ADDED = "INSERT INTO hefu_outbox (dossier_id, number, kind, attempts, problem) VALUES ('d-1', %s, 'x', 0, '')"


class Hands:
    """A courier that remembers, and fails when its test says so."""

    def __init__(self, fails: Callable[[Parcel], bool] = lambda _: False) -> None:
        self.fails = fails
        self.parcels: list[Parcel] = []

    def deliver(self, parcel: Parcel) -> None:
        if self.fails(parcel):
            raise ConnectionError("the other side does not answer")
        self.parcels.append(parcel)

    def of(self, name: str) -> list[int]:
        return [parcel.number for parcel in self.parcels if parcel.dossier == name]


def numbers(store: Store, name: str) -> list[int]:
    rows = OutboxRow.objects.using(store.using).filter(dossier_id=name).order_by("number")
    return list(rows.values_list("number", flat=True))


def test_every_parcel_is_delivered_once_and_in_order(store: Store) -> None:
    for name in ("a", "b"):
        live(store, LIFE, name)
    hands = Hands()
    count = waiting(store)
    assert deliver(store, hands, AT) == Delivered(count, 0)
    for name in ("a", "b"):
        assert hands.of(name) == numbers(store, name)
    assert deliver(store, hands, AT) == Delivered(0, 0)
    assert waiting(store) == 0


def test_a_parcel_carries_its_event_and_a_key_of_its_own(store: Store) -> None:
    done = live(store, LIFE)
    hands = Hands()
    deliver(store, hands, AT)
    assert len({parcel.key for parcel in hands.parcels}) == len(hands.parcels)
    parcel = hands.parcels[0]
    assert parcel.key == f"d-1/{parcel.number}"
    assert (parcel.kind, parcel.event.name) == ("document-made", "QH-F-01")
    assert done.version >= hands.parcels[-1].number


def test_a_failure_holds_back_its_own_dossier_only(store: Store) -> None:
    for name in ("a", "b"):
        live(store, LIFE, name)
    second = numbers(store, "a")[1]
    hands = Hands(lambda parcel: parcel.key == f"a/{second}")
    assert deliver(store, hands, AT).failed == 1
    assert hands.of("a") == numbers(store, "a")[:1]
    assert hands.of("b") == numbers(store, "b")
    row = OutboxRow.objects.using(store.using).get(dossier_id="a", number=second)
    assert (row.attempts, row.problem) == (1, "ConnectionError: the other side does not answer")


def test_a_parcel_that_failed_is_tried_again_later_and_later(store: Store) -> None:
    live(store, LIFE)
    at, waits = AT, []
    for _ in range(14):
        assert deliver(store, Hands(lambda _: True), at) == Delivered(0, 1)
        assert deliver(store, Hands(), at) == Delivered(0, 0), "its time has not come"
        row = OutboxRow.objects.using(store.using).order_by("number")[0]
        assert row.not_before is not None
        waits.append(row.not_before - at)
        at = row.not_before
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert waits[-1] == LONGEST
    hands = Hands()
    assert deliver(store, hands, at).failed == 0
    assert hands.of("d-1") == numbers(store, "d-1")


def test_what_an_act_adds_while_others_are_taken_does_not_wait_for_the_end_of_their_lease(store: Store) -> None:
    if connections[store.using].vendor == "sqlite":
        pytest.skip("nobody else writes to a file meanwhile")
    live(store, LIFE)
    *_, last = numbers(store, "d-1")
    rows = OutboxRow.objects.using(store.using)
    rows.filter(number=last).delete()
    with psycopg.connect(f"{SERVER.rpartition('/')[0]}/{connections[store.using].settings_dict['NAME']}") as other:

        def meanwhile(execute: Callable[..., Any], text: str, *rest: Any) -> Any:  # noqa: ANN401 - Django's own
            if text.startswith("UPDATE") and not added:
                added.append(other.execute(ADDED, (last,)))
                other.commit()
            return execute(text, *rest)

        added: list[object] = []
        hands = Hands()
        with connections[store.using].execute_wrapper(meanwhile):
            deliver(store, hands, AT)
    assert added
    assert hands.of("d-1") == numbers(store, "d-1")


def test_what_somebody_took_and_never_marked_is_delivered_again(store: Store) -> None:
    live(store, LIFE)

    class Died(BaseException):
        """As a kill: nothing after it runs."""

    def die(_: Parcel) -> bool:
        raise Died

    with pytest.raises(Died):
        deliver(store, Hands(die), AT)
    assert deliver(store, Hands(), AT) == Delivered(0, 0), "the first may be only slow"
    hands = Hands()
    deliver(store, hands, AT + LEASE)
    assert hands.of("d-1") == numbers(store, "d-1")


def test_what_comes_while_others_are_under_way_waits_its_turn(store: Store) -> None:
    live(store, LIFE, steps=6)

    class Busy(Hands):
        """A courier that is overtaken by a further act and a further deliverer."""

        def deliver(self, parcel: Parcel) -> None:
            if not self.parcels:
                for step in LIFE.steps[6:]:
                    perform(store, "d-1", step.act, when(step.on))
                assert deliver(store, Hands(), AT) == Delivered(0, 0)
            super().deliver(parcel)

    hands = Busy()
    deliver(store, hands, AT)
    assert hands.of("d-1") == numbers(store, "d-1")


def test_an_act_that_is_rolled_back_sends_nothing(store: Store) -> None:
    live(store, LIFE, steps=1)
    before = waiting(store)
    with transaction.atomic(using=store.using):
        perform(store, "d-1", LIFE.steps[1].act, when(LIFE.steps[1].on))
        transaction.set_rollback(True, using=store.using)
    assert waiting(store) == before


def test_a_journal_that_cannot_be_read_holds_back_its_own_dossier_only(store: Store) -> None:
    for name in ("a", "b"):
        live(store, LIFE, name)
    unguarded(store.using, "UPDATE hefu_journal SET events = '[[]]' WHERE dossier_id = 'a'")
    hands = Hands()
    assert deliver(store, hands, AT).failed == 1
    assert (hands.of("a"), hands.of("b")) == ([], numbers(store, "b"))
