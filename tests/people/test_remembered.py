"""remembered: what is known of people costs one query, until anybody changes any of it; then it is read anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hefu.people.around import around
from hefu.people.models import (
    Account,
    Assignment,
    Body,
    Competence,
    Delegation,
    Employment,
    Interest,
    Mark,
    Offer,
    Organisation,
    Standing,
)
from hefu.people.remembered import MARK, memory
from hefu.people.seeing import bodies_of, held_roles, managed, reach
from tests.people import town
from tests.people.elsewhere import elsewhere
from tests.people.town import BODY, CODES, DAY, ONE, SCHEME

if TYPE_CHECKING:
    from hefu.people.seeing import Held, Reach
    from hefu.rules.view import Around

pytestmark = pytest.mark.usefixtures("sites")
WATCHED = {
    "hefu_account", "hefu_assignment", "hefu_body", "hefu_competence", "hefu_delegation", "hefu_employment",
    "hefu_interest", "hefu_offer", "hefu_organisation", "hefu_standing",
}  # fmt: skip


class Known(NamedTuple):
    """Everything that is asked about lin, a planner of the body, and about ke, who acts for a firm."""

    around: Around
    held: tuple[Held, ...]
    lin: Reach
    ke: Reach


def settled() -> tuple[Account, Account]:
    """Lin and ke, and one of every kind of tie; some of them begin only tomorrow."""
    body = town.body(facts={"contracted_labs": {"$standing": "lab"}})
    lin, wei, ke = (town.person(name) for name in ("lin", "wei", "ke"))
    town.assign(lin, body, "planner")
    town.assign(wei, body, "director")
    town.away(wei, lin, body, DAY + ONE, DAY + ONE)
    town.competent(lin, body, "network")
    town.interest(lin, "甲公司")
    firm = town.organisation("乙检测", CODES[2], proven=True)
    town.employ(ke, firm)
    town.stand(firm, body, "lab")
    return lin, ke


def look(lin: Account, ke: Account) -> Known:
    return Known(around(BODY, SCHEME, DAY, {ke.key}), held_roles(lin, DAY), reach(lin, DAY), reach(ke, DAY))


def test_what_nobody_has_changed_costs_only_the_look_at_the_mark() -> None:
    lin, ke = settled()
    known = look(lin, ke)
    with CaptureQueriesContext(connection) as seen:
        assert look(lin, ke) == known
    assert {query["sql"] for query in seen.captured_queries} == {MARK}
    assert len(seen) == 4, "one for each question"


@pytest.mark.parametrize(
    ("statement", "changed"),
    [
        ("UPDATE hefu_assignment SET until = '2026-11-19'", {"around", "held", "lin"}),
        ("DELETE FROM hefu_assignment", {"around", "held", "lin"}),
        ("UPDATE hefu_assignment SET role = 'director' WHERE role = 'planner'", {"around", "held"}),
        ("UPDATE hefu_delegation SET since = '2026-11-20'", {"around", "held"}),
        ("UPDATE hefu_competence SET until = '2026-11-19'", {"around"}),
        ("UPDATE hefu_competence SET level = 'senior'", {"around"}),
        ("UPDATE hefu_interest SET subject = '丙公司'", {"around"}),
        ("UPDATE hefu_employment SET until = '2026-11-19'", {"around", "ke"}),
        ("UPDATE hefu_standing SET until = '2026-11-19'", {"around", "ke"}),
        ("UPDATE hefu_organisation SET proven = false", {"ke"}),
        ("UPDATE hefu_organisation SET name = '丁检测'", {"around", "ke"}),
        ("UPDATE hefu_account SET name = '林'", {"around"}),
        ("UPDATE hefu_account SET is_active = false", {"around", "held", "lin"}),
        ("UPDATE hefu_offer SET facts = '{}'", {"around"}),
        ("UPDATE hefu_offer SET scheme = 'hbfma-2023-15'", {"around", "held", "lin"}),
    ],
)
def test_what_another_process_changes_is_seen_by_the_next_question(statement: str, changed: set[str]) -> None:
    lin, ke = settled()
    before = look(lin, ke)
    assert look(lin, ke) == before
    elsewhere(statement)
    after = look(lin, ke)
    assert {name for name in Known._fields if getattr(before, name) != getattr(after, name)} >= changed


def test_a_tie_that_another_process_makes_is_seen_by_the_next_question() -> None:
    lin, ke = settled()
    look(lin, ke)
    assert ke.key not in around(BODY, SCHEME, DAY).people
    elsewhere(
        "INSERT INTO hefu_assignment (account_id, body_id, scheme, role, since)"  # noqa: S608 - our own words
        f" VALUES ({ke.pk}, '{BODY}', '', 'planner', '{DAY}')"
    )
    assert around(BODY, SCHEME, DAY).people[ke.key].roles >= {"planner"}
    assert (BODY, SCHEME) in reach(ke, DAY).whole


def test_a_body_that_was_left_or_given_to_another_administrator_is_so_at_once() -> None:
    lin, _ = settled()
    town.assign(lin, Body.objects.get(pk=BODY), "administrator")
    assert [body.pk for body in managed(lin, DAY)] == list(bodies_of(lin, DAY)) == [BODY]
    elsewhere("UPDATE hefu_assignment SET until = '2026-11-19' WHERE role = 'administrator'")
    assert managed(lin, DAY) == []
    assert bodies_of(lin, DAY) == {BODY}
    elsewhere("UPDATE hefu_assignment SET until = '2026-11-19'")
    assert bodies_of(lin, DAY) == frozenset()


def test_a_role_counts_on_its_days_only_without_any_change() -> None:
    lin, _ = settled()
    Assignment.objects.filter(account=lin).update(until=DAY)
    assert held_roles(lin, DAY)
    assert not held_roles(lin, DAY + ONE)


def test_every_change_of_every_table_gives_another_mark_and_signing_in_gives_none() -> None:
    marks = [memory().mark]

    def changed() -> None:
        marks.append(memory().mark)
        assert marks.count(marks[-1]) == 1

    lin, _ = settled()
    changed()
    ties = (Assignment, Delegation, Competence, Interest, Standing, Employment)
    for model in (*ties, Offer, Organisation, Account, Body):
        (one, *_) = model._default_manager.order_by("-pk")  # noqa: SLF001 - Django's name for any model's rows
        one.pk = None
        if isinstance(one, Offer):
            one.scheme = "hbfma-2023-15"
        if isinstance(one, Body):
            one.pk = "third"
        if isinstance(one, Organisation):
            one.uscc = CODES[3]
        if isinstance(one, Account):
            one.email, one.key = "another@example.org", "another"
        one.save(force_insert=True)
        changed()
        one.save()
        changed()
        one.delete()
        changed()
    lin.set_password("another word")
    lin.last_login = lin.joined
    lin.save(update_fields=["password", "last_login"])
    assert memory().mark == marks[-1]


def test_what_is_remembered_is_asked_of_watched_tables_only() -> None:
    lin, ke = settled()
    with CaptureQueriesContext(connection) as seen:
        look(lin, ke)
    asked = {name for query in seen.captured_queries for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert asked <= WATCHED
    assert {"hefu_assignment", "hefu_offer", "hefu_interest"} <= asked


def test_what_was_seen_in_a_transaction_that_was_undone_is_not_remembered() -> None:
    lin, ke = settled()
    known = look(lin, ke)
    with transaction.atomic():
        Assignment.objects.all().delete()
        assert not look(lin, ke).held
        transaction.set_rollback(True)
    assert look(lin, ke) == known
    with transaction.atomic():
        Interest.objects.all().delete()
        transaction.set_rollback(True)
    assert look(lin, ke) == known


def test_what_was_changed_while_it_was_read_is_read_again() -> None:
    lin, _ = settled()
    Offer.objects.update(facts={})

    def read() -> str:
        name = Account.objects.get(pk=lin.pk).name
        elsewhere("UPDATE hefu_account SET name = name || '!'")
        return name

    assert memory().one("name", read) == "lin"
    assert memory().one("name", lambda: Account.objects.get(pk=lin.pk).name) == "lin!"


def test_without_a_mark_nothing_is_remembered() -> None:
    lin, ke = settled()
    Mark.objects.all().delete()
    look(lin, ke)
    with CaptureQueriesContext(connection) as seen:
        look(lin, ke)
    assert len(seen) > 4


def test_people_from_outside_are_each_asked_for_once() -> None:
    lin, ke = settled()
    around(BODY, SCHEME, DAY, {ke.key, "nobody"})
    with CaptureQueriesContext(connection) as seen:
        assert set(around(BODY, SCHEME, DAY, {ke.key, "nobody", lin.key}).people) >= {ke.key, lin.key}
        assert "nobody" not in around(BODY, SCHEME, DAY, {"nobody"}).people
    assert len(seen) == 2


def test_memory_begins_anew_when_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    settled()
    monkeypatch.setattr("hefu.people.remembered.MOST", 2)
    held = memory()
    asked: list[int] = []

    def found(number: int) -> int:
        asked.append(number)
        return number

    for number in (1, 2, 2, 3, 1):
        assert held.one(number, lambda number=number: found(number)) == number  # type: ignore[misc] # bound at once
    assert asked == [1, 2, 3, 1]
