"""Answers as the inputs that would send them: the inverse of reading, for hidden inputs and for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hefu.web.forms import names
from hefu.web.forms.typed import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hefu.rules.model import Action, Field

Pair = tuple[str, str]


def pairs(
    action: Action, answers: Mapping[str, Any], uploads: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None
) -> Iterator[Pair]:
    """The inputs of some answers, with grounds and departure, in the order of the form."""
    for field in action.form.fields:
        if field.id in answers:
            yield from inputs(field, answers[field.id], (uploads or {}).get(field.id, {}))
    for ground in answers.get("grounds", ()):
        yield names.GROUNDS, str(ground)
    departure = answers.get("departure")
    if isinstance(departure, dict):
        yield names.REASON, str(departure.get("reason", ""))
        yield names.APPROVER, str(departure.get("approver", ""))


def inputs(field: Field, value: Any, uploads: Mapping[str, tuple[str, ...]] | None = None) -> Iterator[Pair]:  # noqa: ANN401
    """The inputs of one answer."""
    match field.type:
        case "multi-choice" if not field.options:
            yield field.id, "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        case "multi-choice" | "materials":
            for item in value if isinstance(value, list | tuple) else (value,):
                yield field.id, str(item)
            for option, held in (uploads or {}).items():
                yield from ((names.upload(field.id, option), item) for item in held)
        case "organisation":
            for part, text in _parts(value):
                yield names.part(field.id, part), text
        case "checklist":
            yield from _points(field, value)
        case "rows" | "team" | "man-days":
            yield from _rows(field, value)
        case _:
            yield field.id, written(value)


def _parts(value: Any) -> Iterator[Pair]:  # noqa: ANN401
    given = value if isinstance(value, dict) else {"name": str(value)}
    yield "name", str(given.get("name", ""))
    yield "uscc", str(given.get("uscc", ""))


def _points(field: Field, value: Any) -> Iterator[Pair]:  # noqa: ANN401
    for point, answer in value.items() if isinstance(value, dict) else ():
        word, said = point_of(answer)
        if word:
            yield names.part(field.id, point), word
        for column, item in said.items():
            yield names.noted(field.id, point, column), written(item)


def point_of(answer: Any) -> tuple[str, dict[str, Any]]:  # noqa: ANN401
    """The word with which a point is answered, and what is said of it besides, by column."""
    if isinstance(answer, dict):
        return str(answer.get("result", "")), {key: item for key, item in answer.items() if key != "result"}
    return str(answer or ""), {}


def _rows(field: Field, value: Any) -> Iterator[Pair]:  # noqa: ANN401
    for number, row in enumerate(value if isinstance(value, list | tuple) else ()):
        yield names.rows(field.id), str(number)
        for column, item in row.items() if isinstance(row, dict) else ():
            yield names.cell(field.id, number, column), written(item)
