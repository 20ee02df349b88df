"""Lines of the work list: what one row of hefu_work says, in the words of its scheme.

Two queries for all lines of a page: their limits and their cases. Which acts a line offers follows from the scheme
(rules/turn.py, and which acts stop a limit); whether somebody may do one of them is said by the act's own page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from hefu.dossiers.models import CaseRow, ClockRow
from hefu.dossiers.state import read_run
from hefu.dossiers.work import CLOCK, DUTY
from hefu.rules.turn import turn
from hefu.web.dossier.acts import addressed
from hefu.web.staff.laws import process_title, role_title, scheme_of, state_title
from hefu.web.timing import amount, timing
from hefu.web.words import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from hefu.dossiers.models import DossierRow, WorkRow
    from hefu.rules.model import Action, Scheme, Trigger
    from hefu.web.timing import Timing


class Offered(NamedTuple):
    """An act that a line offers: its address MACHINE.ACTION, its title, and where it is done."""

    do: str
    title: str
    href: str


class Line(NamedTuple):
    """One thing that waits. `id` addresses it in forms; `left` is how long, `look` is `late`, `soon` or empty.

    `subject` is the item or case that it is about, empty where it is the whole dossier.
    """

    id: str
    dossier: DossierRow
    scheme: Scheme
    kind: str
    title: str
    place: str
    state: str
    role: str
    due: date | None
    since: date
    left: str
    look: str
    limit: Timing | None
    clauses: tuple[str, ...]
    acts: list[Offered]
    subject: str

    @property
    def href(self) -> str:
        """The one act that it asks for, or its dossier."""
        return self.acts[0].href if len(self.acts) == 1 else reverse("dossier:page", args=[self.dossier.pk])


def lines(rows: Sequence[WorkRow], on: date) -> list[Line]:
    """The lines of a page; `rows` come with their dossiers and subjects."""
    ids = {row.dossier_id for row in rows}
    runs = {(run.dossier_id, run.key): run for run in ClockRow.objects.filter(dossier_id__in=ids)}
    cases = {(case.dossier_id, case.case): case for case in CaseRow.objects.filter(dossier_id__in=ids)}
    return [
        _line(row, cases.get((row.dossier_id, row.case)), runs.get((row.dossier_id, row.clock)), on) for row in rows
    ]


def _line(row: WorkRow, case: CaseRow | None, held: ClockRow | None, on: date) -> Line:
    scheme = scheme_of(row.dossier, case.version if case else "")
    limit = timing(scheme, read_run(held.run), on) if held else None
    acts = [_offered(row, scheme, action) for action in _acts(row, scheme)]
    left, look = (limit.left, limit.look) if limit else _left(row, on)
    return Line(
        id=f"{row.dossier_id}/{row.key}",
        dossier=row.dossier,
        scheme=scheme,
        kind=row.kind,
        title=_title(row, scheme, limit, acts),
        place=process_title(scheme, row.machine or row.process or "certificate"),
        state=state_title(scheme, case.process, case.state) if case else "",
        role=role_title(scheme, row.role),
        due=row.due,
        since=row.since,
        left=_("Stopped") if limit and limit.state == "paused" else left,
        look="soon" if limit and limit.state == "paused" else look,
        limit=limit,
        clauses=_clauses(row, scheme, limit),
        acts=acts,
        subject=row.item or row.case,
    )


def _acts(row: WorkRow, scheme: Scheme) -> list[Action]:
    """The acts that the scheme gives the role for this: the duty's own, those that lead on, those that stop a limit."""
    if row.kind == DUTY:
        names = [row.name]
    elif row.kind == CLOCK:
        names = [name for name, moved in scheme.triggers.items() if any(_stops(one, row.name) for one in moved)]
    else:
        names = [f"{row.machine}.{act}" for act in turn(scheme, row.machine, row.state).get(row.role, ())]
    found = [action for name in names if (action := scheme.action(name)) is not None]
    return [action for action in found if row.kind == DUTY or row.role in action.by]


def _stops(moved: Trigger, clock: str) -> bool:
    return moved.does == "stop" and moved.clock.name == clock


def _offered(row: WorkRow, scheme: Scheme, action: Action) -> Offered:
    machine = scheme.machines[action.machine]
    item = addressed(machine, action, row.item if machine.kind == "item" else row.case)
    parts = [row.dossier_id, action.id, item] if item else [row.dossier_id, action.id]
    return Offered(action.id, in_language(action.title), reverse("dossier:act", args=parts))


def _title(row: WorkRow, scheme: Scheme, limit: Timing | None, acts: list[Offered]) -> str:
    """What is to be done; a limit says what it limits."""
    if row.kind == CLOCK and limit is not None:
        return limit.title
    if row.kind == DUTY and row.ground:
        action = scheme.action(row.name)
        ground = action.grounds.get(row.ground) if action else None
        if ground is not None:
            return _("%(act)s: %(ground)s") % {"act": acts[0].title, "ground": in_language(ground.title)}
    return _(" / ").join(act.title for act in acts) or row.name or state_title(scheme, row.machine, row.state)


def _clauses(row: WorkRow, scheme: Scheme, limit: Timing | None) -> tuple[str, ...]:
    """The clauses that say so: of the duty's ground or act, of the limit, else of the acts that lead on."""
    if row.kind == DUTY:
        action = scheme.action(row.name)
        ground = action.grounds.get(row.ground) if action else None
        return ground.clauses if ground else action.clauses if action else ()
    if limit is not None:
        return limit.clauses
    return tuple(dict.fromkeys(_of_acts(row, scheme)))


def _of_acts(row: WorkRow, scheme: Scheme) -> Iterator[str]:
    for action in _acts(row, scheme):
        yield from action.clauses


def _left(row: WorkRow, on: date) -> tuple[str, str]:
    """How long a duty may still wait, in days; for what has no limit, nothing."""
    if row.due is None:
        return "", ""
    days = (row.due - on).days
    if days < 0:
        return _("%(amount)s overdue") % {"amount": amount(-days, working=False)}, "late"
    if days == 0:
        return _("today"), "soon"
    return _("%(amount)s left") % {"amount": amount(days, working=False)}, ""
