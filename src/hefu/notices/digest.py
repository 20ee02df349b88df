"""The daily digest: what is overdue, what is due in the coming days, what is new. Nobody gets an empty one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hefu.dossiers.models import DossierRow
from hefu.notices.choice import choices
from hefu.notices.letter import letter
from hefu.notices.mail import NotMineError
from hefu.notices.models import Mail, NoticeRow
from hefu.notices.owed import Owed, owed
from hefu.notices.signs import SIGNS
from hefu.people.models import Account
from hefu.rules.model import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from hefu.dossiers.store import Store

AHEAD = timedelta(days=7)
LISTED = 50
"""Lines of one kind in a digest; the work list has all of them."""

Line = list[Any]
"""JSON of something owed: dossier, title zh, title en, day."""


def readers(store: Store, on: date) -> Mapping[str, list[Line]]:
    """Who gets a digest on a day, by account, and what is due from them; as JSON, so that a step can keep it."""
    due = owed(store, on + AHEAD, on)
    fresh = set(_fresh().values_list("account", flat=True).distinct())
    people = {account.pk: items for account, items in due.items()}
    wanted = choices({*people, *fresh})
    return {
        str(account): [_line(item) for item in people.get(account, ())]
        for account in sorted(wanted)
        if wanted[account] is not Mail.NONE
    }


def send_digest(account: int, lines: Sequence[Line], on: date, at: datetime, alive: Callable[[], bool]) -> bool:
    """Send somebody the digest of a day; whether there was anything to send.

    Raises OSError or SMTPException when it may work later, NotMineError when `alive` says no.
    """
    reader = Account.objects.get(pk=account)
    new = list(_fresh().filter(account=account).order_by("pk"))
    if not reader.is_active or not (lines or new):
        return False
    mail = letter(reader, "hefu/letters/digest", _words(reader, lines, new, on), f"digest/{on}", "digest", at)
    if not alive():
        raise NotMineError
    mail.send()
    NoticeRow.objects.filter(pk__in=[row.pk for row in new]).update(mailed=at)
    return True


def _fresh() -> Any:  # noqa: ANN401 - a query set
    """Notices that wait for the next digest."""
    return NoticeRow.objects.filter(mail=Mail.DIGEST, mailed__isnull=True)


def _line(item: Owed) -> Line:
    return [item.dossier, item.title.zh, item.title.en, item.due.isoformat()]


def _words(reader: Account, lines: Sequence[Line], new: Sequence[NoticeRow], on: date) -> dict[str, Any]:
    names = {line[0] for line in lines} | {row.dossier for row in new}
    dossiers = DossierRow.objects.in_bulk(names)
    told = [
        {"dossier": dossiers.get(name), "title": Text(zh, en).get(reader.language), "due": due}
        for name, zh, en, due in lines
    ]
    day = on.isoformat()
    return {
        "on": on,
        "late": [item for item in told if item["due"] < day][:LISTED],
        "soon": [item for item in told if item["due"] >= day][:LISTED],
        "new": [
            {"dossier": dossiers.get(row.dossier), "sign": SIGNS.get(row.kind, row.kind),
             "title": row.title.get(reader.language)}
            for row in new[:LISTED]
        ],
        "counts": {"late": sum(item["due"] < day for item in told), "soon": sum(item["due"] >= day for item in told),
                   "new": len(new)},
    }  # fmt: skip
