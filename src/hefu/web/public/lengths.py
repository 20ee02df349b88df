"""Lengths in words: fifteen working days, three months, by the day that is set each time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hefu.rules.time import Unit

if TYPE_CHECKING:
    from hefu.rules.model import Clock, Scheme, Term


def of_term(scheme: Scheme, term: Term) -> str:
    """A term, with the number that a setting holds."""
    number: Any = scheme.settings.get(term.number) if isinstance(term.number, str) else term.number
    if term.unit is Unit.WORKING_DAY:
        return ngettext("%(n)s working day", "%(n)s working days", number) % {"n": number}
    if term.unit is Unit.DAY:
        return ngettext("%(n)s day", "%(n)s days", number) % {"n": number}
    if term.unit is Unit.MONTH:
        return ngettext("%(n)s month", "%(n)s months", number) % {"n": number}
    return ngettext("%(n)s year", "%(n)s years", number) % {"n": number}


def of_clock(scheme: Scheme, clock: Clock) -> str:
    """How long a limit is."""
    if clock.term is not None:
        return of_term(scheme, clock.term)
    if clock.every is not None:
        return _("every %(length)s") % {"length": of_term(scheme, clock.every)}
    return _("to the day that is set each time")


def settings_of(clock: Clock) -> list[str]:
    """The settings that hold the numbers of a limit."""
    terms = (clock.term, clock.every, clock.latest)
    return [term.number for term in terms if term is not None and isinstance(term.number, str)]
