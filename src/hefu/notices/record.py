"""Record: an event becomes a notice for each person whom it concerns, once, however often it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.dossiers.history import happened
from hefu.notices.channels import in_product_only
from hefu.notices.choice import choices
from hefu.notices.models import TITLE, Mail, NoticeRow
from hefu.notices.recipients import recipients
from hefu.notices.wording import worded

if TYPE_CHECKING:
    from hefu.dossiers.outcome import When
    from hefu.dossiers.store import Store


def record(store: Store, dossier: str, number: int, when: When) -> list[int]:
    """Tell people of an event; the notices that must go by mail now, in the order of the accounts."""
    held, _ = store.load(dossier)
    said = worded(held, happened(store, dossier, [number])[number])
    if said is None:
        return []
    people = recipients(held, said.to, said.case, when.on, said.act)
    ours = [one.pk for one in people]
    chosen = dict.fromkeys(ours, Mail.NONE) if in_product_only(held, said) else choices(ours)
    key = f"{dossier}/{number}"
    NoticeRow.objects.bulk_create(
        [
            NoticeRow(
                account=one, key=key, body=held.body, dossier=dossier, number=number, kind=said.kind,
                zh=said.title.zh[:TITLE], en=said.title.en[:TITLE], detail_zh=said.detail.zh, detail_en=said.detail.en,
                clauses=list(said.clauses), on=when.on, due=said.due, created=when.at,
                mail=Mail.NOW if said.must else chosen[one.pk],
            )
            for one in people
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    waiting = NoticeRow.objects.filter(key=key, mail=Mail.NOW, mailed__isnull=True, problem="")
    return list(waiting.order_by("account").values_list("pk", flat=True))
