"""What if: a scenario as it is written and with days or answers of its steps changed, replayed beside each other.

Nothing is kept. The size of what may be tried is bounded, because anybody's text is replayed here.
"""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules.load import BadSourceError, Problem, with_settings
from hefu.rules.load.source import Place, Source, parse
from hefu.rules.replay.run import as_json, moments
from hefu.rules.replay.scenario import misfits, script

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hefu.rules.load.grammar import Step
    from hefu.rules.model import Scheme
    from hefu.rules.replay.run import Moment
    from hefu.rules.replay.scenario import Script

LONGEST, STEPS, PEOPLE, DAYS = 60_000, 120, 60, 15 * 366
"""Characters of a scenario, its steps, its people, and the days that it may span."""


class Changes(NamedTuple):
    """What is to be different, by the number of the step (from 0).

    `later`: the steps after a changed day move by as many days as it.
    """

    days: Mapping[int, date]
    answers: Mapping[int, Mapping[str, Any]]
    later: bool = False

    def __bool__(self) -> bool:
        return bool(self.days or self.answers)


class Went(NamedTuple):
    """A step as it went: the moment, and the same in the shape of the contract."""

    moment: Moment
    shown: Mapping[str, Any]

    @property
    def same(self) -> tuple[object, ...]:
        """What must be equal for two steps to have had the same outcome."""
        refused = [item["code"] for item in self.shown["refusals"]]
        held = ("outcome", "cases", "certificate", "valid_to", "items")
        return (*(self.shown[key] for key in held), refused, [event["name"] for event in self.shown["events"]])


def written(text: str, name: str, scheme: Scheme) -> Script:
    """A scenario of this scheme within the bounds. Raises BadSourceError with everything that is wrong with it."""
    start = Place(name, 1, 1)
    if len(text) > LONGEST:
        raise _bad(start, f"the scenario is longer than {LONGEST:,} characters", f"情景超过 {LONGEST:,} 字")
    source = parse(text, name)
    _within(source)
    found = script(source)
    if found.scenario.scheme.partition("@")[0] != scheme.id:
        at = source.place(("scheme",))
        other = found.scenario.scheme
        raise _bad(at, f"the scenario is of {other}, not of {scheme.id}", f"情景属于 {other}，不属于 {scheme.id}")
    if problems := misfits(found, scheme):
        raise BadSourceError(problems)
    return found


def _bad(place: Place, message: str, zh: str) -> BadSourceError:
    return BadSourceError([Problem(place, message, zh=zh)])


def _within(source: Source) -> None:
    """Refuse what is too long to be tried."""
    data: Any = source.data if isinstance(source.data, dict) else {}
    steps, people = data.get("steps"), data.get("people")
    if isinstance(steps, list) and len(steps) > STEPS:
        raise _bad(source.place(("steps", STEPS)), f"there are more than {STEPS} steps", f"步骤超过 {STEPS} 个")
    if isinstance(people, dict) and len(people) > PEOPLE:
        raise _bad(source.place(("people",)), f"there are more than {PEOPLE} people", f"人员超过 {PEOPLE} 人")
    days = [step.get("on") for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
    known = [day for day in days if isinstance(day, date)]
    if known and (max(known) - min(known)).days > DAYS:
        raise _bad(source.place(("steps",)), f"the steps span more than {DAYS} days", f"步骤的时间跨度超过 {DAYS} 天")


def varied(original: Script, changes: Changes) -> Script:
    """The scenario with its changes. Raises BadSourceError, as for a day that is before that of the step before."""
    data = deepcopy(original.source.data)
    moved = timedelta()
    for number, step in enumerate(data["steps"]):
        if number in changes.days:
            wanted = changes.days[number]
            moved = wanted - step["on"] if changes.later else moved
            step["on"] = wanted
        elif changes.later:
            step["on"] = _moved(step["on"], moved, original.source.place(("steps", number, "on")))
        if number in changes.answers:
            step["with"] = dict(changes.answers[number])
    source = replace(original.source, data=data)
    _within(source)
    return script(source)


def _moved(day: date, by: timedelta, at: Place) -> date:
    try:
        return day + by
    except OverflowError as error:
        raise _bad(at, f"{day} cannot be moved by {by.days} days", f"{day} 不能移动 {by.days} 天") from error


def answers(text: str, name: str) -> Mapping[str, Any]:
    """The answers of a step as somebody writes them: YAML of one mapping. Raises BadSourceError."""
    data = parse(text, name).data
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise _bad(
            Place(name, 1, 1),
            "answers are pairs, such as {report_date: 2026-01-01}",
            "填写内容应成对，如 {report_date: 2026-01-01}",
        )
    return data


def went(scheme: Scheme, found: Script, language: str) -> list[Went]:
    """Every step as it went under a version of the scheme. Raises CalendarRangeError."""
    own = with_settings(scheme, found.scenario.settings)
    return [Went(one, as_json(own, one, number, language)) for number, one in enumerate(moments(own, found), 1)]


def flow(value: Any) -> str:  # noqa: ANN401 - YAML data
    """Data as YAML in one line, which reads back as the same."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float):
        return json.dumps(value)
    return _scalar(str(value))


def _scalar(text: str) -> str:
    """A text without quotes where it reads back as itself."""
    try:
        plain = text.isprintable() and parse(f"[{text}]", "").data == [text]
    except BadSourceError:
        plain = False
    return text if plain else f'"{"".join(map(_escaped, text))}"'


def _escaped(letter: str) -> str:
    """A character between quotes; brackets too are escaped, because the reader counts them on every line."""
    if letter.isprintable() and letter not in '"\\[]{}':
        return letter
    return f"\\U{ord(letter):08X}"


def given(step: Step) -> str:
    """The answers of a step as text."""
    return flow(step.with_) if step.with_ else ""
