"""mail: a notice goes to whom it is for, in their language, once; what cannot be sent is said."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default as modern
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core import mail as post

from hefu.notices.mail import NotMineError, compose, give_up, send, take_up
from hefu.notices.models import NoticeRow
from hefu.notices.record import record
from tests.notices.office import AT, LIFE, Office, office, when

if TYPE_CHECKING:
    from email.message import EmailMessage

pytestmark = pytest.mark.usefixtures("site")
NOW = when(LIFE.steps[-1].on)
DUTY = 1


def noticed(made: Office, kind: str = "duty-raised", nth: int = DUTY) -> int:
    return record(made.store, "d-1", made.event(kind, nth)[0], NOW)[0]


def living() -> bool:
    return True


def sent(made: Office, notice: int, language: str = "zh-hans") -> EmailMessage:
    row = NoticeRow.objects.select_related("account").get(pk=notice)
    row.account.language = language
    return message_from_bytes(compose(made.store, row, AT).message().as_bytes(), policy=modern)


def text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    found: str = part.get_content()
    return found


def test_a_mail_says_what_in_which_dossier_by_which_clause_until_when_and_where() -> None:
    made = office()
    notice = noticed(made)
    words = text(sent(made, notice))
    for expected in (
        "须办理",
        "暂停",
        "单元 d-1",
        "2026-09-09",
        "WAL-QP-21/",
        f"{settings.HEFU_URL}/notices/{notice}/",
    ):
        assert expected in words


def test_a_mail_is_written_in_the_language_of_its_reader() -> None:
    made = office()
    notice = noticed(made)
    english = sent(made, notice, "en")
    assert "To do" in text(english)
    assert "Suspend".casefold() in text(english).casefold()
    assert english["Content-Language"] == "en"
    assert "须办理" in str(sent(made, notice)["Subject"])


def test_its_headers_say_that_a_program_wrote_it_and_which_mail_it_is_for_ever() -> None:
    made = office()
    notice = noticed(made)
    once, again = sent(made, notice), sent(made, notice)
    assert once["Auto-Submitted"] == "auto-generated"
    assert "notices." in once["List-Id"]
    assert once["Message-ID"] == again["Message-ID"]
    assert "d-1" not in once["Message-ID"], "it tells nothing of what it names"
    other = sent(made, noticed(made, "notice-sent", 0))
    assert other["Message-ID"] != once["Message-ID"]
    assert other["References"] == once["References"], "mails of a dossier stand together"


def test_the_html_says_the_same_and_cannot_be_broken_by_a_title() -> None:
    made = office()
    notice = noticed(made)
    NoticeRow.objects.filter(pk=notice).update(zh="<script>alert(1)</script>")
    part = sent(made, notice).get_body(("html",))
    assert part is not None
    assert "<script>" not in part.get_content()
    assert "单元 d-1" in part.get_content()


def test_a_title_with_a_line_break_adds_no_header() -> None:
    made = office()
    notice = noticed(made)
    NoticeRow.objects.filter(pk=notice).update(zh="甲\nBcc: all@example.org")
    assert sent(made, notice)["Bcc"] is None


def test_a_mail_goes_once() -> None:
    made = office()
    notice = noticed(made)
    assert send(made.store, notice, AT, living) == ""
    assert send(made.store, notice, AT, living) == ""
    assert [message.to for message in post.outbox] == [["qian@example.org"]]
    assert NoticeRow.objects.get(pk=notice).mailed == AT


def test_a_worker_that_was_taken_for_dead_sends_nothing() -> None:
    made = office()
    notice = noticed(made)
    with pytest.raises(NotMineError):
        send(made.store, notice, AT, lambda: False)
    assert post.outbox == []


@pytest.mark.parametrize(
    ("error", "final"),
    [
        (SMTPRecipientsRefused({"qian@example.org": (550, b"no such user")}), True),
        (SMTPRecipientsRefused({"qian@example.org": (450, b"try later")}), False),
        (SMTPDataError(554, b"not accepted"), True),
        (SMTPServerDisconnected("gone"), False),
        (ConnectionRefusedError("nobody there"), False),
    ],
)
def test_what_a_server_refuses_for_good_is_given_up_and_everything_else_is_tried_again(
    error: Exception, final: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = office()
    notice = noticed(made)

    def refuse(*_: object, **__: object) -> int:
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    if final:
        assert send(made.store, notice, AT, living) != ""
        assert NoticeRow.objects.get(pk=notice).problem
    else:
        with pytest.raises(type(error)):
            send(made.store, notice, AT, living)
        assert NoticeRow.objects.get(pk=notice).problem == ""


def test_what_was_given_up_can_be_taken_up_again() -> None:
    made = office()
    notice = noticed(made)
    give_up(notice, "550 no such user")
    assert send(made.store, notice, AT, living) == "550 no such user"
    take_up(notice)
    assert send(made.store, notice, AT, living) == ""
    assert len(post.outbox) == 1


def test_a_closed_account_gets_no_mail() -> None:
    made = office()
    notice = noticed(made)
    made.people["qian"].is_active = False
    made.people["qian"].save()
    assert send(made.store, notice, AT, living)
    assert post.outbox == []
