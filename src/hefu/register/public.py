"""What anybody may read of a dossier, from its events. Pure; nothing is public that the scheme does not say is.

An entry is a certificate, or an entry of a list: its status and days, and the fields that the scheme calls `public`.
A step is an act that changed its status, made a new print of it, or was published, with the answers that the scheme
shows. Names of people never come here: checks of the scheme refuse such fields (rules/check/public.py), and of an
organisation's answer only its name and code are taken.
"""

from __future__ import annotations

import json
import unicodedata
from base64 import b32encode
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules.dossier import Dossier
from hefu.rules.evolve import CERTIFICATE, apply
from hefu.rules.parties import subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hefu.dossiers.laws import Law
    from hefu.rules.dossier import Certificate
    from hefu.rules.events import Event
    from hefu.rules.model import Action, Scheme

UNKNOWN = datetime.min.replace(tzinfo=UTC)
LINE = 400
"""Characters of a name or number that lists can search."""


class Entry(NamedTuple):
    """A certificate or list entry. `granted`: it came into being; `ended`: its life ended; `moved`: last change."""

    place: int
    number: str
    holder: str
    uscc: str
    unit: str
    status: str
    since: date
    granted: date
    ended: date | None
    valid_from: date | None
    valid_to: date | None
    prints: int
    shown: str
    moved: datetime


class Step(NamedTuple):
    """An act as the public hears of it; `place` is that of its entry, None where there is none (yet).

    `number` is that of its first public event. `name`, `zh`, `en` are empty where the act was not published, `status`
    and `print` where it changed neither.
    """

    number: int
    place: int | None
    act: str
    name: str
    zh: str
    en: str
    on: date
    status: str
    print: str
    holder: str
    uscc: str
    unit: str
    shown: str
    clauses: str
    at: datetime


class Happened(NamedTuple):
    """An event with its number in the journal and its instant."""

    number: int
    at: datetime
    event: Event


class Public(NamedTuple):
    """The entries that events have changed, as they are after them, by place; and the steps."""

    entries: dict[int, Entry]
    steps: list[Step]


def public_id(dossier: str, what: str) -> str:
    """The address of an entry or a step: always the same for it, and saying nothing about its dossier."""
    return b32encode(sha256(f"{dossier}/{what}".encode()).digest()[:10]).decode().lower()


def entry_id(dossier: str, place: int) -> str:
    """The address of a certificate or list entry."""
    return public_id(dossier, f"entry/{place}")


def step_id(dossier: str, number: int) -> str:
    """The address of an act that the public hears of."""
    return public_id(dossier, f"step/{number}")


def matters(happened: Sequence[Event], before: Dossier, after: Dossier) -> bool:
    """Whether events can have changed anything public; most acts do not."""
    same = after.certificate is before.certificate and after.past is before.past
    return not same or any(event.type == "published" for event in happened)


def walk(law: Law, before: Dossier, happened: Sequence[Happened]) -> Public:
    """What events have made public, one after another; `before` is the dossier that they begin with.

    Walking a journal at once or in pieces gives the same entries and steps, as long as no piece divides an act.
    """
    dossier, scheme = before.copy(), law.scheme
    known: dict[int, Entry] = {}
    entries: dict[int, Entry] = {}
    steps = _Steps(law)
    for item, act in zip(happened, _acts([item.event for item in happened]), strict=True):
        old = _held(dossier)
        apply(dossier, item.event)
        for place, held in enumerate(_held(dossier)):
            if place < len(old) and held is old[place]:
                continue
            was = known.get(place)
            if was is None and place < len(old):
                # When it came into being and last changed is not known here, and not written again (project.KEPT).
                was = _entry(scheme, place, old[place], old[place].since, UNKNOWN)
            now = _entry(scheme, place, held, was.granted if was else item.event.on, item.at)
            if was is None or now._replace(moved=was.moved) != was:
                known[place] = entries[place] = now
        steps.hear(dossier, item, act)
    return Public(entries, steps.told())


def _held(dossier: Dossier) -> tuple[Certificate, ...]:
    return (*dossier.past, *((dossier.certificate,) if dossier.certificate else ()))


def _entry(scheme: Scheme, place: int, held: Certificate, granted: date, moved: datetime) -> Entry:
    """One certificate as an entry: only what the scheme calls public is looked at."""
    machine = scheme.machines[CERTIFICATE]
    shown = {name: field for name, field in machine.fields.items() if field.public}
    data = {name: held.data[name] for name in shown if held.data.get(name) not in (None, "", ())}
    alone = Dossier(scheme.ref)
    alone.certificate = held._replace(data=data)
    line = subject(scheme, alone)
    ended = machine.states[held.state].outcome if held.state in machine.states else ""
    return Entry(
        place, line_of(data.get("number")), line_of(line.holder), line_of(line.uscc), line_of(line.unit), held.state,
        held.since, granted, held.since if ended else None,
        _day(data.get("valid_from")), _day(data.get("valid_to")), held.prints, as_text(data),
        moved,
    )  # fmt: skip


