"""The number that a new certificate would get by the body's pattern, offered in the sheet of the act that grants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.dossiers.number import CERTIFICATE, next_certificate
from hefu.people.models import Offer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hefu.rules.model import Action
    from hefu.web.door import Door

NUMBER, ANSWER = "number", "form."


def offered(door: Door, action: Action) -> Mapping[str, str]:
    """The field of the number, with the number; nothing for acts that give none, or where the body has no pattern."""
    fields = [
        name.removeprefix(ANSWER)
        for change in action.certificate
        for number, expression in change.sets
        if change.new and number == NUMBER and (name := expression.guard.source.strip()).startswith(ANSWER)
    ]
    if not any(field in action.form.by_id for field in fields):
        return {}
    scheme, body = door.scheme.id, door.held.body
    offer = Offer.objects.filter(body=body, scheme=scheme).only("numbers").first()
    pattern = offer.numbers.get(CERTIFICATE) if offer else None
    if not pattern:
        return {}
    number = next_certificate(body, scheme, door.when.on.year, pattern)
    return {field: number for field in fields if field in action.form.by_id}
