"""A desk: where acts are handed in and days go by, as the application does it, keeping the whole journal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hefu.rules.decide import Act, Decision, decide
from hefu.rules.dossier import Dossier
from hefu.rules.due import due
from hefu.rules.replay.sample import filled
from tests.rules.personas import EVERYBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hefu.rules.dossier import ClockRun
    from hefu.rules.events import Event
    from hefu.rules.model import Scheme
    from hefu.rules.view import Actor


def day(text: str | date) -> date:
    return text if isinstance(text, date) else date.fromisoformat(text)


class Desk:
    """One dossier under one scheme."""

    def __init__(self, scheme: Scheme, people: Mapping[str, Actor] | None = None, **facts: object) -> None:
        self.scheme, self.facts = scheme, facts
        self.people = EVERYBODY if people is None else people
        self.dossier = Dossier(scheme.ref)
        self.journal: list[Event] = []

    def wait(self, until: str | date) -> tuple[Event, ...]:
        """Let time pass."""
        passed = due(self.scheme, self.dossier, day(until), self.facts, self.people)
        self.dossier = passed.dossier
        self.journal += passed.events
        return passed.events

    def ask(  # noqa: PLR0913 - the parts of an act
        self,
        on: str | date,
        by: Actor,
        do: str,
        form: Mapping[str, Any] | None = None,
        item: str = "",
        *,
        fill: bool = False,
    ) -> Decision:
        """Hand in an act after its day has come; the answer may be no."""
        self.wait(on)
        act = Act(do, by, form or {}, item, self.facts, self.people)
        if fill:
            act = act._replace(form=filled(self.scheme, self.dossier, act, day(on)))
        decision = decide(self.scheme, self.dossier, act, day(on))
        self.dossier = decision.dossier
        self.journal += decision.events
        return decision

    def do(self, on: str | date, by: Actor, do: str, form: Mapping[str, Any] | None = None, item: str = "") -> Decision:
        """Hand in an act that must succeed."""
        decision = self.ask(on, by, do, form, item)
        assert decision.ok, [(refusal.code, refusal.message.en) for refusal in decision.refusals]
        return decision

    def clock(self, name: str) -> ClockRun:
        """The newest run of a clock."""
        return self.dossier.clocks(name)[-1]

    @property
    def duties(self) -> list[str]:
        return sorted(duty.act for duty in self.dossier.duties.values())


def codes(decision: Decision) -> list[str]:
    return [refusal.code for refusal in decision.refusals]


def types(events: Iterable[Event]) -> list[str]:
    return [event.type for event in events]
