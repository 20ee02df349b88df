"""The dossier page as a value: head, rail, clocks, acts, items, people, journal. Templates only draw it."""

from __future__ import annotations

from heapq import merge
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings

from hefu.dossiers.history import entries
from hefu.dossiers.refusals import rejected
from hefu.papers.filled import deeds
from hefu.rules.model import Text
from hefu.rules.told import told
from hefu.web.dossier.acts import Acts, acts, present, titles
from hefu.web.dossier.answers import Filled, answered, of_item, sheets
from hefu.web.dossier.instead import with_others
from hefu.web.dossier.people import People, people
from hefu.web.dossier.stages import Stage, main_case, rail
from hefu.web.papers.reading import may_read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from hefu.dossiers.journal import Entry
    from hefu.rules.dossier import Case, ClockRun, Dossier, Duty, Item
    from hefu.rules.events import Event
    from hefu.rules.model import Clock, Machine, Scheme, State
    from hefu.rules.refusal import Refusal
    from hefu.rules.told import Told
    from hefu.web.door import Door
    from hefu.web.forms.shown import Shown

    Journal = Sequence[tuple[Entry, tuple[Event, ...]]]
    """Entries with their events."""

FACTS = 9
"""Answers of a case on its first page; all of them stand on their own."""
BRIEF = frozenset({"text", "choice", "grade", "date", "integer", "number", "money", "organisation", "uscc", "boolean"})
"""Types of answers that fit on a line."""


class CaseLine(NamedTuple):
    """A case with its process and state."""

    case: Case
    machine: Machine
    state: State


class ItemLine(NamedTuple):
    """An item with its kind, state, and the clocks that run on it."""

    item: Item
    machine: Machine
    state: State
    clocks: list[ClockRun]
    summary: str
    rows: list[Shown]


class Line(NamedTuple):
    """One line of the journal: an event in words, by whom, with its clauses and the hash of its entry."""

    entry: Entry
    event: Event
    told: Told
    who: str

    @property
    def hash(self) -> str:
        return self.entry.hash.hex()

    @property
    def at(self) -> datetime:
        return self.entry.at

    @property
    def on(self) -> date:
        return self.event.on

    @property
    def differs(self) -> bool:
        """Whether it was written on another day than the one it is of."""
        return _differs(self.at, self.on)


class RefusedLine(NamedTuple):
    """An act that somebody handed in and that was refused: no event, so it has no hash."""

    at: datetime
    on: date
    who: str
    title: Text
    item: str
    reasons: tuple[Refusal, ...]

    @property
    def differs(self) -> bool:
        """As of an event."""
        return _differs(self.at, self.on)


def _differs(at: datetime, on: date) -> bool:
    return at.astimezone(ZoneInfo(settings.HEFU_ZONE)).date() != on


class DutyLine(NamedTuple):
    """A duty: the act that is due, its ground, who must do it."""

    duty: Duty
    title: Text
    ground: Text | None
    role: Text


class Page(NamedTuple):
    """Everything that the pages of a dossier show."""

    door: Door
    dossier: Dossier
    main: CaseLine | None
    cases: list[CaseLine]
    certificate: State | None
    stages: list[Stage]
    clocks: list[ClockRun]
    idle: list[Clock]
    acts: Acts
    duties: list[DutyLine]
    items: list[ItemLine]
    people: People
    journal: list[Line]
    refused: list[RefusedLine]
    roles: list[Text]
    sheets: list[Filled]
    summary: list[Shown]

    @property
    def told(self) -> list[Line | RefusedLine]:
        """The journal with the refused acts between its events, the newest first."""
        return list(merge(self.journal, self.refused, key=attrgetter("at"), reverse=True))

    @property
    def open_items(self) -> int:
        return sum(1 for line in self.items if not line.item.outcome)


