"""digest: once a day what is overdue, due soon and new; to nobody who has nothing of that, or wants none."""

from __future__ import annotations

import pytest
from django.core import mail as post

from hefu.notices.choice import choose
from hefu.notices.digest import readers, send_digest
from hefu.notices.mail import NotMineError
from hefu.notices.models import Mail, NoticeRow
from hefu.notices.owed import owed
from hefu.notices.record import record
from hefu.notices.wording import LETTER
from tests.notices.office import AT, DAY, LIFE, Office, office, when

pytestmark = pytest.mark.usefixtures("site")
RAISED = next(
    number for number, step in enumerate(LIFE.steps, 1)
    if any(event.type == "duty-raised" and event.name == "certificate.suspend" for event in step.events)
)  # fmt: skip
ON = LIFE.steps[RAISED - 1].on
NOTICES = 3


def digests(made: Office, on=ON) -> list[str]:  # type: ignore[no-untyped-def]  # noqa: ANN001 - a date
    for account, lines in readers(made.store, on).items():
        send_digest(int(account), lines, on, AT, lambda: True)
    return [message.to[0] for message in post.outbox]


def test_a_duty_is_owed_by_those_who_can_do_it() -> None:
    made = office(steps=RAISED)
    found = {account.key: items for account, items in owed(made.store, ON + DAY, ON).items()}
    assert "暂停" in [item.title.zh for item in found["qian"]]


def test_a_clock_is_owed_by_its_owner_until_it_is_met() -> None:
    asked = next(n for n, step in enumerate(LIFE.steps, 1) if step.dossier.clocks("supplement"))
    made = office(steps=asked)
    (run,) = made.store.load("d-1")[0].dossier.clocks("supplement")
    found = {account.key: items for account, items in owed(made.store, run.due, run.due - DAY).items()}
    assert [item.due for item in found["wang"]] == [run.due]
    assert owed(made.store, run.due - DAY, run.due - DAY) == {}


def test_everybody_from_whom_something_is_due_gets_a_digest() -> None:
    made = office(steps=RAISED)
    assert "qian@example.org" in digests(made)
    message = next(message for message in post.outbox if message.to == ["qian@example.org"])
    assert "暂停" in message.body
    assert "单元 d-1" in message.body


def test_what_is_past_its_day_stands_under_overdue() -> None:
    made = office(steps=RAISED)
    digests(made, ON + 3 * DAY)
    message = next(message for message in post.outbox if message.to == ["qian@example.org"])
    assert "逾期" in message.body.splitlines()[0]


def test_nobody_gets_an_empty_one() -> None:
    made = office(steps=0)
    assert readers(made.store, ON) == {}
    assert not send_digest(made.people["pan"].pk, [], ON, AT, lambda: True)
    assert post.outbox == []


def test_whoever_wants_no_mail_gets_none() -> None:
    made = office(steps=RAISED)
    for account in made.people.values():
        choose(account, Mail.NONE)
    assert digests(made) == []


def test_notices_of_whoever_chose_the_digest_come_with_it_once() -> None:
    made = office()
    wang = made.people["wang"]
    choose(wang, Mail.DIGEST)
    told = [made.event("notice-sent", nth) for nth in range(2 * NOTICES)]
    for number, _event in [one for one in told if one[1].data["channel"] != LETTER][:NOTICES]:
        record(made.store, "d-1", number, when(ON))
    on = LIFE.steps[-1].on
    lines = readers(made.store, on).get(str(wang.pk), [])
    assert send_digest(wang.pk, lines, on, AT, lambda: True)
    (message,) = post.outbox
    assert "补充材料通知" in message.body
    assert f"新通知 {NOTICES} 条" in message.subject
    assert not NoticeRow.objects.filter(mail=Mail.DIGEST, mailed__isnull=True).exists()
    assert not send_digest(wang.pk, [], on, AT, lambda: True), "nothing is new any more"


def test_a_digest_is_written_in_the_language_of_its_reader() -> None:
    made = office(steps=RAISED)
    qian = made.people["qian"]
    qian.language = "en"
    qian.save()
    digests(made)
    message = next(message for message in post.outbox if message.to == ["qian@example.org"])
    assert "Due within 7 days" in message.body


def test_a_worker_that_was_taken_for_dead_sends_no_digest_and_does_not_note_it_as_done() -> None:
    made = office(steps=RAISED)
    (account, lines), *_ = readers(made.store, ON).items()
    with pytest.raises(NotMineError):
        send_digest(int(account), lines, ON, AT, lambda: False)
    assert post.outbox == []
