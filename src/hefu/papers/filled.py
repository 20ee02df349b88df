"""A form as an act of the journal filled it in: what stands on paper, and nothing that came later.

An act whose form has a printed number makes that document, and may make others besides (`document-made`); those are
filled from what the case, the item and the certificate held when the act was done. People stand under the names by
which they were known on that day.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.dossiers.given import read
from hefu.dossiers.history import entries
from hefu.rules.dossier import Dossier
from hefu.rules.evolve import CERTIFICATE, apply

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from hefu.dossiers.given import Given
    from hefu.dossiers.journal import Entry
    from hefu.dossiers.store import Held, Store
    from hefu.rules.events import Event
    from hefu.rules.model import Action, Form, Scheme

MADE = "document-made"


class UnknownPaperError(LookupError):
    """There is no such document: no act with this number, or none that makes it."""


class Deed(NamedTuple):
    """An entry of the journal as it is read: an act with everything that followed from it, or what time brought."""

    entry: Entry
    events: tuple[Event, ...]
    given: Given

    @property
    def number(self) -> int:
        return self.entry.number

    @property
    def numbers(self) -> range:
        """Of all its events."""
        return range(self.entry.number, self.entry.version + 1)


class Made(NamedTuple):
    """A document that an act has made: the number of the act's first event, the form."""

    number: int
    form: Form
    on: date
    clauses: tuple[str, ...]


class Filled(NamedTuple):
    """A form with its answers, by whom and when; `people` are names by ids, `departure` is from a soft rule."""

    scheme: Scheme
    form: Form
    action: Action
    answers: Mapping[str, Any]
    people: Mapping[str, str]
    by: str
    on: date
    at: datetime
    subject: str
    deed: Deed
    departure: Mapping[str, str]


def deeds(store: Store, dossier: str) -> Iterator[Deed]:
    """The acts of a dossier in their order, and between them what the passing of time brought."""
    for entry in entries(store, dossier, dossier):
        yield Deed(entry, entry.read(), read(entry.given))


def made(scheme: Scheme, deed: Deed) -> Iterator[Made]:
    """The documents that an act has made."""
    for event in deed.events:
        form = form_of(scheme, event.name) if event.type == MADE and deed.given.act else None
        if form is not None:
            yield Made(deed.number, form, event.on, event.clauses)


def filled(store: Store, held: Held, number: int, name: str = "") -> Filled:
    """The document `name` (an id or a printed number) of the act to which an event belongs; by default the act's own.

    Raises UnknownPaperError.
    """
    folded = Dossier(held.law.scheme.ref)
    for deed in deeds(store, held.id):
        if number in deed.numbers:
            return _filled(held, folded, deed, name)
        for event in deed.events:
            apply(folded, event)
    raise UnknownPaperError(f"{held.id}/{number}")


def form_of(scheme: Scheme, name: str) -> Form | None:
    """The form with this id or printed number, with every field that any act asks for on it.

    The fields of a form that acts use stand in the acts, each of which may add some of its own.
    """
    known = scheme.forms.get(name) or next((form for form in scheme.forms.values() if form.number == name), None)
    if known is None or known.fields:
        return known
    asked = [
        action.form
        for machine in scheme.machines.values()
        for action in machine.actions.values()
        if action.form.id == known.id
    ]
    if not asked:
        return known
    fields = {field.id: field for form in asked for field in form.fields}
    return replace(asked[0], fields=tuple(fields.values()))


def _filled(held: Held, folded: Dossier, deed: Deed, name: str) -> Filled:
    act = deed.given.act
    done = next((event for event in deed.events if event.type == "acted"), None)
    if act is None or done is None:
        raise UnknownPaperError(f"{held.id}/{deed.number}")
    try:
        scheme = held.law.over(folded, act, deed.given.on)
    except LookupError:
        scheme = held.law.scheme
    action = scheme.action(act.do)
    documents = {event.name for event in deed.events if event.type == MADE}
    form = action.form if action is not None and not name else form_of(scheme, name)
    if action is None or form is None or not {form.id, form.number} & documents:
        raise UnknownPaperError(f"{held.id}/{deed.number}/{name}")
    for event in deed.events:
        apply(folded, event)
    answers = done.data["form"] if form.id == action.form.id else _known(folded, done, form)
    people = {key: actor.name or key for key, actor in deed.given.people.items()}
    return Filled(
        scheme, form, action, answers, people, act.by.id, deed.given.on, deed.entry.at, done.subject, deed,
        done.data.get("departure", {}),
    )  # fmt: skip


def _known(folded: Dossier, done: Event, form: Form) -> dict[str, Any]:
    """What the dossier held of a form's fields after an act: in the item, its case, the certificate, and the act."""
    item = folded.items.get(done.subject)
    case = folded.cases.get(item.case if item else done.subject)
    certificate = folded.certificate.data if folded.certificate and done.subject == CERTIFICATE else {}
    known: dict[str, Any] = {**certificate}
    for part in (case, item):
        known |= part.data if part else {}
    known |= done.data["form"]
    return {field.id: known[field.id] for field in form.fields if field.id in known}
