"""django-fsm-2 with django-fsm-log: a case loaded, a transition with a condition, saved; a signal writes the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_fsm_log
from django.core.management import call_command
from django.db import connections, models, transaction
from django_fsm import FSMField, transition

from bench.course import STEPS, state
from bench.racers import ticket

if TYPE_CHECKING:
    from bench.course import Course, Track, Ways

WAYS = ("django-fsm-2 + fsm-log",)
_KINDS: dict[str, Any] = {}


def _allowed(_case: object) -> bool:
    return True


def _moving(field: Any, number: int) -> Any:  # noqa: ANN401 - the library ships no types
    def move(case: object) -> None:
        """The library itself sets the state."""

    move.__name__ = f"step_{number}"
    return transition(field=field, source=state(number), target=state(number + 1), conditions=[_allowed])(move)


def start(course: Course) -> None:
    """Django, the log's application, and a model with a transition for each step."""
    ticket.start(course, django_fsm_log.__name__)
    field = FSMField(default=state(0), protected=True)
    moves = {f"step_{number}": _moving(field, number) for number in range(STEPS)}
    meta = type("Meta", (), {"app_label": ticket.LABEL})
    body = {"__module__": __name__, "state": field, "Meta": meta, **moves}
    _KINDS["case"] = type("Case", (models.Model,), body)


def create(track: Track) -> None:
    """Its table, and those of the log."""
    ticket.create(track, *_KINDS.values())
    call_command("migrate", verbosity=0)
    connections["default"].close()


def ready(track: Track) -> Ways:
    """One way."""
    return {WAYS[0]: ticket.cases(track, _KINDS["case"], _step)}


def _step(name: int, number: int) -> None:
    with transaction.atomic():
        case = _KINDS["case"].objects.get(pk=name)
        getattr(case, f"step_{number}")()
        case.save()
