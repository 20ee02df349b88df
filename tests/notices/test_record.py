"""record: an event is told to each person whom it concerns, once, in the product; and what goes by mail."""

from __future__ import annotations

import pytest

from hefu.dossiers.outbox import deliver
from hefu.notices import inbox
from hefu.notices.choice import choose
from hefu.notices.models import Mail, NoticeRow
from hefu.notices.record import record
from tests.notices.office import AT, LIFE, office, when

pytestmark = pytest.mark.usefixtures("sites")
NOW = when(LIFE.steps[-1].on)


def test_each_person_has_a_row_with_words_clauses_and_day() -> None:
    made = office()
    number, event = made.event("duty-raised", 1)
    ids = record(made.store, "d-1", number, NOW)
    rows = NoticeRow.objects.filter(key=f"d-1/{number}")
    assert {row.account.key for row in rows} == {"sun", "qian"} & {row.account.key for row in rows}
    assert [row.pk for row in rows.order_by("account")] == ids
    row = rows[0]
    assert (row.kind, row.mail, row.due) == ("duty-raised", Mail.NOW, event.data["due"])
    assert (row.zh[:2], row.body, row.number) == ("暂停", "body-1", number)
    assert row.clauses == list(event.clauses)


def test_an_event_that_comes_twice_is_told_once() -> None:
    made = office()
    number, _ = made.event("notice-sent")
    first = record(made.store, "d-1", number, NOW)
    assert record(made.store, "d-1", number, NOW) == first
    assert NoticeRow.objects.count() == 1


def test_what_was_mailed_is_not_asked_for_again() -> None:
    made = office()
    number, _ = made.event("notice-sent")
    ids = record(made.store, "d-1", number, NOW)
    NoticeRow.objects.filter(pk__in=ids).update(mailed=AT)
    assert record(made.store, "d-1", number, NOW) == []


def test_whoever_wants_no_mail_gets_none_but_of_duties() -> None:
    made = office()
    for account in made.people.values():
        choose(account, Mail.NONE)
    notice, _ = made.event("notice-sent")
    duty, _ = made.event("duty-raised", 1)
    assert record(made.store, "d-1", notice, NOW) == []
    assert record(made.store, "d-1", duty, NOW) != []
    assert inbox.unread(made.people["wang"], 99) == 1


def test_an_event_that_concerns_nobody_is_told_to_nobody() -> None:
    made = office(steps=3)
    number, _ = made.event("document-made")
    assert record(made.store, "d-1", number, NOW) == []
    assert not NoticeRow.objects.exists()


def test_a_whole_life_is_told_without_a_fault() -> None:
    made = office()

    class Teller:
        def deliver(self, parcel) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - a Parcel
            record(made.store, parcel.dossier, parcel.number, NOW)

    assert deliver(made.store, Teller(), AT).failed == 0
    told = NoticeRow.objects.filter(account__key="wang").order_by("pk").values_list("number", flat=True)
    assert list(told) == sorted(told)
    assert inbox.unread(made.people["wang"], 99) > 20


def test_reading_is_ones_own() -> None:
    made = office()
    number, _ = made.event("notice-sent")
    (ident,) = record(made.store, "d-1", number, NOW)
    assert inbox.mark_read(made.people["pan"], AT, ident) == 0
    assert inbox.unread(made.people["wang"], 99) == 1
    assert inbox.mark_read(made.people["wang"], AT, ident) == 1
    assert inbox.mark_read(made.people["wang"], AT) == 0


def test_a_list_can_be_narrowed_and_names_its_dossiers() -> None:
    made = office()
    for nth in range(3):
        record(made.store, "d-1", made.event("notice-sent", nth)[0], NOW)
    wang = made.people["wang"]
    inbox.mark_read(wang, AT, inbox.notices(wang)[0].pk)
    assert inbox.notices(wang, only_unread=True).count() == 2
    assert inbox.notices(wang, kind="duty-raised").count() == 0
    assert inbox.notices(wang, dossier="d-2").count() == 0
    assert inbox.kinds(wang) == ["notice-sent"]
    assert {row.dossier.title for row in inbox.with_dossiers(inbox.notices(wang)) if row.dossier} == {"单元 d-1"}
