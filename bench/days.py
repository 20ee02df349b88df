"""Figure 5: working days added and counted, beside chinesecalendar, holidays and numpy.

The same first days, worked ones of published years, are given to each. numpy knows no worked weekends (调休) and is
timed with days and calendar already in its own types; where a peer's answer differs from ours, the note says how often.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bench.stories import ROOT
from bench.table import Row
from bench.timing import interleaved, peer
from hefu.rules.load import calendar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.stories import Story
    from bench.timing import Effort
    from hefu.rules.time import Calendar

GOAL = 1_000_000
TIMES_CHINESECALENDAR = 1_000
NUMBERS = (5, 15, 120)
FIRST = tuple(date(2024, 1, 2) + timedelta(days=8 * number) for number in range(60))
"""First days to count from; those that are off are left out, because peers count differently from such a day."""
ROUNDED = 20
"""How often the fast works go through the days in a call."""

Answer = tuple["Callable[[], object]", int, "list[Any]"]
"""A work, how many results one call gives, and the result of each question."""


def figures(told: Sequence[Story], effort: Effort, missing: list[str]) -> list[Row]:
    """One row for each N and for each of add and count; ratios to the fastest peer, the others in the note."""
    del told
    ours = calendar(ROOT / "schemes" / "calendars" / "cn.yaml")
    days = [day for day in FIRST if ours.is_working(day)]
    modules = {name: peer(name) for name in ("chinese_calendar", "holidays", "numpy")}
    missing += [f"working days beside {name}: it is not installed" for name, found in modules.items() if found is None]
    rows = []
    for n in NUMBERS:
        for verb, works in (("add", _adding(ours, modules, days, n)), ("count", _counting(ours, modules, days, n))):
            measured = interleaved({name: work for name, (work, _, _) in works.items()}, effort)
            rates = {name: count / measured.seconds(name) for name, (_, count, _) in works.items()}
            times = {name: rates["hefu"] / rate for name, rate in rates.items() if name != "hefu"}
            told_by = "; ".join(
                f"{name} {rates[name]:,.0f}/s, {many:,.1f} times{_differs(works, name)}" for name, many in times.items()
            )
            nearest = min(times, key=lambda name: times[name], default="")
            title = f"{verb} {n} working days" if verb == "add" else f"count between, {n} working days"
            rows.append(Row(title, rates["hefu"], "/s", GOAL, peer=nearest, peer_value=rates.get(nearest),
                            ratio=times.get(nearest), note=told_by))  # fmt: skip
            if verb == "add" and n == NUMBERS[-1] and "chinese_calendar" in times:
                rows.append(Row(f"{title} / chinesecalendar", times["chinese_calendar"], "times",
                                TIMES_CHINESECALENDAR, peer="chinese_calendar",
                                peer_value=rates["chinese_calendar"]))  # fmt: skip
    return rows


def _differs(works: dict[str, Answer], name: str) -> str:
    count = sum(mine != theirs for mine, theirs in zip(works["hefu"][2], works[name][2], strict=True))
    return f" ({count} of {len(works[name][2])} answers differ)" if count else ""


def _adding(ours: Calendar, modules: dict[str, Any], days: list[date], n: int) -> dict[str, Answer]:
    works = {"hefu": _work(ours.add, [(day, n) for day in days], ROUNDED)}
    if (chinese := modules["chinese_calendar"]) is not None:
        works["chinese_calendar"] = _work(chinese.find_workday, [(n, day) for day in days], 1)
    if (holidays := modules["holidays"]) is not None:
        known = holidays.country_holidays("CN")
        works["holidays"] = _work(known.get_nth_working_day, [(day, n) for day in days], 1)
    if (numpy := modules["numpy"]) is not None:
        table, starts = _numpy(numpy, ours, days)
        work, count, found = _work(lambda day: numpy.busday_offset(day, n, "backward", busdaycal=table),
                                   [(day,) for day in starts], ROUNDED)  # fmt: skip
        works["numpy"] = (work, count, [item.astype(date) for item in found])
    return works


def _counting(ours: Calendar, modules: dict[str, Any], days: list[date], n: int) -> dict[str, Answer]:
    one = timedelta(days=1)
    spans = [(day, ours.add(day, n)) for day in days]
    works = {"hefu": _work(ours.count, spans, ROUNDED)}
    after = [(start + one, end) for start, end in spans]
    if (chinese := modules["chinese_calendar"]) is not None:
        works["chinese_calendar"] = _work(lambda start, end: len(chinese.get_workdays(start, end)), after, 1)
    if (holidays := modules["holidays"]) is not None:
        works["holidays"] = _work(holidays.country_holidays("CN").get_working_days_count, after, 1)
    if (numpy := modules["numpy"]) is not None:
        table, starts = _numpy(numpy, ours, [start + one for start, _ in spans])
        ends = [numpy.datetime64(end + one) for _, end in spans]
        work, count, found = _work(lambda start, end: numpy.busday_count(start, end, busdaycal=table),
                                   list(zip(starts, ends, strict=True)), ROUNDED)  # fmt: skip
        works["numpy"] = (work, count, [int(item) for item in found])
    return works


def _numpy(numpy: Any, ours: Calendar, days: list[date]) -> tuple[Any, list[Any]]:  # noqa: ANN401 - numpy may be absent
    """Our days off as numpy's calendar, and the days in its own type."""
    span = [date(2023, 1, 1) + timedelta(days=number) for number in range(366 * 4)]
    off = [day for day in span if day.weekday() < 5 and not ours.is_working(day)]  # noqa: PLR2004 - Saturday
    return numpy.busdaycalendar(holidays=off), [numpy.datetime64(day) for day in days]


def _work(ask: Callable[..., object], questions: Sequence[tuple[Any, ...]], times: int) -> Answer:
    """A work that asks every question `times` over; two arguments go straight in, to spare the unpacking."""
    found = [ask(*question) for question in questions]
    if len(questions[0]) == 1:
        single = [question[0] for question in questions] * times

        def work() -> None:
            for only in single:
                ask(only)
    else:
        pairs = list(questions) * times

        def work() -> None:
            for first, second in pairs:
                ask(first, second)

    return work, len(questions) * times, found
