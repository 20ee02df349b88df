"""Channels: the body says which notices go by mail as well, but for those that must."""

from __future__ import annotations

import pytest

from hefu.notices.channels import PRODUCT, channels, in_product_only
from hefu.notices.choice import choose
from hefu.notices.models import Mail, NoticeRow
from hefu.notices.record import record
from hefu.notices.wording import Wording
from hefu.people.models import Offer
from hefu.rules.model import Text
from tests.notices.office import LAWS, LIFE, Office, office, when

pytestmark = pytest.mark.usefixtures("sites")
NOW = when(LIFE.steps[-1].on)


def named(made: Office, name: str) -> int:
    """The number of the first event of this name that is sent."""
    places = (nth for nth in range(200) if made.event("notice-sent", nth)[1].name == name)
    return made.event("notice-sent", next(places))[0]


def only_in_product(*names: str) -> None:
    Offer.objects.update(channels=dict.fromkeys(names, PRODUCT))


def test_a_notice_that_the_body_keeps_to_the_product_is_told_there_and_mailed_to_nobody() -> None:
    made = office()
    only_in_product("nonconformity")
    assert record(made.store, "d-1", named(made, "nonconformity"), NOW) == []
    assert set(NoticeRow.objects.values_list("mail", flat=True)) == {Mail.NONE}
    assert record(made.store, "d-1", named(made, "audit-report"), NOW) != [], "others go on as before"


def test_where_the_body_leaves_the_mail_open_its_reader_chooses() -> None:
    made = office()
    for account in made.people.values():
        choose(account, Mail.DIGEST)
    record(made.store, "d-1", named(made, "nonconformity"), NOW)
    assert set(NoticeRow.objects.values_list("mail", flat=True)) == {Mail.DIGEST}


def test_what_a_clause_wants_in_writing_goes_by_mail_whatever_body_and_reader_have_chosen() -> None:
    made = office()
    only_in_product("acceptance")
    for account in made.people.values():
        choose(account, Mail.NONE)
    assert record(made.store, "d-1", named(made, "acceptance"), NOW) != []


def test_a_duty_goes_by_mail_whatever_the_body_has_chosen() -> None:
    made = office()
    only_in_product("duty-raised")
    assert record(made.store, "d-1", made.event("duty-raised", 1)[0], NOW) != []


def test_a_general_kind_can_be_kept_to_the_product_but_for_hard_limits() -> None:
    made = office()
    only_in_product("clock-breached")
    held, _ = made.store.load("d-1")
    late = Wording("clock-breached", Text("逾期", "late"), ("client",), (), "")
    assert in_product_only(held, late)
    assert not in_product_only(held, late._replace(must=True))
    assert not in_product_only(held, late._replace(kind="clock-reminded"))


@pytest.mark.parametrize(("scheme", "written"), [
    ("wal-qp-21", {"acceptance", "stage-1-report"}), ("nfcc-ir-000-01", {"denial"}),
    ("nfcc-ir-000-02", {"denial", "termination"}), ("hbfma-2023-15", set()),
])  # fmt: skip
def test_a_body_may_choose_for_every_notice_of_its_scheme_but_duties_and_those_in_writing(
    scheme: str, written: set[str]
) -> None:
    found = channels(LAWS.newest(scheme))
    assert {one.name for one in found if one.fixed} == {"duty-raised"} | written
    assert len({one.name for one in found}) == len(found)
    assert {"clock-breached", "published"} <= {one.name for one in found}