def _acts(events: Sequence[Event]) -> Iterable[Event | None]:
    """For each event the act that it belongs to: the one before it, but a certificate that an act makes comes first."""
    act: Event | None = None
    for place, event in enumerate(events):
        if event.type == "acted":
            act = event
        following = events[place + 1] if place + 1 < len(events) else None
        makes = event.type == "certificate-moved" and event.data["new"]
        if makes and following is not None and following.type == "acted" and following.subject == CERTIFICATE:
            yield following
        else:
            yield act


class _Steps:
    """Gathers the steps, one for each act and publication, in the order of the journal."""

    def __init__(self, law: Law) -> None:
        self._law = law
        self._held: dict[tuple[int, str], Step] = {}

    def told(self) -> list[Step]:
        return sorted(self._held.values(), key=lambda step: step.number)

    def hear(self, dossier: Dossier, item: Happened, act: Event | None) -> None:
        event = item.event
        if event.type == "certificate-moved" and not _silent(event):
            step = self._of(dossier, item, act, "")
            place = len(dossier.past)
            self._keep(act, step._replace(
                place=place, status=event.data["to"] or step.status, print=event.data["print"] or step.print,
                clauses=_more(step.clauses, event.clauses),
            ))  # fmt: skip
        elif event.type == "published":
            step = self._of(dossier, item, act, event.name)
            self._keep(act, step._replace(
                name=event.name, zh=str(event.data.get("zh", event.name)), en=str(event.data.get("en", event.name)),
                shown=self._shown(dossier, event, act), clauses=_more(step.clauses, event.clauses),
            ))  # fmt: skip

    def _of(self, dossier: Dossier, item: Happened, act: Event | None, name: str) -> Step:
        """The step that an event adds to: that of its act, unless that has been published under another name."""
        key = id(act)
        for known in (name, ""):
            if (found := self._held.get((key, known))) is not None:
                return found
        if not name:
            published = [step for (one, _), step in self._held.items() if one == key]
            if published:
                return published[0]
        line = subject(self._law.scheme, dossier)
        return Step(
            item.number, self._place(dossier, act), act.name if act else "", "", "", "", item.event.on, "", "",
            line_of(line.holder), line_of(line.uscc), line_of(line.unit), "{}", "[]", item.at,
        )  # fmt: skip

    def _keep(self, act: Event | None, step: Step) -> None:
        key = id(act)
        if step.name:
            self._held.pop((key, ""), None)
        self._held[key, step.name] = step

    def _place(self, dossier: Dossier, act: Event | None) -> int | None:
        """The entry that an act is about: none yet, where it is on the way to a first or to a new one."""
        held = dossier.certificate
        if held is None:
            return None
        machines = self._law.scheme.machines
        grants = act is not None and machines.get(act.name.partition(".")[0])
        states = machines[CERTIFICATE].states
        ended = held.state in states and bool(states[held.state].outcome)
        return None if ended and grants and grants.grants else len(dossier.past)

    def _shown(self, dossier: Dossier, event: Event, act: Event | None) -> str:
        """The answers that are published with an act, as far as the version that governs it shows them."""
        action = self._action(dossier, act) if act is not None else None
        if act is None or action is None:
            return "{}"
        form: Mapping[str, Any] = act.data["form"]
        names = {
            name for output in action.outputs if (output.event, output.name) == ("published", event.name)
            for name in output.shows
        }  # fmt: skip
        return as_text({name: form[name] for name in sorted(names) if form.get(name) not in (None, "", ())})

    def _action(self, dossier: Dossier, act: Event) -> Action | None:
        case = dossier.cases.get(act.subject)
        law = self._law.versions.get(case.version) if case else None
        return (law or self._law.scheme).action(act.name)


def _silent(event: Event) -> bool:
    """Whether a change of the certificate is none of its status, print or validity."""
    return not (event.data["to"] or event.data["print"] or "valid_to" in event.data["set"])


def _more(held: str, clauses: Iterable[str]) -> str:
    return json.dumps(list(dict.fromkeys((*json.loads(held), *clauses))), ensure_ascii=False)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def line_of(value: object) -> str:
    """One line that both databases can hold and search."""
    return " ".join(str(value or "").replace("\0", "").split())[:LINE]


def as_text(data: Mapping[str, Any]) -> str:
    """Public answers as JSON."""
    return json.dumps({name: _plain(value) for name, value in data.items()}, ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> Any:  # noqa: ANN401 - an answer
    """An answer as JSON has it; of an organisation its name and code."""
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "get"):
        return {key: str(value[key]) for key in ("name", "uscc") if value.get(key)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def searched(text: str) -> str:
    """Text as searches compare it: full-width letters and digits as plain ones, no difference of case."""
    return unicodedata.normalize("NFKC", text.replace("\0", "")).casefold()


def number_key(number: str) -> str:
    """A number without what people confuse or leave out: O and 0, I and 1, hyphens, spaces."""
    plain = (sign for sign in searched(number) if sign.isalnum())
    return "".join(plain).translate(str.maketrans("oil", "011"))
