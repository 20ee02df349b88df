"""What was answered, as rows of text: the sheets that were handed in, act by act; what stands on the certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import get_language

from hefu.dossiers.given import read
from hefu.web.forms.shown import Shown, Words, shown, text
from hefu.web.words import english

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from hefu.dossiers.journal import Entry
    from hefu.rules.dossier import Item
    from hefu.rules.model import Field, Scheme, Text
    from hefu.rules.view import Actor


class Filled(NamedTuple):
    """One sheet as it was handed in. `number` is that of its first event, by which its paper is found."""

    title: Text
    form: str
    number: int
    on: date
    who: str
    rows: tuple[Shown, ...]


def sheets(scheme: Scheme, journal: Iterable[Entry], people: Mapping[str, Actor]) -> list[Filled]:
    """Every sheet of a journal with at least one answer, the newest first."""
    found = []
    for entry in journal:
        given = read(entry.given)
        action = scheme.action(given.act.do) if given.act is not None else None
        if given.act is None or action is None or not given.act.form:
            continue
        names = {**_names(given.people), **_names(people)}
        who = names.get(given.act.by.id, given.act.by.id)
        rows = shown(action.form, given.act.form, scheme, names, get_language() or "zh", action=action)
        found.append(Filled(action.title, action.form.number, entry.number, given.on, who, rows))
    return found[::-1]


def answered(fields: Iterable[Field], data: Mapping[str, Any], people: Mapping[str, Actor]) -> list[Shown]:
    """The fields that have an answer, in their order."""
    words = Words("en" if english() else "zh", _names(people), {})
    return [
        Shown(field.id, field.title.get(words.language), text(field, data[field.id], words), field.clauses)
        for field in fields
        if data.get(field.id) not in (None, "", (), [], {})
    ]


def of_item(scheme: Scheme, item: Item, people: Mapping[str, Actor]) -> list[Shown]:
    """What was answered about an item so far, as it was raised first."""
    machine = scheme.machines[item.kind]
    raised = [
        action for other in scheme.machines.values() for action in other.actions.values() if action.raises == item.kind
    ]
    fields = {field.id: field for action in (*raised, *machine.actions.values()) for field in action.form.fields}
    return answered(fields.values(), item.data, people)


def _names(people: Mapping[str, Actor]) -> dict[str, str]:
    return {key: person.name for key, person in people.items()}
