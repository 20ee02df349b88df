"""refusals: what somebody handed in and the rules refused, kept beside the journal, which tells only what happened.

Kept are the person, the act, the reasons with their clauses, and the messages as they were said, but with a gap for
every answer in them (Refusal.bare): of the form nothing stays. The same refusal of the same person on the same day is
kept once, so that pressing a button again and again writes nothing more. What asks without handing in (`explain`, a
part of a sheet that asks while somebody types) never comes here; nor does a first act, without which there is no
dossier. A grave act that is refused before anybody is asked to confirm it does (decision 0016).
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from hefu.dossiers.journal import canonical
from hefu.dossiers.models import RefusalRow
from hefu.rules.model import Text
from hefu.rules.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hefu.dossiers.outcome import When
    from hefu.dossiers.store import Held, Store
    from hefu.rules.decide import Act
    from hefu.rules.model import Action


class Rejected(NamedTuple):
    """An act that was refused: when, to whom, on which item, for which reasons."""

    at: datetime
    on: date
    actor: str
    act: str
    item: str
    reasons: tuple[Refusal, ...]


def keep(store: Store, held: Held, act: Act, when: When, refusals: Sequence[Refusal]) -> None:
    """Keep a refusal once the transaction in which it was said, if any, has ended, in one of its own.

    Where that is undone with everything around it, nothing is kept. An act that no scheme has was offered to nobody.
    """
    action = held.law.scheme.action(act.do)
    if action is None:
        return
    item = act.item if act.item in held.dossier.items or act.item in held.dossier.cases else ""
    reasons = _reasons(action, refusals)
    said = [[when.on, act.by.id, act.do, item], sorted((one.code, one.clauses, one.field) for one in reasons)]
    row = RefusalRow(
        dossier_id=held.id, digest=sha256(canonical(said).encode()).digest(), at=when.at, on=when.on, actor=act.by.id,
        act=act.do, item=item, codes=" ".join(sorted({one.code for one in reasons})),
        reasons=canonical([_data(one) for one in reasons]),
    )  # fmt: skip
    rows = RefusalRow.objects.using(store.using)
    transaction.on_commit(lambda: rows.bulk_create([row], ignore_conflicts=True), using=store.using)


def rejected(store: Store, dossier: str, actor: str = "") -> list[Rejected]:
    """The refused acts of a dossier, the newest first; only those of one person where one is named."""
    rows = RefusalRow.objects.using(store.using).filter(dossier_id=dossier)
    rows = rows.filter(actor=actor) if actor else rows
    return [
        Rejected(row.at, row.on, row.actor, row.act, row.item, read(row.reasons)) for row in rows.order_by("-at", "act")
    ]


def read(reasons: str) -> tuple[Refusal, ...]:
    """The reasons of a row."""
    return tuple(
        Refusal(one["code"], Text(one["zh"], one["en"]), tuple(one["clauses"]), field=one["field"])
        for one in json.loads(reasons)
    )


def _reasons(action: Action, refusals: Sequence[Refusal]) -> list[Refusal]:
    """The refusals without answers; of those that only lie in different rows of a table, one."""
    bare = [one._replace(message=one.bare or one.message, field=_field(action, one.field)) for one in refusals]
    return list({(one.code, one.clauses, one.field): one for one in reversed(bare)}.values())[::-1]


def _field(action: Action, path: str) -> str:
    """The field of a refusal, and the option in it, as far as the form has them: the rest says what was typed."""
    name, _, inside = path.partition(".")
    field = action.form.by_id.get(name)
    if field is None:
        return name if name in ("grounds", "departure") else ""
    return path if inside in field.options else name


def _data(reason: Refusal) -> dict[str, object]:
    zh, en = reason.message
    return {"code": reason.code, "zh": zh, "en": en, "clauses": reason.clauses, "field": reason.field}
