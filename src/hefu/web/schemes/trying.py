"""What if: a scenario replayed as it is written and with changed days or answers, side by side. Nothing is stored."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hefu.rules.load import BadSourceError, Problem
from hefu.rules.load.source import Place
from hefu.rules.replay import variation
from hefu.rules.replay.proof import proven
from hefu.rules.time import CalendarRangeError
from hefu.web import kept
from hefu.web.schemes.door import of_offered
from hefu.web.schemes.page import about
from hefu.web.words import english, in_language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from django.http import HttpRequest, HttpResponse

    from hefu.rules.model import Clock, Scheme
    from hefu.rules.replay.scenario import Script
    from hefu.rules.replay.variation import Changes, Went
    from hefu.web.schemes.door import Version

OWN = "own"
"""Stands for a scenario that somebody has pasted or uploaded."""


class Step(NamedTuple):
    """A step in the form: its day and answers as asked for now, the title of its act, and how it went both times."""

    number: int
    day: str
    given: str
    title: str
    by: str
    was: Went | None
    now: Went | None

    @property
    def differs(self) -> bool:
        """Whether the changes have brought another outcome here."""
        return self.was is not None and self.now is not None and self.was.same != self.now.same


class Run(NamedTuple):
    """A run of a clock at the end of the story, both times; None where it does not run."""

    clock: Clock
    was: Mapping[str, Any] | None
    now: Mapping[str, Any] | None

    @property
    def differs(self) -> bool:
        return self.was != self.now


class End(NamedTuple):
    """How a story ends: status of the certificate, its last day, the state of each process."""

    certificate: str
    valid_to: str
    cases: tuple[tuple[str, str], ...]


@of_offered
@require_http_methods(["GET", "POST"])
def trying(request: HttpRequest, version: Version) -> HttpResponse:
    """The choice of a scenario; with one, its steps as a form and how they go."""
    scenarios = {path.stem: path for path in sorted((version.folder / "scenarios").glob("*.yaml"))}
    asked = request.POST if request.method == "POST" else request.GET
    name, problems = asked.get("scenario", ""), list[tuple[Place | None, str]]()
    told = {story.name: story.title for story in proven(version.folder, kept.shared()).stories}
    stories = [(stem, told.get(stem, stem)) for stem in scenarios]
    context: dict[str, Any] = {"scenarios": stories, "name": name, "text": ""}
    if name:
        text = _text(request, name, scenarios)
        context["text"] = text if name == OWN else ""
        try:
            original = variation.written(text, name, version.scheme)
            context |= _shown(version.scheme, original, asked)
            context |= _tried(version.scheme, original, asked)
        except BadSourceError as error:
            problems = [(problem.place, problem.message if english() else problem.zh) for problem in error.problems]
        except CalendarRangeError as error:
            problems = [(None, error.en if english() else error.zh)]
    status = 422 if problems else 200
    context |= about(version, "try") | {"problems": problems, "limits": variation}
    return render(request, "hefu/schemes/try.html", context, status=status)


def _text(request: HttpRequest, name: str, scenarios: Mapping[str, Path]) -> str:
    """The scenario's text: of a shipped file, of one that is sent along, or typed. Raises Http404."""
    if name in scenarios:
        return scenarios[name].read_text(encoding="utf-8")
    if name != OWN:
        raise Http404
    sent = request.FILES.get("file")
    if sent is not None:
        content: bytes = sent.read(4 * variation.LONGEST + 1)
        return content.decode("utf-8-sig", errors="replace")
    return request.POST.get("text", "")


def _shown(scheme: Scheme, original: Script, asked: Mapping[str, str]) -> dict[str, Any]:
    """The form as it was filled in, for where it cannot be replayed."""
    title = original.scenario.title
    steps = [
        Step(
            number,
            asked.get(f"day-{number}", step.on.isoformat()),
            asked.get(f"with-{number}", variation.given(step)),
            _title(scheme, step.do),
            _who(cast, step.by),
            None,
            None,
        )
        for number, (step, cast) in enumerate(zip(original.scenario.steps, original.cast, strict=True), 1)
    ]
    said = title if isinstance(title, str) else in_language(title)
    return {"steps": steps, "later": bool(asked.get("later")), "title": said}


def _tried(scheme: Scheme, original: Script, asked: Mapping[str, str]) -> dict[str, Any]:
    """Both runs. Raises BadSourceError, CalendarRangeError."""
    changes = _changes(original, asked)
    language = "en" if english() else "zh"
    before = variation.went(scheme, original, language)
    changed = variation.varied(original, changes) if changes else original
    after = variation.went(scheme, changed, language) if changes else before
    return {
        "steps": _steps(scheme, changed, before, after), "changed": bool(changes),
        "runs": _runs(scheme, before[-1], after[-1]),
        "ends": (_end(scheme, before[-1]), _end(scheme, after[-1])),
        "differing": sum(one.same != other.same for one, other in zip(before, after, strict=True)),
    }  # fmt: skip


def _changes(original: Script, asked: Mapping[str, str]) -> Changes:
    """What differs from the scenario in what was sent. Raises BadSourceError for what cannot be read."""
    days: dict[int, date] = {}
    answers: dict[int, Mapping[str, Any]] = {}
    for number, step in enumerate(original.scenario.steps):
        day, given = asked.get(f"day-{number + 1}", ""), asked.get(f"with-{number + 1}")
        if day and day != step.on.isoformat():
            days[number] = _day(day, number + 1)
        if given is not None and given.strip() != variation.given(step):
            where = _("answers of step %(number)s") % {"number": number + 1}
            said = variation.answers(given[: variation.LONGEST], where)
            if said != step.with_:
                answers[number] = said
    return variation.Changes(days, answers, bool(asked.get("later")))


def _day(text: str, number: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        at = Place(_("day of step %(number)s") % {"number": number}, 1, 1)
        message = _("%(text)s is not a day") % {"text": text}
        raise BadSourceError([Problem(at, message, zh=message)]) from error


def _steps(scheme: Scheme, changed: Script, before: list[Went], after: list[Went]) -> list[Step]:
    rows = zip(changed.scenario.steps, changed.cast, before, after, strict=True)
    return [
        Step(number, step.on.isoformat(), variation.given(step), _title(scheme, step.do), _who(cast, step.by), was, now)
        for number, (step, cast, was, now) in enumerate(rows, 1)
    ]


def _who(cast: Mapping[str, Any], key: str | None) -> str:
    return cast[key].name if key is not None and key in cast else ""


def _title(scheme: Scheme, address: str | None) -> str:
    action = scheme.action(address) if address else None
    return in_language(action.title) if action else address or _("time passes")


def _runs(scheme: Scheme, was: Went, now: Went) -> list[Run]:
    """The runs of clocks at the end, matched by their clock, what they belong to, and their number."""

    def by_key(one: Went) -> dict[tuple[object, ...], Mapping[str, Any]]:
        return {(run["name"], run["case"], run["occurrence"]): run for run in one.shown["clocks"]}

    before, after = by_key(was), by_key(now)
    keys = [key for key in dict.fromkeys((*before, *after)) if key[0] in scheme.clocks]
    return [Run(scheme.clocks[str(key[0])], before.get(key), after.get(key)) for key in keys]


def _end(scheme: Scheme, last: Went) -> End:
    status, machines = last.shown["certificate"], scheme.machines
    held = machines["certificate"].states.get(status)
    cases = tuple(
        (in_language(machines[name].title), in_language(machines[name].states[state].title))
        for name, state in last.shown["cases"].items()
    )
    return End(in_language(held.title) if held else "", last.shown["valid_to"] or "", cases)
