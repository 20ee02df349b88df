"""Valid sample answers for what a scenario's step leaves out (`fill: sample`).

A sample is never invented where the step says something: given answers are kept as they are. Field samples of the
scheme file come first, then one by type. The people of the scenario fill persons and teams by their roles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hefu.rules import answers
from hefu.rules.decide import holds, locate
from hefu.rules.effects import plain_value
from hefu.rules.load.grammar import Sample
from hefu.rules.model import Expression
from hefu.rules.time import add_months, add_years
from hefu.rules.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hefu.rules.decide import Act
    from hefu.rules.dossier import Dossier
    from hefu.rules.model import Action, Field, Scheme
    from hefu.rules.view import Actor

USCC = "91110000600037341L"
_TEAM = ("lead-auditor", "auditor", "technical-expert", "trainee", "witness", "observer")


def filled(scheme: Scheme, dossier: Dossier, act: Act, now: date) -> dict[str, Any]:
    """The answers of an act with samples for every applicable required field that it leaves out."""
    action = scheme.action(act.do)
    form = dict(act.form)
    if action is None:
        return form
    target = locate(scheme, dossier, action, act.item)
    subject, case = (target.subject, target.case) if target else (None, None)
    if action.grounds and "grounds" not in form:
        form["grounds"] = []
    view = View(scheme, dossier, subject, case, {}, act.facts, act.by, now)
    for field in action.form.fields:
        if field.id in form:
            continue
        view.form = _readable(scheme, action, form, view, act.people)
        applies = field.when is None or bool(field.when(view))
        if applies and (field.required or field.sample is not None or field.type == "materials"):
            value = _sample(field, act, view, now)
            if value is not None:
                form[field.id] = value
    if action.grounds and not form["grounds"]:
        view.form = _readable(scheme, action, form, view, act.people)
        form["grounds"] = _ground(action, view)
    return form


def _readable(
    scheme: Scheme, action: Action, form: Mapping[str, Any], view: View, people: Mapping[str, Actor]
) -> Mapping[str, Any]:
    """The answers so far as guards see them; wrong ones are left out, and refused later."""
    raw = {key: value for key, value in form.items() if key not in ("departure", "grounds")}
    values, _, bad = answers.read(scheme, action, raw, view, people)
    return {key: value for key, value in values.items() if key not in bad}


def _ground(action: Action, view: View) -> list[str]:
    """The first ground that holds, else the first of all."""
    for name, ground in action.grounds.items():
        if all(holds(rule, view) for rule in ground.rules):
            return [name]
    return [next(iter(action.grounds))]


def _sample(field: Field, act: Act, view: View, now: date) -> Any:  # noqa: ANN401, C901, PLR0911, PLR0912 - one row a type
    given = field.sample
    if isinstance(given, Sample):
        from datetime import timedelta  # noqa: PLC0415 - dates only

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
            return {key: "符合" for key, option in field.options.items() if option.when is None or option.when(view)}
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
                row["field"] = next((str(item["field"]) for item in person.competence or () if "field" in item), "")
            rows.append(row)
    return rows
