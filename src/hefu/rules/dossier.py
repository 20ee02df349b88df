"""The dossier: everything about one certification unit under one scheme, as immutable values.

A dossier is the fold of its journal (evolve.py). Its parts are tuples and dictionaries that are never changed in
place: an event replaces the part that it concerns, so that holding on to an old dossier is always safe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from immutables import Map

from hefu.rules.time import Stop

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from datetime import date

NO_CERTIFICATE = "none"


class Done(NamedTuple):
    """How often an action was done, on which days, by whom."""

    times: int
    first: date
    last: date
    people: tuple[str, ...]


class Case(NamedTuple):
    """One run of a process: 案件. `parts` says who took part in what; `outcome` is set when it has ended."""

    id: str
    process: str
    version: str
    state: str
    opened: date
    data: Mapping[str, Any]
    done: Mapping[str, Done]
    parts: Mapping[str, frozenset[str]]
    items: tuple[str, ...] = ()
    outcome: str = ""


class Item(NamedTuple):
    """An entry with a life of its own inside a case: a finding, a sample, an objection."""

    id: str
    kind: str
    case: str
    state: str
    raised: date
    data: Mapping[str, Any]
    done: Mapping[str, Done]
    outcome: str = ""


class Certificate(NamedTuple):
    """The certificate, or the entry of a list. `data` holds its fields; dates in it are days."""

    state: str
    since: date
    data: Mapping[str, Any]
    done: Mapping[str, Done]
    parts: Mapping[str, frozenset[str]]
    prints: int = 0


class ClockRun(NamedTuple):
    """One run of a clock. `due` is the last day on time, `latest` the day after which it is breached."""

    name: str
    scope: str
    occurrence: int
    anchor: date
    started: date
    due: date
    latest: date
    status: str
    stops: tuple[Stop, ...] = ()
    provisional: bool = False
    calendar: str = ""
    reminders: tuple[date, ...] = ()
    ended: date | None = None
    reminded: int = 0
    overdue: bool = False

    @property
    def key(self) -> str:
        return f"{self.name}@{self.scope}#{self.occurrence}"


class Runs(NamedTuple):
    """The runs of one clock in one scope: which are live, oldest first, and the newest that has ended (0: none)."""

    live: tuple[int, ...] = ()
    ended: int = 0


def closed(stops: tuple[Stop, ...], on: date, reasons: Container[str]) -> tuple[Stop, ...]:
    """The stops of a run after those open for one of `reasons` have ended on a day."""
    return tuple(
        Stop(stop.start, on, stop.reason) if stop.end is None and stop.reason in reasons else stop for stop in stops
    )


class Duty(NamedTuple):
    """An act that somebody must now do or decide, because a rule says so."""

    act: str
    ground: str
    role: str
    raised: date
    due: date
    case: str
    clauses: tuple[str, ...]

    @property
    def key(self) -> str:
        return duty_key(self.case, self.act, self.ground)


def duty_key(case: str, act: str, ground: str) -> str:
    """What makes a duty one: the act and its ground, and the case unless the act is about the one certificate."""
    return f"{act}/{ground}" if act.startswith("certificate.") else f"{case}:{act}/{ground}"


def runs_of(ended: Iterable[ClockRun], live: Iterable[ClockRun]) -> Map[str, Runs]:
    """Every run by NAME@SCOPE; `live` in the order in which they began."""
    found: dict[str, Runs] = {}
    for run in ended:
        place = f"{run.name}@{run.scope}"
        found[place] = Runs((), max(run.occurrence, found.get(place, Runs()).ended))
    for run in live:
        place = f"{run.name}@{run.scope}"
        held = found.get(place, Runs())
        found[place] = Runs((*held.live, run.occurrence), held.ended)
    return Map(found)


def parts_of(cases: Iterable[Case]) -> Map[str, frozenset[str]]:
    """Who took part in what, over some cases."""
    found: dict[str, frozenset[str]] = {}
    for case in cases:
        for person, what in case.parts.items():
            found[person] = found.get(person, frozenset()) | what
    return Map(found)


class Dossier:
    """The state of one dossier after `size` events.

    What grows for ever (cases, items, ended clocks) is kept in persistent maps, so that the thousandth event costs
    no more than the tenth. `live` are the clocks that run or are unmet; `newest` and `open`, by process or kind of
    item, lead to the last one and to those that have not ended; `counts` is how many of each name there have been.
    `runs` leads to the runs of a clock by NAME@SCOPE, and `parts` says who took part in what in any case. `rows` is no
    part of it: every state of one dossier remembers there, by item, what guards see of it (view.py).
    """

    __slots__ = (
        "cases", "certificate", "counts", "duties", "ended", "items", "last", "live", "newest", "open", "parts", "past",
        "rows", "runs", "scheme", "size",
    )  # fmt: skip

    def __init__(self, scheme: str = "") -> None:
        self.scheme = scheme
        self.cases: Map[str, Case] = Map()
        self.items: Map[str, Item] = Map()
        self.ended: Map[str, ClockRun] = Map()
        self.runs: Map[str, Runs] = Map()
        self.parts: Map[str, frozenset[str]] = Map()
        self.live: Mapping[str, ClockRun] = {}
        self.duties: Mapping[str, Duty] = {}
        self.newest: Mapping[str, str] = {}
        self.open: Mapping[str, tuple[str, ...]] = {}
        self.counts: Mapping[str, int] = {}
        self.certificate: Certificate | None = None
        self.past: tuple[Certificate, ...] = ()
        self.last: date | None = None
        self.size = 0
        self.rows: dict[str, tuple[Item, Mapping[str, Any]]] = {}

    def copy(self) -> Dossier:
        """A dossier of its own that shares every (immutable) part."""
        other = Dossier.__new__(Dossier)
        other.scheme, other.cases, other.items, other.ended = self.scheme, self.cases, self.items, self.ended
        other.live, other.duties, other.newest, other.open = self.live, self.duties, self.newest, self.open
        other.counts, other.runs, other.parts, other.rows = self.counts, self.runs, self.parts, self.rows
        other.certificate, other.past, other.last, other.size = self.certificate, self.past, self.last, self.size
        return other

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dossier) and all(
            getattr(self, name) == getattr(other, name) for name in Dossier.__slots__ if name != "rows"
        )

    def __hash__(self) -> int:
        return hash((self.scheme, self.size))

    @property
    def status(self) -> str:
        """The status of the certificate, `none` before there is one."""
        return self.certificate.state if self.certificate else NO_CERTIFICATE

    def case(self, process: str) -> Case | None:
        """The newest case of a process."""
        name = self.newest.get(process)
        return self.cases[name] if name else None

    def open_case(self, process: str) -> Case | None:
        """The newest case of a process that has not ended."""
        held = self.open.get(process)
        return self.cases[held[-1]] if held else None

    def unmet(self, clock: str, scope: str) -> ClockRun | None:
        """The oldest run of a clock in a scope that has not ended."""
        held = self.runs.get(f"{clock}@{scope}")
        return self.live[f"{clock}@{scope}#{held.live[0]}"] if held and held.live else None

    def over(self, clock: str, scope: str) -> ClockRun | None:
        """The newest run of a clock in a scope that has ended."""
        held = self.runs.get(f"{clock}@{scope}")
        return self.ended[f"{clock}@{scope}#{held.ended}"] if held and held.ended else None

    def cases_of(self, process: str = "") -> list[Case]:
        """The cases of a process, or all of them, in the order in which they were opened."""
        ours = [case for case in self.cases.values() if not process or case.process == process]
        return sorted(ours, key=lambda case: (case.opened, _number(case.id)))

    def items_of(self, kind: str = "") -> list[Item]:
        """The items of a kind, or all of them, in the order in which they were raised."""
        ours = [item for item in self.items.values() if not kind or item.kind == kind]
        return sorted(ours, key=lambda item: (item.raised, _number(item.id)))

    def clocks(self, name: str) -> list[ClockRun]:
        """Every run of the clock with this name, oldest first."""
        runs = [run for run in (*self.ended.values(), *self.live.values()) if run.name == name]
        return sorted(runs, key=lambda run: (run.started, run.occurrence))


def _number(name: str) -> int:
    """The number at the end of the id of a case or item."""
    return int(name.rpartition("-")[2])
