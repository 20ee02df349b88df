"""Answers: what somebody filled in, read against the form, and what is wrong with it.

A value is refused by its type, its options, its limits and its applicability; every problem is told at once, each
with the clause of its field. The USCC check is GB 32100-2015 (python-stdnum, which wants digits where the standard
allows letters, so only its checksum is used).
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from hefu.rules.guards import NEVER
from hefu.rules.model import POINT
from hefu.rules.refusal import Refusal, phrase, refuse
from hefu.rules.view import View, conflicted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from hefu.rules.model import Action, Field, Scheme, Text
    from hefu.rules.view import Actor

_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
EVERY_FIELD = "*"
"""The field of somebody who is competent in all of them."""
TEXT_LIMIT = 20_000
_NOTHING: tuple[object, ...] = (None, "", [], (), {})
"""Answers that say nothing; 0 and no are answers."""


def read(
    scheme: Scheme, action: Action, raw: Mapping[str, Any], view: View, people: Mapping[str, Actor]
) -> tuple[dict[str, Any], list[Refusal], frozenset[str]]:
    """The values of a form, the refusals they meet, and the names of the fields that cannot be used."""
    values: dict[str, Any] = {}
    refusals: list[Refusal] = []
    bad: set[str] = set()
    fields = action.form.by_id
    refusals += [
        refuse(scheme, "field-unknown", action.clauses, field=name)._replace(field=name)
        for name in raw
        if name not in fields and not (name == "grounds" and action.group)
    ]
    for name, field in fields.items():
        value = raw.get(name)
        if not value and value in _NOTHING:
            continue
        try:
            values[name] = _READERS[field.type](field, value, people)
        except ValueError as error:
            bad.add(name)
            refusals.append(_wrong(scheme, action, field, "field-invalid", *_problem(error)))
    if action.group and (named := raw.get("grounds")):
        values["grounds"] = tuple(map(str, named)) if isinstance(named, list | tuple) else (str(named),)
    view.form = values
    applies = applicable(action, view)
    for name, field in fields.items():
        given = name in values
        if name in bad or (given and field.when is None):
            continue
        problem = _present(field, given, applies.get(name, True))
        if problem:
            bad.add(name)
            refusals.append(_wrong(scheme, action, field, problem))
    for field in action.form.teams:
        if field.id in values and field.id not in bad:
            values[field.id] = tuple(_member(row, people, view) for row in values[field.id])
    return values, refusals, frozenset(bad)


def _wrong(  # noqa: PLR0913 - a field, what is wrong with it, where in it, and what is wanted there
    scheme: Scheme, action: Action, field: Field, code: str, problem: str = "", where: str = "", wanted: str = ""
) -> Refusal:
    """The refusal of an answer, under the clause of its field; `where` is the row, point or part that is meant."""
    clauses = field.clauses or action.form.clauses or action.clauses
    told = phrase(scheme, f"problem/{problem}", wanted=wanted) if problem else ""
    refusal = refuse(scheme, code, clauses, field=named(scheme, field, where), problem=told)
    return refusal._replace(field=f"{field.id}.{where}" if where else field.id)


def named(scheme: Scheme, field: Field, where: str = "") -> Text:
    """A field as a refusal names it: with the row and column, or the point, at which something is wrong."""
    if where in field.options:
        return phrase(scheme, "place/point", field=field.title, point=field.options[where].title)
    point, _, inside = where.rpartition(".")
    if point in field.options:
        titles = {column.id: column.title for column in field.columns}
        point_title, column_title = field.options[point].title, titles[inside]
        return phrase(scheme, "place/point-cell", field=field.title, point=point_title, column=column_title)
    row, _, inside = where.partition(".")
    if not row.isdigit():
        return field.title
    column = next((column for column in field.columns if column.id == inside.partition(".")[0]), None)
    if column is None:
        return phrase(scheme, "place/row", field=field.title, row=int(row) + 1)
    return phrase(scheme, "place/cell", field=field.title, row=int(row) + 1, column=column.title)


def applicable(action: Action, view: View) -> dict[str, bool]:
    """Which of the conditional fields apply; a condition that cannot be answered does not switch its field off."""
    fields = action.form.conditional
    answers = action.form.applies(view) if action.form.applies is not None else None
    if answers is None or len(answers) != len(fields):
        return {field.id: field.when is None or field.when(view) is not False for field in fields}
    return {field.id: bool(answer) for field, answer in zip(fields, answers, strict=True)}


def _problem(error: ValueError) -> tuple[str, str, str]:
    """What is wrong, where in the answer, and what is wanted there; as the readers below say it."""
    problem, where, wanted, *_ = (*error.args, "", "", "")
    return str(problem), str(where), str(wanted)


def _present(field: Field, given: bool, applies: bool) -> str:  # noqa: FBT001 - the two questions of this function
    """`field-required` or `field-not-applicable`, or nothing."""
    if given and not applies:
        return "field-not-applicable"
    return "field-required" if applies and field.required and not given else ""


def _member(row: Mapping[str, Any], people: Mapping[str, Actor], view: View) -> Mapping[str, Any]:
    """A team row with what is known about the person: roles, competence on this day, declared interests."""
    person = people[row["person"]]
    seen = View(view.scheme, view.dossier, view.subject, view.case, view.form, view.facts, person, view.today)
    return {
        **row,
        "roles": tuple(sorted(person.roles)),
        "competent": competent(person, str(row.get("field", "")), view.today),
        "conflicted": conflicted(person, seen),
    }


def competent(person: Actor, field: str, today: date) -> bool:
    """Whether a person holds an unexpired competence in a field (in any, if it is empty).

    Competence is a given fact; a person about whom nothing is given is taken as competent.
    """
    if person.competence is None:
        return True
    return any(
        (not field or row.get("field") in (field, EVERY_FIELD)) and _until(row.get("until")) >= today
        for row in person.competence
    )


def _until(value: object) -> date:
    return value if isinstance(value, date) else date.max


def _typed(field: Field, value: Any, people: Mapping[str, Actor]) -> Any:  # noqa: ANN401 - one of many types
    return _READERS[field.type](field, value, people)


def _text(field: Field, value: Any, _people: Mapping[str, Actor]) -> str:  # noqa: ANN401
    if not isinstance(value, str):
        raise ValueError("not-text")  # noqa: TRY004 - a problem of the answer, told with the others
    limit = field.max_chars or TEXT_LIMIT
    if len(value) > limit and len("".join(value.split())) > limit:
        raise ValueError("too-long", "", limit)
    if field.pattern and not re.fullmatch(field.pattern, value):
        sample = field.sample if isinstance(field.sample, str) else ""
        raise ValueError("unlike-sample" if sample else "wrong-shape", "", sample)
    return value


def _number(field: Field, value: Any, _people: Mapping[str, Actor]) -> Any:  # noqa: ANN401
    whole = field.type == "integer"
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise ValueError("not-a-number")  # noqa: TRY004
    if field.minimum is not None and value < field.minimum:
        raise ValueError("too-small", "", f"{field.minimum:.15g}")
    if field.maximum is not None and value > field.maximum:
        raise ValueError("too-large", "", f"{field.maximum:.15g}")
    return value if whole else float(value)


def _date(_field: Field, value: Any, _people: Mapping[str, Actor]) -> date:  # noqa: ANN401
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise ValueError("not-a-date") from None
    if type(value) is not date or value <= NEVER.date():
        raise ValueError("not-a-date")
    return value


def _boolean(_field: Field, value: Any, _people: Mapping[str, Actor]) -> bool:  # noqa: ANN401
    if not isinstance(value, bool):
        raise ValueError("not-yes-or-no")  # noqa: TRY004 - a problem of the answer, told with the others
    return value


def _choice(field: Field, value: Any, _people: Mapping[str, Actor]) -> str:  # noqa: ANN401
    if not isinstance(value, str) or (field.options and value not in field.options):
        raise ValueError("not-an-option")
    return value


def _choices(field: Field, value: Any, _people: Mapping[str, Actor]) -> tuple[str, ...]:  # noqa: ANN401
    if not isinstance(value, list | tuple):
        raise ValueError("not-a-list")  # noqa: TRY004
    return tuple(dict.fromkeys(_choice(field, item, {}) for item in value))


def _code(_field: Field, value: Any, _people: Mapping[str, Actor]) -> str:  # noqa: ANN401
    if not isinstance(value, str) or not is_credit_code(value):
        raise ValueError("not-a-credit-code")
    return value


@lru_cache(maxsize=4096)
def is_credit_code(code: str) -> bool:
    """Whether a text is a unified social credit code by its shape and its check character (GB 32100-2015)."""
    from stdnum.cn import uscc  # noqa: PLC0415 - it brings 5 MB of tables along; most starts check no code

    return bool(_USCC.fullmatch(code)) and uscc.calc_check_digit(code[:-1]) == code[-1]


def _organisation(_field: Field, value: Any, _people: Mapping[str, Actor]) -> Mapping[str, str]:  # noqa: ANN401
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise ValueError("not-an-organisation")
    if not value.get("name"):
        raise ValueError("not-an-organisation")
    if value.get("uscc") and not is_credit_code(value["uscc"]):
        raise ValueError("not-a-credit-code", "uscc")
    return {"uscc": "", **value}


def _person(_field: Field, value: Any, people: Mapping[str, Actor]) -> str:  # noqa: ANN401
    if not isinstance(value, str) or value not in people:
        raise ValueError("not-a-person")
    return value


def _checklist(field: Field, value: Any, people: Mapping[str, Actor]) -> Mapping[str, Any]:  # noqa: ANN401
    if not isinstance(value, dict):
        raise ValueError("not-a-checklist")  # noqa: TRY004 - a problem of the answer, told with the others
    columns = {column.id: column for column in field.columns}
    for name, answer in value.items():
        word = _point(answer, columns)
        if word is None:
            raise ValueError("not-a-checklist", name)
        if word not in field.answers:
            raise ValueError("not-an-option", name)
    if unknown := set(value) - set(field.options):
        raise ValueError("not-an-option") from KeyError(min(unknown))
    missing = [name for name, point in field.options.items() if name not in value and not point.optional]
    if missing:
        raise ValueError("points-missing", missing[0])
    return {name: _noted(columns, answer, people, name) for name, answer in value.items()}


def _point(answer: Any, columns: Collection[str]) -> str | None:  # noqa: ANN401
    """The word that answers a point; `{result, remark, COLUMN}` says more of it, by which nothing decides."""
    if isinstance(answer, dict) and answer.keys() <= {*POINT, *columns} and isinstance(answer.get("remark", ""), str):
        answer = answer.get("result")
    return answer if isinstance(answer, str) else None


def _noted(columns: Mapping[str, Field], answer: Any, people: Mapping[str, Actor], point: str) -> Any:  # noqa: ANN401
    """An answer to a point with what its columns say; those that must be filled in are."""
    said = answer if isinstance(answer, dict) else {}
    cells = _cells(columns, {key: item for key, item in said.items() if key not in POINT}, people, point)
    return {**{key: said[key] for key in POINT if key in said}, **cells} if said else answer


def _rows(field: Field, value: Any, people: Mapping[str, Actor]) -> tuple[Mapping[str, Any], ...]:  # noqa: ANN401
    if not isinstance(value, list | tuple) or not all(isinstance(row, dict) for row in value):
        raise ValueError("not-a-list")
    columns = {column.id: column for column in field.columns}
    return tuple(_row(columns, row, people, number) if columns else _frozen(row) for number, row in enumerate(value))


def _row(
    columns: Mapping[str, Field], row: Mapping[str, Any], people: Mapping[str, Actor], number: int
) -> Mapping[str, Any]:
    if set(row) - set(columns):
        raise ValueError("column-unknown", number)
    return _cells(columns, row, people, str(number))


def _cells(
    columns: Mapping[str, Field], row: Mapping[str, Any], people: Mapping[str, Actor], where: str
) -> Mapping[str, Any]:
    """What stands in the columns of a row, or of a point; `where` names it."""
    for name, column in columns.items():
        if column.required and row.get(name) in (None, ""):
            raise ValueError("column-missing", f"{where}.{name}")
    return {
        name: _cell(columns[name], item, people, f"{where}.{name}")
        for name, item in row.items()
        if item not in (None, "")
    }


def _cell(column: Field, value: Any, people: Mapping[str, Actor], where: str) -> Any:  # noqa: ANN401
    """The value of one cell; what is wrong with it says in which row and column."""
    try:
        return _typed(column, value, people)
    except ValueError as error:
        problem, inside, wanted = _problem(error)
        raise ValueError(problem, f"{where}.{inside}" if inside else where, wanted) from error


def _frozen(value: Any) -> Any:  # noqa: ANN401 - nested answers
    """An answer as it is kept: lists as tuples, so that nobody can change a journal through it."""
    if isinstance(value, dict):
        return {str(key): _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value


def _team(field: Field, value: Any, people: Mapping[str, Actor]) -> tuple[Mapping[str, Any], ...]:  # noqa: ANN401
    rows = _rows(field, value, people)
    seen: set[str] = set()
    for number, row in enumerate(rows):
        where = f"{number}.person"
        if not isinstance(person := row.get("person"), str) or person not in people:
            raise ValueError("not-a-person", where)
        if person in seen:
            raise ValueError("person-twice", where)
        seen.add(person)
    return rows


_READERS: Mapping[str, Callable[[Field, Any, Mapping[str, Actor]], Any]] = {
    "text": _text, "long-text": _text, "file": _text, "evidence": _text, "signature": _text,
    "integer": _number, "number": _number, "money": _number, "date": _date, "boolean": _boolean,
    "choice": _choice, "grade": _choice,
    "multi-choice": _choices, "materials": _choices, "uscc": _code, "organisation": _organisation,
    "person": _person, "checklist": _checklist, "team": _team, "rows": _rows, "man-days": _rows,
}  # fmt: skip
