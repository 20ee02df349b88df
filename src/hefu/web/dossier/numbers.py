"""The numbers of certificates: given by the body's pattern with the act that makes one, and never twice in a body.

A sheet shows the number that comes next and leaves its field empty; it is given out under the lock of the act, so that
of two people who are shown the same one the second gets the one after it. A number that somebody types stands as it
is, unless another certificate of the body has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.dossiers.number import CERTIFICATE, give_certificate, next_certificate, taken
from hefu.people.models import Offer
from hefu.rules.refusal import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hefu.rules.decide import Act
    from hefu.rules.model import Action, Field
    from hefu.rules.refusal import Refusal
    from hefu.web.door import Door

NUMBER, ANSWER = "number", "form."


def numbering(action: Action, *, new: bool = False) -> list[Field]:
    """The fields of an act that say the number of the certificate; with `new`, only of one that the act makes."""
    names = [
        expression.guard.source.strip().removeprefix(ANSWER)
        for change in action.certificate
        for name, expression in change.sets
        if name == NUMBER and (change.new or not new) and expression.guard.source.strip().startswith(ANSWER)
    ]
    return [field for field in action.form.fields if field.id in names]


def offered(door: Door, action: Action) -> Mapping[str, str]:
    """The number that comes next, by field; nothing for acts that make none, or where the body has no pattern."""
    fields = numbering(action, new=True)
    pattern = _pattern(door) if fields else ""
    if not pattern:
        return {}
    number = next_certificate(door.held.body, door.scheme.id, door.when.on.year, pattern)
    return {field.id: number for field in fields}


def numbered(door: Door, action: Action, given: Act) -> tuple[Act, tuple[Refusal, ...]]:
    """The act with the number that its certificate gets, and what stands against one that was typed.

    In the caller's transaction, until whose end nobody else of the body gives or takes a number.
    """
    body = door.held.body
    against: list[Refusal] = []
    for field in numbering(action):
        typed = given.form.get(field.id)
        if typed and taken(body, door.held.id, str(typed)):
            refusal = refuse(door.scheme, "number-taken", field.clauses or action.clauses, number=str(typed))
            against.append(refusal._replace(field=field.id))
    empty = [field for field in numbering(action, new=True) if not given.form.get(field.id)]
    pattern = _pattern(door) if empty else ""
    if not pattern:
        return given, tuple(against)
    number = give_certificate(body, door.scheme.id, door.when.on.year, pattern)
    return given._replace(form={**given.form, **{field.id: number for field in empty}}), tuple(against)


def _pattern(door: Door) -> str:
    """The pattern of the body for the certificates of a scheme; empty where it has none."""
    offer = Offer.objects.filter(body=door.held.body, scheme=door.scheme.id).only("numbers").first()
    return str(offer.numbers.get(CERTIFICATE) or "") if offer else ""
