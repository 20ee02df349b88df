"""Django with a conditional update: the guard is the WHERE of filter().update(), then a log row; one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from bench.course import ACTOR, GuardError, state
from bench.racers import ticket

if TYPE_CHECKING:
    from bench.course import Course, Track, Ways

WAYS = ("Django update() + log row",)
_KINDS: dict[str, Any] = {}


def start(course: Course) -> None:
    """Django and two models."""
    ticket.start(course)

    class Case(models.Model):
        """A case."""

        state = models.CharField(max_length=120, default=state(0))

        class Meta:
            """As the others."""

            app_label = ticket.LABEL

        def __str__(self) -> str:
            return self.state

    _KINDS.update(case=Case, log=ticket.log_row())


def create(track: Track) -> None:
    """Their tables."""
    ticket.create(track, *_KINDS.values())


def ready(track: Track) -> Ways:
    """One way."""
    return {WAYS[0]: ticket.cases(track, _KINDS["case"], _step)}


def _step(name: int, number: int) -> None:
    source, target = state(number), state(number + 1)
    with transaction.atomic():
        moved = _KINDS["case"].objects.filter(pk=name, state=source).update(state=target)
        if moved != 1:
            raise GuardError(f"case {name} is not in {source}")
        _KINDS["log"].objects.create(case_id=name, actor=ACTOR, source=source, target=target)
