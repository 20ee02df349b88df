"""The folded state of a dossier as text, and back: the one place that knows its shape.

Values that the core keeps as named tuples are written as lists in the order of their fields; what has an order of its
own (live clocks, duties, the newest case of each process, counts) is written as a list, the rest by sorted keys. What
leads to other parts (`runs`, `parts`) is not written but found again. The same dossier therefore always gives the same
text. `SHAPE` stands on every text and changes by itself with the fields that the core has: a state of another shape is
not read but folded again from the journal, so no migration has to touch it and nobody can forget one. VERSION is for
the day when the same fields are folded to something else.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from immutables import Map

from hefu.dossiers.journal import decoded, known
from hefu.rules.dossier import Case, Certificate, ClockRun, Done, Dossier, Duty, Item, parts_of, runs_of
from hefu.rules.time import Stop

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 1
_FIELDS = (Dossier.__slots__, *(kind._fields for kind in (Case, Certificate, ClockRun, Done, Duty, Item)))
SHAPE = f"{VERSION}-{sha256(repr(_FIELDS).encode()).hexdigest()[:12]}"


class OtherStateError(ValueError):
    """A state of another shape, to be folded again from the journal."""


def encode(dossier: Dossier) -> str:
    """The canonical text of a dossier."""
    return known({
        "v": SHAPE,
        "scheme": dossier.scheme,
        "cases": dict(dossier.cases),
        "items": dict(dossier.items),
        "ended": {key: _stopped(run) for key, run in dossier.ended.items()},
        "live": [_stopped(run) for run in dossier.live.values()],
        "duties": list(dossier.duties.values()),
        "newest": list(dossier.newest.items()),
        "open": list(dossier.open.items()),
        "counts": list(dossier.counts.items()),
        "certificate": dossier.certificate,
        "past": dossier.past,
        "last": dossier.last,
        "size": dossier.size,
    })  # fmt: skip


def decode(text: str) -> Dossier:
    """The dossier of a text that `encode` has written. Raises OtherStateError."""
    held = decoded(text)
    if held["v"] != SHAPE:
        raise OtherStateError(f"the state has the shape {held['v']!r}, this program writes {SHAPE}")
    dossier = Dossier(held["scheme"])
    dossier.cases = Map({key: _case(fields) for key, fields in held["cases"].items()})
    dossier.items = Map({key: _item(fields) for key, fields in held["items"].items()})
    dossier.ended = Map({key: _run(fields) for key, fields in held["ended"].items()})
    dossier.live = {run.key: run for run in map(_run, held["live"])}
    dossier.runs = runs_of(dossier.ended.values(), dossier.live.values())
    dossier.parts = parts_of(dossier.cases.values())
    dossier.duties = {duty.key: duty for duty in map(_duty, held["duties"])}
    dossier.newest = dict(held["newest"])
    dossier.open = {name: tuple(idents) for name, idents in held["open"]}
    dossier.counts = dict(held["counts"])
    dossier.certificate = _certificate(held["certificate"]) if held["certificate"] else None
    dossier.past = tuple(map(_certificate, held["past"]))
    dossier.last = held["last"]
    dossier.size = held["size"]
    return dossier


def run_text(run: ClockRun) -> str:
    """The canonical text of one run of a clock, which lists keep with its row."""
    return known(_stopped(run))


def read_run(text: str) -> ClockRun:
    """The run of a text that `run_text` has written."""
    return _run(decoded(text))


def _stopped(run: ClockRun) -> tuple[object, ...]:
    """A run with its stops as lists; alone among these a Stop is no tuple."""
    if not run.stops:
        return run
    fields: list[object] = list(run)
    fields[ClockRun._fields.index("stops")] = [(stop.start, stop.end, stop.reason) for stop in run.stops]
    return tuple(fields)


def _frozen(value: Any) -> Any:  # noqa: ANN401 - answers of any shape
    """Lists as the tuples that they were."""
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _case(fields: list[Any]) -> Case:
    name, process, version, state, opened, data, done, parts, items, outcome = fields
    return Case(
        name, process, version, state, opened, _frozen(data), _done(done), _parts(parts), tuple(items), outcome
    )  # fmt: skip


def _item(fields: list[Any]) -> Item:
    name, kind, case, state, raised, data, done, outcome = fields
    return Item(name, kind, case, state, raised, _frozen(data), _done(done), outcome)


def _certificate(fields: list[Any]) -> Certificate:
    state, since, data, done, parts, prints = fields
    return Certificate(state, since, _frozen(data), _done(done), _parts(parts), prints)


def _run(fields: list[Any]) -> ClockRun:
    # In the order of ClockRun's fields; three of them hold more than words and days.
    (name, scope, occurrence, anchor, started, due, latest, status,
     stops, provisional, calendar, reminders, ended, reminded, overdue) = fields  # fmt: skip
    return ClockRun(
        name, scope, occurrence, anchor, started, due, latest, status, tuple(Stop(*stop) for stop in stops),
        provisional, calendar, tuple(reminders), ended, reminded, overdue,
    )  # fmt: skip


def _duty(fields: list[Any]) -> Duty:
    act, ground, role, raised, due, case, clauses = fields
    return Duty(act, ground, role, raised, due, case, tuple(clauses))


def _done(held: Mapping[str, list[Any]]) -> dict[str, Done]:
    return {
        verb: Done(times, first, last, tuple(people)) for verb, (times, first, last, people) in held.items()
    }  # fmt: skip


def _parts(held: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {person: frozenset(what) for person, what in held.items()}
