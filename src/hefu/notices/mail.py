"""A notice as a mail, sent at least once: it is noted as mailed when a server has taken it, and never sent after that.

If a process dies between the two, the mail goes twice, under the same Message-ID: SMTP has no way to ask whether a
mail was taken. Nothing else sends a mail twice.
"""

from __future__ import annotations

from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import TYPE_CHECKING

from hefu.dossiers.models import DossierRow
from hefu.notices.clauses import cite
from hefu.notices.letter import letter
from hefu.notices.models import NoticeRow
from hefu.notices.signs import SIGNS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.core.mail import EmailMultiAlternatives

    from hefu.dossiers.store import Store

FINAL = 500
"""SMTP replies from here on mean: do not try again (RFC 5321 4.2.1)."""


class NotMineError(RuntimeError):
    """This worker was taken for dead; another has taken over and sends."""


def send(store: Store, notice: int, at: datetime, alive: Callable[[], bool]) -> str:
    """Send a notice that has not been sent: empty, or why it never can be.

    Raises OSError or SMTPException when it may work later, NotMineError when `alive` says no.
    """
    row = NoticeRow.objects.select_related("account").get(pk=notice)
    if row.mailed is not None or row.problem:
        return row.problem
    if not row.account.is_active:
        return give_up(notice, "the account is closed")
    mail = compose(store, row, at)
    if not alive():
        raise NotMineError
    try:
        mail.send()
    except (SMTPRecipientsRefused, SMTPDataError) as error:
        if not _final(error):
            raise
        return give_up(notice, str(error))
    NoticeRow.objects.filter(pk=notice).update(mailed=at)
    return ""


def compose(store: Store, row: NoticeRow, at: datetime) -> EmailMultiAlternatives:
    """The mail of a notice: what, in which dossier, which clauses, until when, and where to go."""
    dossier = DossierRow.objects.get(pk=row.dossier)
    clauses = cite(store, dossier, row.clauses, row.account.language)
    words = {
        "notice": row, "sign": SIGNS.get(row.kind, row.kind), "dossier": dossier, "clauses": clauses,
        "title": row.title.get(row.account.language), "detail": row.detail.get(row.account.language),
    }  # fmt: skip
    return letter(row.account, "hefu/letters/notice", words, row.key, row.dossier, at)


def give_up(notice: int, problem: str) -> str:
    """Note that a notice will not go by mail any more; it stands in the product all the same."""
    NoticeRow.objects.filter(pk=notice).update(problem=problem)
    return problem


def take_up(notice: int) -> None:
    """Let a notice be sent that was given up."""
    NoticeRow.objects.filter(pk=notice).update(problem="")


def _final(error: SMTPRecipientsRefused | SMTPDataError) -> bool:
    if isinstance(error, SMTPDataError):
        return error.smtp_code >= FINAL
    return all(code >= FINAL for code, _ in error.recipients.values())
