"""viewflow.fsm: the case loaded, a transition of its flow with a condition, saved with a log row by the flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bench.course import ACTOR, STEPS, state
from bench.racers import ticket

if TYPE_CHECKING:
    from bench.course import Course, Track, Ways

WAYS = ("viewflow.fsm + log row",)
_KINDS: dict[str, Any] = {}


def _allowed(_flow: object) -> bool:
    return True


def _flow(fsm: Any, log: Any) -> type:  # noqa: ANN401 - the library ships no types
    """The flow: a state, how it is read and set, and a transition for each step."""
    field = fsm.State(str, default=state(0))

    def move(number: int) -> Any:  # noqa: ANN401 - as above
        def step(flow: Any) -> None:  # noqa: ANN401 - as above
            """The library itself sets the state."""

        step.__name__ = f"step_{number}"
        return field.transition(source=state(number), target=state(number + 1), conditions=[_allowed])(step)

    class Flow:
        """A case under the library."""

        def __init__(self, case: Any) -> None:  # noqa: ANN401 - a model made at the start
            self.case = case

        @field.setter()
        def _set(self, value: str) -> None:
            self.case.state = value

        @field.getter()
        def _get(self) -> str:
            return str(self.case.state)

        @field.on_success()
        def _done(self, _descriptor: object, source: str, target: str) -> None:
            self.case.save()
            log.objects.create(case_id=self.case.pk, actor=ACTOR, source=source, target=target)

    return type("Steps", (Flow,), {"state": field, **{f"step_{number}": move(number) for number in range(STEPS)}})


def start(course: Course) -> None:
    """Django, viewflow, two models and the flow."""
    ticket.start(course, "viewflow")
    from viewflow import fsm  # noqa: PLC0415 - it needs Django to be ready

    class Case(models.Model):
        """A case."""

        state = models.CharField(max_length=120, default=state(0))

        class Meta:
            """As the others."""

            app_label = ticket.LABEL

        def __str__(self) -> str:
            return self.state

    log = ticket.log_row()
    _KINDS.update(case=Case, log=log, flow=_flow(fsm, log))


def create(track: Track) -> None:
    """Their tables."""
    ticket.create(track, _KINDS["case"], _KINDS["log"])


def ready(track: Track) -> Ways:
    """One way."""
    return {WAYS[0]: ticket.cases(track, _KINDS["case"], _step)}


def _step(name: int, number: int) -> None:
    with transaction.atomic():
        flow = _KINDS["flow"](_KINDS["case"].objects.get(pk=name))
        getattr(flow, f"step_{number}")()