def page(door: Door) -> Page:
    """The page of a dossier for the person at its door."""
    scheme, dossier = door.scheme, present(door)
    journal = [(entry, entry.read()) for entry in entries(door.store, door.held.id, door.held.id)]
    events = [event for _, read in journal for event in read]
    main = main_case(dossier)
    live = sorted(dossier.live.values(), key=lambda run: (run.due, run.name))
    certificate = dossier.certificate
    readable = _readable(door, journal)
    doable = acts(door, dossier)
    doable = doable._replace(cannot=[with_others(door, dossier, act) for act in doable.cannot])
    return Page(
        door=door,
        dossier=dossier,
        main=_case(scheme, main) if main else None,
        cases=[_case(scheme, case) for case in reversed(dossier.cases_of())],
        certificate=scheme.machines["certificate"].states.get(certificate.state) if certificate else None,
        stages=rail(scheme, dossier, main, events),
        clocks=live,
        idle=_idle(scheme, dossier, main),
        acts=doable,
        duties=[_duty(scheme, duty) for duty in sorted(dossier.duties.values(), key=lambda duty: duty.due)],
        items=[_item(door, dossier, item) for item in _newest_first(dossier)],
        people=people(door, dossier, main, doable),
        journal=lines(door, readable),
        refused=_refused(door),
        roles=titles(scheme, door.actor.roles),
        sheets=sheets(scheme, [entry for entry, _ in readable], door.people),
        summary=_summary(door, dossier, main),
    )


def _readable(door: Door, journal: Journal) -> Journal:
    """The entries that a reader may read: all of them for the body's people, for others not what it notes for itself.

    What time has brought is nobody's act, and everybody's.
    """
    if door.inside:
        return journal
    hidden = {
        deed.number for deed in deeds(door.store, door.held.id)
        if deed.given.act is not None and not may_read(door, deed)
    }  # fmt: skip
    return [(entry, events) for entry, events in journal if entry.number not in hidden]


def _summary(door: Door, dossier: Dossier, main: Case | None) -> list[Shown]:
    """What stands on the certificate; before there is one, the first answers of the case."""
    machines = door.scheme.machines
    if dossier.certificate is not None:
        return answered(machines["certificate"].fields.values(), dossier.certificate.data, door.people)
    if main is None:
        return []
    own = [
        action for action in machines[main.process].actions.values() if door.inside or action.by & door.actor.roles
    ]  # fmt: skip
    fields = {field.id: field for action in own for field in action.form.fields}
    short = [field for field in fields.values() if field.type in BRIEF]
    return answered(short, main.data, door.people)[:FACTS]


def lines(door: Door, journal: Journal) -> list[Line]:
    """The journal in words, the newest first."""
    found = []
    for entry, events in journal:
        for event in events:
            said = told(door.scheme, event)
            if said is not None:
                found.append(Line(entry, event, said, name(door, entry.actor)))
    return found[::-1]


def _refused(door: Door) -> list[RefusedLine]:
    """The refused acts that a reader may read: all for the body's people, for others their own."""
    found = []
    for one in rejected(door.store, door.held.id, "" if door.inside else door.actor.id):
        action = door.scheme.action(one.act)
        title = action.title if action else Text(one.act, one.act)
        found.append(RefusedLine(one.at, one.on, name(door, one.actor), title, one.item, one.reasons))
    return found


def name(door: Door, key: str) -> str:
    """The name of a person, or the key by which an old journal knows them."""
    held = door.people.get(key)
    return held.name if held else key


def _case(scheme: Scheme, case: Case) -> CaseLine:
    machine = scheme.machines[case.process]
    return CaseLine(case, machine, machine.states[case.state])


def _newest_first(dossier: Dossier) -> list[Item]:
    """Items that are open before those that are closed, each the newest first."""
    newest = dossier.items_of()[::-1]
    return [item for item in newest if not item.outcome] + [item for item in newest if item.outcome]


def _item(door: Door, dossier: Dossier, item: Item) -> ItemLine:
    machine = door.scheme.machines[item.kind]
    clocks = [run for run in dossier.live.values() if run.scope == item.id]
    rows = of_item(door.scheme, item, door.people)
    return ItemLine(item, machine, machine.states[item.state], clocks, rows[0].text if rows else "", rows)


def _idle(scheme: Scheme, dossier: Dossier, main: Case | None) -> list[Clock]:
    """The time limits of the present process that have not begun."""
    if main is None or main.outcome:
        return []
    ran = {run.name for run in (*dossier.live.values(), *dossier.ended.values()) if run.scope in (main.id, "")}
    return [clock for clock in scheme.clocks.values() if clock.machine == main.process and clock.name not in ran]


def _duty(scheme: Scheme, duty: Duty) -> DutyLine:
    action = scheme.action(duty.act)
    ground = action.grounds.get(duty.ground) if action else None
    role = scheme.file.roles[duty.role].title
    title = action.title if action else Text(duty.act, duty.act)
    return DutyLine(duty, title, ground.title if ground else None, Text(role.zh, role.en))
