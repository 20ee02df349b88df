"""evolve: one event more. The dossier after an event, from the dossier before it; nothing is decided here.

An event carries what happened, so this needs no scheme: an old journal folds to the same dossier whatever the rules
have become since. `apply` changes a dossier that its caller has copied; `evolve` is the pure function over it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hefu.rules.dossier import Case, Certificate, ClockRun, Done, Dossier, Duty, Item, Runs, closed, duty_key
from hefu.rules.events import BadJournalError, Event
from hefu.rules.time import Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

CERTIFICATE = "certificate"


def evolve(dossier: Dossier, event: Event) -> Dossier:
    """The dossier after `event`. Raises BadJournalError when the event does not fit (out of order, unknown subject)."""
    after = dossier.copy()
    apply(after, event)
    return after


def fold(events: Iterable[Event], scheme: str = "") -> Dossier:
    """The dossier whose journal this is. Raises BadJournalError."""
    dossier = Dossier(scheme)
    for event in events:
        apply(dossier, event)
    return dossier


def apply(dossier: Dossier, event: Event) -> None:
    """Let `event` happen to `dossier`, which nobody else may hold. Raises BadJournalError."""
    if dossier.last is not None and event.on < dossier.last:
        message = f"the event {event.type} of {event.on} stands after one of {dossier.last}"
        raise BadJournalError(message)
    try:
        _APPLY[event.type](dossier, event)
    except (KeyError, AttributeError, TypeError, ValueError) as error:
        message = f"the event {event.type} of {event.on} does not fit the dossier: {error}"
        raise BadJournalError(message) from error
    dossier.last = event.on
    dossier.size += 1


def _acted(dossier: Dossier, event: Event) -> None:
    data, subject = event.data, event.subject
    verb = event.name.rpartition(".")[2]
    case = dossier.cases.get(subject)
    if case is not None:
        # Written out, not _replace: this is the most frequent event of all.
        changed = Case(
            case.id, case.process, case.version, data["to"] or case.state, case.opened, _merged(case.data, data),
            _counted(case.done, verb, event), _joined(case.parts, data["parts"]), case.items, data["outcome"],
        )  # fmt: skip
        dossier.cases = dossier.cases.set(case.id, changed)
        _took(dossier, data["parts"])
        _end(dossier, case.process, case.id, changed.outcome)
    elif subject == CERTIFICATE:
        certificate = _certificate(dossier)
        dossier.certificate = certificate._replace(
            data=_merged(certificate.data, data),
            done=_counted(certificate.done, verb, event),
            parts=_joined(certificate.parts, data["parts"]),
        )
    else:
        _item_acted(dossier, event, verb)


def _item_acted(dossier: Dossier, event: Event, verb: str) -> None:
    data, item = event.data, dossier.items[event.subject]
    changed = item._replace(
        state=data["to"] or item.state,
        outcome=data["outcome"],
        data=_merged(item.data, data),
        done=_counted(item.done, verb, event),
    )
    dossier.items = dossier.items.set(item.id, changed)
    _end(dossier, item.kind, item.id, changed.outcome)
    if data["parts"]:
        case = dossier.cases[item.case]
        dossier.cases = dossier.cases.set(case.id, case._replace(parts=_joined(case.parts, data["parts"])))
        _took(dossier, data["parts"])


def _took(dossier: Dossier, more: Mapping[str, Iterable[str]]) -> None:
    """People took part in something in a case."""
    for person, what in more.items():
        held = dossier.parts.get(person, frozenset())
        if not held.issuperset(what):
            dossier.parts = dossier.parts.set(person, held.union(what))


def _certificate(dossier: Dossier) -> Certificate:
    if dossier.certificate is None:
        message = "there is no certificate"
        raise KeyError(message)
    return dossier.certificate


def _merged(old: Mapping[str, Any], data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is known after an act: the newest answer holds; what `adds` (materials) stays handed in."""
    form: Mapping[str, Any] = data["form"]
    if not form:
        return old
    result = {**old, **form}
    for key in data.get("adds", ()):
        result[key] = tuple(dict.fromkeys((*old.get(key, ()), *form[key])))
    return result


