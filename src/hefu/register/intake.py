"""The intake: what the public writes to a body (a complaint, an appeal, an objection), and what became of it.

Nothing here is a case yet: the body's people take it up in the dossier that it is about, under the scheme's own rules,
or answer it. Whoever wrote it sees its state with a reference and a secret, told once; the secret is not kept.
What they wrote about themselves is for those people alone, and never for the register.
"""

from __future__ import annotations

from base64 import b32encode
from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.crypto import salted_hmac

from hefu.register.models import IntakeNote, IntakeRow

if TYPE_CHECKING:
    from datetime import datetime

COMPLAINT, APPEAL, OBJECTION = "complaint", "appeal", "objection"
KINDS = (COMPLAINT, APPEAL, OBJECTION)
RECEIVED, TAKEN, ANSWERED = "received", "taken", "answered"
OPEN = (RECEIVED, TAKEN)
SALT = "hefu.register.intake"
REFERENCE, SECRET = 10, 20
"""Signs of a reference and of a secret."""


class Written(NamedTuple):
    """What somebody has written. `key` is that of the form, so that a form sent twice is one."""

    key: str
    kind: str
    body: str
    scheme: str
    entry: str
    about: str
    dossier: str
    name: str
    contact: str
    text: str


class Receipt(NamedTuple):
    """What somebody needs to follow up what they wrote."""

    row: IntakeRow
    reference: str
    secret: str


def receive(written: Written, at: datetime) -> Receipt:
    """Keep what somebody wrote; the same form again gives the same receipt."""
    reference, secret = _sign("reference", written.key)[:REFERENCE], _sign("secret", written.key)[:SECRET]
    known = {name: value for name, value in written._asdict().items() if name != "key"}
    with transaction.atomic():
        row, new = IntakeRow.objects.get_or_create(
            reference=reference, defaults={**known, "secret": _hash(secret), "received": at, "state": RECEIVED}
        )
        if new:
            IntakeNote.objects.create(intake=row, at=at, did=RECEIVED)
    return Receipt(row, reference, secret)


def find(reference: str, secret: str) -> IntakeRow | None:
    """What was written under a reference, for whoever knows its secret."""
    row = IntakeRow.objects.filter(reference=_plain(reference)).first()
    # Compared in any case, so that the time says nothing about which references there are.
    right = compare_digest(row.secret if row else _hash(""), _hash(_plain(secret)))
    return row if row is not None and right else None


def place_of(row: IntakeRow) -> str:
    """Where the files of it are kept, until they are taken into a dossier: in the name of no account and no dossier."""
    return f"intake:{row.reference}"


def take_up(row: IntakeRow, who: str, act: str, dossier: str, at: datetime) -> None:
    """Somebody takes it up by an act in a dossier."""
    with transaction.atomic():
        IntakeRow.objects.filter(pk=row.pk).update(state=TAKEN, dossier=dossier)
        IntakeNote.objects.create(intake=row, at=at, did=TAKEN, who=who, act=act, dossier=dossier)


def answer(row: IntakeRow, who: str, text: str, at: datetime) -> None:
    """Somebody answers; the text is for whoever wrote."""
    with transaction.atomic():
        IntakeRow.objects.filter(pk=row.pk).update(state=ANSWERED)
        IntakeNote.objects.create(intake=row, at=at, did=ANSWERED, who=who, text=text)


def _sign(what: str, key: str) -> str:
    """Letters and digits that nobody can make without the installation's own secret."""
    return b32encode(salted_hmac(f"{SALT}.{what}", key, algorithm="sha256").digest()).decode().lower()


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _plain(typed: str) -> str:
    """A reference or secret as it was given, whatever was typed between its signs."""
    return "".join(sign for sign in typed.casefold() if sign.isalnum())
