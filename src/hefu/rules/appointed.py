"""Appointed: who has been named to take part in a case, and what today stands against it. Pure.

Somebody who could be appointed then may have lost a competence or declared an interest since. The rules of the act that
named them are asked again, member by member, with what is known of people today: what is not met is said in the words,
and under the clauses, of the scheme. Nothing follows from it by itself; people appoint others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules import answers
from hefu.rules.conditions import holds, worded
from hefu.rules.view import SYSTEM, View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hefu.rules.dossier import Case, Dossier
    from hefu.rules.model import Action, Field, Rule, Scheme
    from hefu.rules.refusal import Refusal
    from hefu.rules.view import Actor


class Appointed(NamedTuple):
    """Somebody who was named: in which field of which act, with the row of a team (else empty)."""

    person: str
    field: Field
    action: Action
    row: Mapping[str, Any]


def appointed(scheme: Scheme, case: Case) -> list[Appointed]:
    """Everybody who is named in a case as it stands, team by team in the order of its first column of choices."""
    found = []
    for field, action in _acts(scheme, case):
        found += sorted(_named(field, action, case.data.get(field.id)), key=_place)
    return found


def unfit(  # noqa: PLR0913 - a case in its whole context
    scheme: Scheme, dossier: Dossier, case: Case, facts: Mapping[str, Any], people: Mapping[str, Actor], today: date
) -> dict[str, tuple[Refusal, ...]]:
    """By person: which rules of their appointment would not be met if they were appointed today.

    Whoever is not known any more is left out: nothing can be said of them.
    """
    found: dict[str, tuple[Refusal, ...]] = {}
    for field, action in _acts(scheme, case):
        rules = [rule for rule in action.rules if f"form.{field.id}" in rule.test.guard.names]
        known = [one for one in _named(field, action, case.data.get(field.id)) if one.person in people]
        given = {name: case.data[name] for name in action.form.by_id if name in case.data}

        def view(*members: Appointed) -> View:
            seen = View(scheme, dossier, case, case, {}, facts, SYSTEM, today)
            answers.read(scheme, action, {**given, field.id: _answer(field, members)}, seen, people)  # noqa: B023 - asked at once
            return seen

        broken = _broken(rules, view(*known)) if known else []
        for one in known if broken else ():
            alone = view(one)
            if against := _broken(broken, alone):
                found[one.person] = (*found.get(one.person, ()), *(worded(rule, alone) for rule in against))
    return found


def _acts(scheme: Scheme, case: Case) -> Iterator[tuple[Field, Action]]:
    """Each field that names people, with the act that asked for it last."""
    last: dict[str, tuple[date, Field, Action]] = {}
    for action in scheme.machines[case.process].actions.values():
        done = case.done.get(action.name)
        for field in action.form.naming if done is not None else ():
            if done is not None and (field.id not in last or done.last >= last[field.id][0]):
                last[field.id] = done.last, field, action
    return ((field, action) for _on, field, action in last.values())


def _named(field: Field, action: Action, value: object) -> Iterator[Appointed]:
    if field.type == "team":
        for row in value if isinstance(value, list | tuple) else ():
            yield Appointed(str(row["person"]), field, action, row)
    elif isinstance(value, str) and value:
        yield Appointed(value, field, action, {})


def _place(one: Appointed) -> int:
    """Where a member stands in a team: a leader is named before the rest of it."""
    for column in one.field.columns:
        if column.options and one.row.get(column.id) in column.options:
            return list(column.options).index(one.row[column.id])
    return 0


def _answer(field: Field, members: tuple[Appointed, ...]) -> object:
    """The members as they were answered: what the core has added to a row since is asked anew."""
    if field.type != "team":
        return members[0].person
    columns = {"person", *(column.id for column in field.columns)}
    return [{key: item for key, item in one.row.items() if key in columns} for one in members]


def _broken(rules: list[Rule], view: View) -> list[Rule]:
    return [rule for rule in rules if not holds(rule, view)]
