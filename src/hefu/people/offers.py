"""Offers: which schemes a body operates, and what it has set and recorded for them; every change is kept.

A change takes effect on what is done afterwards: a setting on dossiers opened from then on, because a dossier keeps
those with which it was opened; a fact on every later act; a channel on every later notice; a pattern on every number
given from then on; an offer that is closed on new applications.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hefu.people import facts
from hefu.people.declared import fingerprint
from hefu.people.models import Change, Offer

if TYPE_CHECKING:
    from datetime import datetime

    from hefu.people.models import Account, Body

SETTING, FACT, CHANNEL, NUMBER, OFFER = "setting", "fact", "channel", "number", "offer"
HELD_IN = {SETTING: "settings", FACT: "facts", CHANNEL: "channels", NUMBER: "numbers"}
"""What a body sets, and where its offer holds it."""


class Wanted(NamedTuple):
    """What somebody wants changed, of which kind, to a value as JSON keeps it; null for the scheme's or product's own.

    `seen` is the fingerprint of the value that they had before them.
    """

    kind: str
    name: str
    value: Any
    seen: str


def held(offer: Offer, kind: str, name: str) -> Any:  # noqa: ANN401 - JSON of any shape
    """What the body has set or recorded, as JSON keeps it; null where it has not."""
    values: dict[str, Any] = getattr(offer, HELD_IN[kind])
    return values.get(name)


def kept(kind: str, value: Any) -> Any:  # noqa: ANN401 - of any declared type
    """A value as the JSON of an offer keeps it."""
    return facts.written(value) if kind == FACT else value


def change(offer: Offer, wanted: Wanted, by: Account, at: datetime) -> Change:
    """Set or record something. Raises ValidationError when nothing would change, or somebody else was faster."""
    with transaction.atomic():
        found = Offer.objects.select_for_update().get(pk=offer.pk)
        old = held(found, wanted.kind, wanted.name)
        if fingerprint(old) == fingerprint(wanted.value):
            raise ValidationError(_("This is the value already in force. Nothing would change."), code="same")
        if fingerprint(old) != wanted.seen:
            last = found.changes.filter(kind=wanted.kind, name=wanted.name).select_related("by").last()
            raise ValidationError(
                _("%(name)s has changed this in the meantime. Look at what is now in force, and decide again.")
                % {"name": last.by.name if last else _("Somebody else")},
                code="overtaken",
            )
        values = dict(getattr(found, HELD_IN[wanted.kind]))
        values.pop(wanted.name, None)
        if wanted.value is not None:
            values[wanted.name] = wanted.value
        setattr(found, HELD_IN[wanted.kind], values)
        found.save(update_fields=(HELD_IN[wanted.kind],))
        return Change.objects.create(
            offer=found, kind=wanted.kind, name=wanted.name, old=old, new=wanted.value, at=at, by=by
        )


def turn(offer: Offer, by: Account, at: datetime, *, to: bool) -> Change:
    """Open an offer to new applications, or close it. Raises ValidationError when it is so already."""
    with transaction.atomic():
        found = Offer.objects.select_for_update().get(pk=offer.pk)
        if found.open == to:
            raise ValidationError(_("This is so already. Nothing would change."), code="same")
        found.open = to
        found.save(update_fields=("open",))
        return Change.objects.create(offer=found, kind=OFFER, old=not to, new=to, at=at, by=by)


def take_up(body: Body, scheme: str, by: Account, at: datetime) -> Offer:
    """Let a body operate one scheme more, at first closed to applications. Raises ValidationError when it does."""
    try:
        with transaction.atomic():
            made = Offer.objects.create(body=body, scheme=scheme, open=False)
            Change.objects.create(offer=made, kind=OFFER, old=None, new=False, at=at, by=by)
            return made
    except IntegrityError as error:
        raise ValidationError(_("The body operates this scheme already."), code="twice") from error
