"""Valid sample answers for what a scenario's step leaves out (`fill: sample`).

A sample is never invented where the step says something: given answers are kept as they are. Field samples of the
scheme file come first, then one by type. The people of the scenario fill persons and teams by their roles.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hefu.rules import answers
from hefu.rules.conditions import holds
from hefu.rules.effects import plain_value
from hefu.rules.load.grammar import Sample
from hefu.rules.model import Expression
from hefu.rules.standing import locate
from hefu.rules.time import add_months, add_years
from hefu.rules.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hefu.rules.decide import Act
    from hefu.rules.dossier import Dossier
    from hefu.rules.model import Action, Field, Scheme

USCC = "91110000600037341L"
_TEAM = ("lead-auditor", "auditor", "technical-expert", "trainee", "witness", "observer")


def filled(scheme: Scheme, dossier: Dossier, act: Act, now: date) -> dict[str, Any]:
    """The answers of an act with samples for every applicable field that it leaves out.

    Where the step names no ground, the first one that holds with its own samples is taken.
    """
    action = scheme.action(act.do)
    form = dict(act.form)
    if action is None:
        return form
    target = locate(scheme, dossier, action, act.item)
    subject, case = (target.subject, target.case) if target else (None, None)
    view = View(scheme, dossier, subject, case, {}, act.facts, act.by, now)
    if not action.grounds or "grounds" in form:
        return _fields(action, form, act, view, now)
    tried = [_fields(action, {**form, "grounds": [name]}, act, view, now) for name in action.grounds]
    return next((form for form in tried if _grounded(action, form, act, view)), tried[0])


def _fields(action: Action, given: Mapping[str, Any], act: Act, view: View, now: date) -> dict[str, Any]:
    form = dict(given)
    for field in action.form.fields:
        if field.id in form:
            continue
        view.form = _readable(action, form, act, view)
        applies = field.when is None or field.when(view) is True
        if applies and (_asked(field) or field.type == "materials"):
            value = _sample(field, act, view, now)
            if value is not None:
                form[field.id] = value
    return form


def _readable(action: Action, form: Mapping[str, Any], act: Act, view: View) -> Mapping[str, Any]:
    """The answers so far as guards see them; wrong ones are left out, and refused later."""
    raw = {key: value for key, value in form.items() if key != "departure"}
    values, _, bad = answers.read(view.scheme, action, raw, view, act.people)
    return {key: value for key, value in values.items() if key not in bad}


def _grounded(action: Action, form: Mapping[str, Any], act: Act, view: View) -> bool:
    view.form = _readable(action, form, act, view)
    return all(holds(rule, view) for name in form["grounds"] for rule in action.grounds[name].rules)


def _sample(field: Field, act: Act, view: View, now: date) -> Any:  # noqa: ANN401, C901, PLR0911, PLR0912 - one row a type
    given = field.sample
    if isinstance(given, Sample):
        return add_years(add_months(now + timedelta(days=given.days), given.months), given.years)
    if isinstance(given, Expression):
        return plain_value(given(view))
    if given is not None:
        return given
    match field.type:
        case "date":
            return now
        case "boolean":
            return True
        case "integer" | "number" | "money":
            least = field.minimum if field.minimum is not None else 1
            return int(least) if field.type == "integer" else float(least)
        case "choice" | "grade":
            return next(iter(field.options))
        case "multi-choice":
            return [next(iter(field.options))] if field.options else ["示例"]
        case "materials":
            return [key for key, option in field.options.items() if option.when is None or option.when(view)]
        case "checklist":
            points = [key for key, option in field.options.items() if option.when is None or option.when(view)]
            return dict.fromkeys(points, _point(field, act, view, now))
        case "uscc":
            return USCC
        case "organisation":
            return dict(act.by.organisation) or {"name": "示例科技有限公司", "uscc": USCC}
        case "person" | "signature":
            return _person(field, act)
        case "team":
            return _team(field, act)
        case "rows" | "man-days":
            return [{column.id: _sample(column, act, view, now) for column in field.columns}]
        case _:
            return (field.options and next(iter(field.options))) or "示例"


def _point(field: Field, act: Act, view: View, now: date) -> Any:  # noqa: ANN401 - a word, or more
    """The answer to a point: its first word, with what its columns have samples for."""
    word = next(iter(field.answers))
    said = {column.id: _sample(column, act, view, now) for column in field.columns if _asked(column)}
    return {"result": word, **said} if said else word


def _asked(column: Field) -> bool:
    """Whether something is filled in: what must be, and what has a sample."""
    return column.required or column.sample is not None


def _person(field: Field, act: Act) -> str:
    if field.role:
        for person in act.people.values():
            if field.role in person.roles:
                return person.id
    return act.by.id


def _team(field: Field, act: Act) -> list[dict[str, Any]]:
    rows = []
    for person in act.people.values():
        duty = next((role for role in _TEAM if role in person.roles), None)
        if duty is not None:
            row: dict[str, Any] = {"person": person.id}
            columns = {column.id for column in field.columns}
            if "duty" in columns:
                row["duty"] = duty
            if "field" in columns:
                named = (str(item["field"]) for item in person.competence or () if "field" in item)
                row["field"] = next((field for field in named if field != answers.EVERY_FIELD), "")
            row |= {column.id: column.sample for column in field.columns if column.sample is not None}
            rows.append(row)
    return rows