def _counted(done: Mapping[str, Done], verb: str, event: Event) -> Mapping[str, Done]:
    before = done.get(verb)
    if before is None:
        entry = Done(1, event.on, event.on, (event.by,) if event.by else ())
    else:
        people = before.people if event.by in before.people or not event.by else (*before.people, event.by)
        entry = Done(before.times + 1, before.first, event.on, people)
    return {**done, verb: entry}


def _joined(parts: Mapping[str, frozenset[str]], more: Mapping[str, Iterable[str]]) -> Mapping[str, frozenset[str]]:
    joined = parts
    for person, what in more.items():
        held = joined.get(person, frozenset())
        if not held.issuperset(what):
            joined = {**joined, person: held.union(what)}
    return joined


def _case_opened(dossier: Dossier, event: Event) -> None:
    data = event.data
    if event.subject in dossier.cases:
        message = f"the case {event.subject} is open already"
        raise KeyError(message)
    case = Case(event.subject, event.name, data["version"], data["state"], event.on, {}, {}, {})
    dossier.cases = dossier.cases.set(case.id, case)
    _begin(dossier, case.process, case.id)


def _begin(dossier: Dossier, name: str, ident: str) -> None:
    """A case of a process, or an item of a kind, has begun."""
    dossier.newest = {**dossier.newest, name: ident}
    begun = dossier.open.get(name, ()) + (ident,)  # noqa: RUF005 - unpacking would copy twice
    dossier.open = {**dossier.open, name: begun}
    _count(dossier, name)


def _end(dossier: Dossier, name: str, ident: str, outcome: str) -> None:
    """It has ended, if it has an outcome now."""
    held = dossier.open.get(name, ())
    if outcome and ident in held:
        dossier.open = {**dossier.open, name: tuple(other for other in held if other != ident)}


def _count(dossier: Dossier, name: str) -> None:
    """One more case of a process, item of a kind, or run of a clock."""
    dossier.counts = {**dossier.counts, name: dossier.counts.get(name, 0) + 1}


def _case_moved(dossier: Dossier, event: Event) -> None:
    case = dossier.cases[event.subject]
    moved = case._replace(state=event.data["to"], outcome=event.data["outcome"])
    dossier.cases = dossier.cases.set(case.id, moved)
    _end(dossier, moved.process, moved.id, moved.outcome)


def _case_repinned(dossier: Dossier, event: Event) -> None:
    case = dossier.cases[event.subject]
    dossier.cases = dossier.cases.set(case.id, case._replace(version=event.data["version"]))


def _item_raised(dossier: Dossier, event: Event) -> None:
    data = event.data
    case = dossier.cases[data["case"]]
    item = Item(event.subject, event.name, case.id, data["state"], event.on, data["form"], {})
    _begin(dossier, item.kind, item.id)
    dossier.items = dossier.items.set(item.id, item)
    items = case.items + (item.id,)  # noqa: RUF005 - unpacking would copy twice
    dossier.cases = dossier.cases.set(case.id, case._replace(items=items))


def _certificate_moved(dossier: Dossier, event: Event) -> None:
    data = event.data
    old = dossier.certificate
    if data["new"]:
        if old is not None:
            dossier.past = (*dossier.past, old)
        dossier.certificate = Certificate(data["to"], event.on, data["set"], {}, {}, 1)
        return
    certificate = _certificate(dossier)
    since = event.on if data["to"] and data["to"] != certificate.state else certificate.since
    dossier.certificate = certificate._replace(
        state=data["to"] or certificate.state,
        since=since,
        data={**certificate.data, **data["set"]},
        prints=certificate.prints + bool(data["print"]),
    )


def _day(value: object) -> date:
    if not isinstance(value, date):
        message = f"{value!r} is not a day"
        raise TypeError(message)
    return value


def _clock_started(dossier: Dossier, event: Event) -> None:
    data = event.data
    run = ClockRun(
        event.name, event.subject, data["occurrence"], _day(data["anchor"]), event.on, _day(data["due"]),
        _day(data["latest"]),
        "running", (), data["provisional"], data["calendar"], data["reminders"],
    )  # fmt: skip
    dossier.live = {**dossier.live, run.key: run}
    place = f"{run.name}@{run.scope}"
    held = dossier.runs.get(place, _NO_RUNS)
    dossier.runs = dossier.runs.set(place, Runs((*held.live, run.occurrence), held.ended))
    _count(dossier, run.name)


