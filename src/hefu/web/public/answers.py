"""Public answers in words: the fields of a certificate, and what was published with an act, with their clauses."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext

from hefu.rules.evolve import CERTIFICATE
from hefu.web.words import in_language, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hefu.register.models import StepRow
    from hefu.rules.model import Field, Ground, Option, Scheme


class Answer(NamedTuple):
    """One answer: its title, its lines, a code beside it or a day instead, and its clauses."""

    id: str
    title: str
    lines: tuple[str, ...]
    code: str
    day: date | None
    clauses: tuple[str, ...]

    @property
    def line(self) -> str:
        """The lines as one."""
        return gettext("; ").join(self.lines)


def of_entry(scheme: Scheme, fields: str) -> list[Answer]:
    """The public fields of an entry, in the order of the scheme."""
    data = json.loads(fields)
    known = scheme.machines[CERTIFICATE].fields
    return [_answer(scheme, field, data[name]) for name, field in known.items() if field.public and name in data]


def of_step(scheme: Scheme, step: StepRow) -> list[Answer]:
    """What was published with an act: its grounds, and the answers that the scheme shows."""
    data = json.loads(step.shown)
    action = scheme.action(step.act)
    if action is None:
        return []
    found = [_grounds(action.grounds, data["grounds"])] if "grounds" in data else []
    return found + [_answer(scheme, field, data[field.id]) for field in action.form.fields if field.id in data]


def clauses_with(held: list[Answer], clauses: list[str]) -> list[str]:
    """The clauses of answers, and these others, each once."""
    return list(dict.fromkeys((*(clause for answer in held for clause in answer.clauses), *clauses)))


def _grounds(grounds: Mapping[str, Ground], named: list[str]) -> Answer:
    held = [grounds[key] for key in named if key in grounds]
    clauses = tuple(clause for ground in held for clause in ground.clauses)
    lines = tuple(in_language(ground.title) for ground in held)
    return Answer("grounds", gettext("Ground"), lines, "", None, clauses)


def _answer(scheme: Scheme, field: Field, value: Any) -> Answer:  # noqa: ANN401 - as JSON has it
    lines, code, day = _value(scheme, field, value)
    return Answer(field.id, in_language(field.title), lines, code, day, field.clauses)


def _value(scheme: Scheme, field: Field, value: Any) -> tuple[tuple[str, ...], str, date | None]:  # noqa: ANN401 - as JSON has it
    if isinstance(value, dict):
        return (value.get("name", ""),), value.get("uscc", ""), None
    if field.word == "date" and isinstance(value, str):
        return (), "", date.fromisoformat(value)
    options = field.options or _options(scheme, field.id)
    if isinstance(value, list):
        return tuple(_option(options, one) for one in value), "", None
    if isinstance(value, str):
        return tuple(line for line in _option(options, value).splitlines() if line.strip()), "", None
    return (shown(value),), "", None


def _option(options: Mapping[str, Option], value: Any) -> str:  # noqa: ANN401 - as JSON has it
    found = options.get(str(value))
    return in_language(found.title) if found else str(value)


def _options(scheme: Scheme, name: str) -> Mapping[str, Option]:
    """The options of a field that the certificate takes over from a form by the same name."""
    return next((field.options for field in _asked(scheme) if field.id == name and field.options), {})


def _asked(scheme: Scheme) -> Iterator[Field]:
    for machine in scheme.machines.values():
        for action in machine.actions.values():
            yield from action.form.fields
