"""Replay: run a scenario step by step against the core and hold each step against what it expects.

Before each step time passes (`due`), then the step's act is decided. The result is the JSON of the contract.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules.clocks import reading
from hefu.rules.decide import Act, Decision, decide
from hefu.rules.dossier import Dossier
from hefu.rules.due import due
from hefu.rules.replay.expect import failures
from hefu.rules.replay.sample import filled
from hefu.rules.versions import governing
from hefu.rules.view import Actor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hefu.rules.events import Event
    from hefu.rules.load.grammar import Step
    from hefu.rules.model import Scheme
    from hefu.rules.refusal import Refusal
    from hefu.rules.replay.scenario import Script

NOBODY = Actor("", frozenset())


class Moment(NamedTuple):
    """One step as it went: what time brought, what the act brought, and the dossier after it."""

    step: Step
    passed: tuple[Event, ...]
    decision: Decision | None
    dossier: Dossier

    @property
    def events(self) -> tuple[Event, ...]:
        return (*self.passed, *(self.decision.events if self.decision else ()))

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        return self.decision.refusals if self.decision else ()

    @property
    def outcome(self) -> str:
        if self.decision is None:
            return "time"
        return "ok" if self.decision.ok else "refused"


def moments(scheme: Scheme, script: Script, versions: Mapping[str, Scheme] | None = None) -> list[Moment]:
    """Run every step; a refused one leaves the dossier as it was and the story goes on.

    With several `versions` of the scheme each act follows the one that governs it.
    """
    dossier = Dossier(scheme.ref)
    versions = versions or {scheme.version: scheme}
    found = []
    for step, people in zip(script.scenario.steps, script.cast, strict=True):
        facts = {**script.scenario.facts, **step.facts}
        passed = due(scheme, dossier, step.on, facts, people, versions)
        dossier = passed.dossier
        decision = None
        if step.do is not None:
            by = people.get(step.by or "", NOBODY)
            act = Act(step.do, by, step.with_, step.item or "", facts, people)
            law = governing(versions, dossier, act, step.on) if len(versions) > 1 else scheme
            if script.scenario.fill == "sample":
                act = act._replace(form=filled(law, dossier, act, step.on))
            decision = decide(law, dossier, act, step.on)
            dossier = decision.dossier
        found.append(Moment(step, passed.events, decision, dossier))
    return found


def replay(
    scheme: Scheme, script: Script, language: str = "zh", versions: Mapping[str, Scheme] | None = None
) -> dict[str, Any]:
    """The result of a scenario as JSON-ready data, with what failed."""
    steps, failed = [], []
    for number, moment in enumerate(moments(scheme, script, versions), 1):
        shown = as_json(scheme, moment, number, language)
        steps.append(shown)
        failed += failures(number, moment, shown)
    return {"file": script.name, "ok": not failed, "steps": steps, "failures": failed}


def as_json(scheme: Scheme, moment: Moment, number: int, language: str) -> dict[str, Any]:
    """One step in the shape of the contract."""
    dossier, events = moment.dossier, moment.events
    return {
        "n": number,
        "on": moment.step.on.isoformat(),
        "do": moment.step.do,
        "outcome": moment.outcome,
        "events": [{"type": event.type, "name": event.name, "clauses": list(event.clauses)} for event in events],
        "refusals": [item.as_data(language) for item in moment.refusals],
        "cases": {name: dossier.cases[case].state for name, case in dossier.newest.items() if case in dossier.cases},
        "certificate": dossier.status,
        "valid_to": _valid_to(dossier),
        "items": {item.id: item.state for item in dossier.items_of()},
        "clocks": clocks(scheme, dossier, moment.step.on),
        "duties": [
            {"act": duty.act.removeprefix("certificate."), "ground": duty.ground, "due": duty.due.isoformat(),
             "role": duty.role, "clauses": list(duty.clauses)}
            for duty in dossier.duties.values()
        ],
        "documents": _names(events, "document-made"),
        "notices": _names(events, "notice-sent"),
        "published": _names(events, "published"),
    }  # fmt: skip


def _valid_to(dossier: Dossier) -> str | None:
    day: date | None = dossier.certificate.data.get("valid_to") if dossier.certificate else None
    return day.isoformat() if day else None


def _names(events: tuple[Event, ...], kind: str) -> list[str]:
    return [event.name for event in events if event.type == kind]


def clocks(scheme: Scheme, dossier: Dossier, now: date) -> list[dict[str, Any]]:
    """Every run of every clock, as the contract shows one; oldest first."""
    runs = [run for run in (*dossier.ended.values(), *dossier.live.values()) if run.status != "dropped"]
    return [
        _clock(scheme, run, now) for run in sorted(runs, key=lambda item: (item.started, item.name, item.occurrence))
    ]


def _clock(scheme: Scheme, run: Any, now: date) -> dict[str, Any]:  # noqa: ANN401 - a ClockRun
    read = reading(scheme, run, now)
    clock = scheme.clocks.get(run.name)
    return {
        "name": run.name, "case": run.scope, "occurrence": run.occurrence, "started": run.started.isoformat(),
        "due": run.due.isoformat(), "latest": run.latest.isoformat(), "status": run.status,
        "gross": read.gross, "stopped": read.stopped, "net": read.net, "provisional": run.provisional,
        "clauses": list(clock.clauses) if clock else [],
    }  # fmt: skip