_NO_RUNS = Runs()


def _run(dossier: Dossier, event: Event) -> ClockRun:
    return dossier.live[f"{event.name}@{event.subject}#{event.data['occurrence']}"]


def _put(dossier: Dossier, run: ClockRun) -> None:
    dossier.live = {**dossier.live, run.key: run}


def _clock_paused(dossier: Dossier, event: Event) -> None:
    run = _run(dossier, event)
    stop = Stop(event.on, None, event.data["reason"])
    _put(dossier, run._replace(status="paused", stops=(*run.stops, stop)))


def _clock_resumed(dossier: Dossier, event: Event) -> None:
    run, data = _run(dossier, event), event.data
    stops = closed(run.stops, event.on, data["reasons"])
    still = any(stop.end is None for stop in stops)
    _put(dossier, run._replace(
        status="paused" if still else "running", stops=stops, due=_day(data["due"]), latest=_day(data["latest"]),
        provisional=data["provisional"], reminders=data["reminders"],
    ))  # fmt: skip


def _clock_rescheduled(dossier: Dossier, event: Event) -> None:
    run, data = _run(dossier, event), event.data
    _put(dossier, run._replace(
        due=_day(data["due"]), latest=_day(data["latest"]), provisional=data["provisional"], calendar=data["calendar"],
    ))  # fmt: skip


def _clock_breached(dossier: Dossier, event: Event) -> None:
    _put(dossier, _run(dossier, event)._replace(status="breached", overdue=True))


def _clock_overdue(dossier: Dossier, event: Event) -> None:
    _put(dossier, _run(dossier, event)._replace(overdue=True))


def _clock_reminded(dossier: Dossier, event: Event) -> None:
    run = _run(dossier, event)
    _put(dossier, run._replace(reminded=run.reminded + 1))


def _clock_ended(dossier: Dossier, event: Event) -> None:
    """Met, or dropped with what it belonged to. A breached clock stays breached, but runs no more."""
    run = _run(dossier, event)
    status = run.status if run.status == "breached" else "met" if event.type == "clock-met" else "dropped"
    key, live = run.key, dict(dossier.live)
    del live[key]
    dossier.live = live
    dossier.ended = dossier.ended.set(key, run._replace(status=status, ended=event.on))
    place = f"{run.name}@{run.scope}"
    held = dossier.runs[place]
    rest = tuple(number for number in held.live if number != run.occurrence)
    dossier.runs = dossier.runs.set(place, Runs(rest, max(held.ended, run.occurrence)))


def _duty_raised(dossier: Dossier, event: Event) -> None:
    data = event.data
    duty = Duty(event.name, data["ground"], data["role"], event.on, _day(data["due"]), event.subject, event.clauses)
    dossier.duties = {**dossier.duties, duty.key: duty}


def _duty_settled(dossier: Dossier, event: Event) -> None:
    key = duty_key(event.subject, event.name, event.data["ground"])
    dossier.duties = {other: duty for other, duty in dossier.duties.items() if other != key}


def _recorded(_dossier: Dossier, _event: Event) -> None:
    """A document, notice, publication, report, flag or warning changes nothing: the journal is its record."""


_APPLY: dict[str, Callable[[Dossier, Event], None]] = {
    "acted": _acted,
    "case-opened": _case_opened,
    "case-moved": _case_moved,
    "case-repinned": _case_repinned,
    "item-raised": _item_raised,
    "certificate-moved": _certificate_moved,
    "clock-started": _clock_started,
    "clock-paused": _clock_paused,
    "clock-resumed": _clock_resumed,
    "clock-met": _clock_ended,
    "clock-overdue": _clock_overdue,
    "clock-breached": _clock_breached,
    "clock-rescheduled": _clock_rescheduled,
    "clock-reminded": _clock_reminded,
    "clock-dropped": _clock_ended,
    "duty-raised": _duty_raised,
    "duty-settled": _duty_settled,
    "document-made": _recorded,
    "notice-sent": _recorded,
    "published": _recorded,
    "reported": _recorded,
    "flagged": _recorded,
    "warned": _recorded,
}
