"""Drafts: saved again and again while somebody types, found again, and gone once the act is done.

Only the account itself ever gets at its drafts: every function asks for it. Of two windows the newer saving wins only
if it has seen the older; otherwise nothing is written, and the person is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q

from hefu.web.forms.models import Draft
from hefu.web.forms.seen import Seen, page_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from hefu.people.models import Account

DROP = (
    "DELETE FROM hefu_draft WHERE account_id = %s AND action = %s AND dossier = %s AND item = %s"
    " AND COALESCE(offer_id, 0) = %s"
)
_UPLOAD = re.compile(r"[0-9a-f]{32}")


class Place(NamedTuple):
    """For which act a draft is: of a dossier and perhaps one of its items, or on an offer before there is a dossier.

    On an offer `item` tells apart the applications that somebody prepares side by side.
    """

    action: str
    dossier: str = ""
    item: str = ""
    offer: int | None = None


class State(NamedTuple):
    """How it stands with a draft, as a page shows it. `seen` is what the page has before it.

    `overtaken`: another window has saved `version` in the meantime (0: it has handed the form in or thrown it away).
    """

    version: int = 0
    seen: Seen = Seen()
    updated: datetime | None = None
    overtaken: bool = False


def find(account: Account, place: Place) -> Draft | None:
    """The draft of an account for an act."""
    return _own(account, place).first()


def state(draft: Draft | None) -> State:
    """How it stands with a draft that has just been found, or not."""
    return State(draft.version, page_of(draft.version), draft.updated) if draft else State(seen=page_of(0))


def save(account: Account, place: Place, typed: Mapping[str, list[str]], seen: Seen, at: datetime) -> State:
    """Save what was typed on a page that has seen a version; or say that it was overtaken by another window."""
    with transaction.atomic():
        held = _own(account, place)
        same = Q(version=seen.version) | Q(page=seen.page) if seen.page else Q(version=seen.version)
        if held.filter(same).update(typed=typed, updated=at, version=F("version") + 1, page=seen.page):
            version = held.values_list("version", flat=True).get()
            return State(version, seen._replace(version=version), at)
        if not seen.version and (made := _new(account, place, typed, seen, at)) is not None:
            return made
        newer = held.first()
    if newer is None:
        return State(seen=seen._replace(version=0), overtaken=True)
    return State(newer.version, seen._replace(version=newer.version), newer.updated, overtaken=True)


def _new(account: Account, place: Place, typed: Mapping[str, list[str]], seen: Seen, at: datetime) -> State | None:
    """A first saving; nothing if another window was first."""
    try:
        with transaction.atomic():
            Draft.objects.create(
                account=account, action=place.action, dossier=place.dossier, item=place.item, offer_id=place.offer,
                typed=dict(typed), updated=at, page=seen.page,
            )  # fmt: skip
    except IntegrityError:
        return None
    return State(1, seen._replace(version=1), at)


def drop(account: Account, place: Place) -> None:
    """Throw a draft away: the act is done, or nobody wants it any more."""
    # Every act asks for this, mostly in vain: composed by the ORM it would be a fifth of what handing in costs.
    with connection.cursor() as cursor:
        cursor.execute(DROP, (account.pk, place.action, place.dossier, place.item, place.offer or 0))


def drafts_of(account: Account) -> QuerySet[Draft]:
    """What an account has begun, the newest first."""
    return Draft.objects.filter(account=account).select_related("offer__body").order_by("-updated", "-pk")


def named_uploads() -> set[str]:
    """The ids of uploads that some draft still names, so that nobody clears them away."""
    every = Draft.objects.values_list("typed", flat=True).iterator()
    return {value for typed in every for values in typed.values() for value in values if _UPLOAD.fullmatch(str(value))}


def _own(account: Account, place: Place) -> QuerySet[Draft]:
    return Draft.objects.filter(
        account=account, action=place.action, dossier=place.dossier, item=place.item, offer=place.offer
    )
