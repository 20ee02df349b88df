"""What stands beside the work list: who is out this week, and the newest acts that were refused.

However many there are: the same number of queries, none of which looks further than some days or weeks.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from hefu.dossiers import refusals
from hefu.dossiers.models import RefusalRow
from hefu.web.staff.agenda import going
from hefu.web.staff.entries import covers, people, visits
from hefu.web.staff.mine import seen
from hefu.web.staff.outings import Span
from hefu.web.words import in_language

if TYPE_CHECKING:
    from hefu.rules.refusal import Refusal
    from hefu.web.staff.entries import Cover, Entry
    from hefu.web.staff.mine import Mine

MOST = 5
"""Lines of each panel; the calendar and the journals have the rest."""
SUNDAY = 6
LATELY = timedelta(days=30)
"""How far back refused acts are looked for: what was refused before that has been settled or forgotten."""


class Week(NamedTuple):
    """The days from Monday to Sunday, the visits that are shown, and whether there are more."""

    first: date
    last: date
    visits: list[Entry]
    more: bool


class RefusedAct(NamedTuple):
    """An act that was refused: of which dossier, to whom, on which day, and the first of the reasons."""

    cover: Cover
    title: str
    item: str
    who: str
    on: date
    reason: Refusal


def week(known: Mine) -> Week:
    """The visits of this week: those that are not over, and of the others the last, as far as there is room."""
    first = known.on - timedelta(days=known.on.weekday())
    span = Span(first, first + timedelta(days=SUNDAY))
    out, busy = going(known, span, MOST)
    entries = visits(out, covers(visit.dossier for visit in out)).values()
    found = sorted(entries, key=lambda entry: (entry.end >= known.on, entry.start, entry.whose))
    over = sum(entry.end < known.on for entry in found)
    start = max(0, min(over, len(found) - MOST))
    return Week(*span[:2], found[start : start + MOST], bool(busy) or len(found) > MOST)


def refused(known: Mine) -> list[RefusedAct]:
    """The newest refused acts of the dossiers that somebody sees."""
    lately = RefusalRow.objects.filter(seen(known, "dossier__"), on__range=(known.on - LATELY, known.on))
    rows = list(lately.order_by("-on", "-at")[:MOST])
    of, names = covers(row.dossier_id for row in rows), people(row.actor for row in rows)
    return [_told(row, of[row.dossier_id], names.get(row.actor, row.actor)) for row in rows]


def _told(row: RefusalRow, cover: Cover, who: str) -> RefusedAct:
    action = cover.law.scheme.action(row.act)
    title = in_language(action.title) if action else row.act
    return RefusedAct(cover, title, row.item, who, row.on, refusals.read(row.reasons)[0])
