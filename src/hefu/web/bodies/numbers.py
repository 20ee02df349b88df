"""A pattern of numbers, before it is kept: what is wrong with it in words, and what it would give next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hefu.dossiers import number
from hefu.people.models import Offer
from hefu.web import moment
from hefu.web.account.titles import scheme_title

if TYPE_CHECKING:
    from hefu.web.bodies.told import Thing


def checked(thing: Thing, pattern: str) -> str:
    """The pattern. Raises ValidationError with everything that is wrong, or with whose numbers it would give again."""
    scheme, body, year = thing.offer.scheme, thing.offer.body_id, moment.today().year
    words = {
        "text": _("Beside the blanks only letters, digits and . - _ ( ) [ ] 〔 〕 may stand."),
        "serial": _("{serial} must stand in it, once: without it all numbers would be the same."),
        "year": _("{year} or {yy} must stand in it: the serials begin anew each year."),
        "long": _("A number may have at most %(most)d characters.") % {"most": number.LONGEST},
    }
    if wrong := list(number.faults(pattern, scheme)):
        raise ValidationError([words[code] for code in wrong])
    for other in Offer.objects.filter(body=body).exclude(pk=thing.offer.pk):
        theirs = other.numbers.get(thing.name, number.PATTERN if thing.name == number.DOSSIER else "")
        if theirs and number.meet(pattern, scheme, theirs, other.scheme, year):
            title = {"scheme": scheme_title(other.scheme)}
            raise ValidationError(_("“%(scheme)s” would get the same numbers.") % title, code="met")
    again = thing.name == number.DOSSIER and number.given_already(body, scheme, year, pattern)
    if again:
        raise ValidationError(_("It would give the number %(number)s again.") % {"number": again}, code="again")
    return pattern


def coming(thing: Thing) -> str:
    """The number that the next dossier or certificate would get; empty where no pattern says so."""
    scheme, body, year, pattern = thing.offer.scheme, thing.offer.body_id, moment.today().year, str(thing.value)
    if thing.name == number.CERTIFICATE:
        return number.next_certificate(body, scheme, year, pattern) if pattern else ""
    return number.coming(body, scheme, year, pattern)
