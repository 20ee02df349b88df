"""What the Django racers share: settings of their own, a case as a row, a log row, and cases stepped one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django
from django.apps import apps
from django.conf import settings
from django.db import connections, models

from bench.course import STEPS
from hefu.site.database import database

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.course import Course, Track, Work

APPS = ("django.contrib.contenttypes", "django.contrib.auth")
LABEL = "ticket"
"""The name under which Django keeps models that belong to no installed application."""


def start(course: Course, *more: str) -> None:
    """Django with these applications, over the tracks."""
    held = {track.name: database(track.url, track.synchronous) for track in course.tracks}
    settings.configure(
        DATABASES={"default": next(iter(held.values())), **held},
        INSTALLED_APPS=[*APPS, *more],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()


def log_row() -> type[models.Model]:
    """A model of log rows: which case, from where, whither, by whom, when."""

    class Log(models.Model):
        """One step that was done."""

        case_id = models.BigIntegerField(db_index=True)
        at = models.DateTimeField(auto_now_add=True)
        actor = models.CharField(max_length=120)
        source = models.CharField(max_length=120)
        target = models.CharField(max_length=120)

        class Meta:
            """As the others."""

            app_label = LABEL

        def __str__(self) -> str:
            return f"{self.case_id}: {self.source} to {self.target}"

    return Log


def point(track: Track) -> None:
    """Let `default` be this track from now on: django-fsm-log knows no other database."""
    connections["default"].close()
    connections.settings["default"] = connections.settings[track.name]
    del connections["default"]
    apps.get_model("contenttypes", "ContentType").objects.clear_cache()  # it remembers rows of the database before


def create(track: Track, *kinds: type[models.Model]) -> None:
    """The tables of some models; leaves no connection behind."""
    point(track)
    with connections["default"].schema_editor() as editor:
        for kind in kinds:
            editor.create_model(kind)
    connections["default"].close()


def cases(track: Track, kind: Any, step: Callable[[int, int], None]) -> Callable[[int], Work]:  # noqa: ANN401 - a model
    """The way in which `step(case, number)` does each step of new cases."""

    def way(count: int) -> Work:
        point(track)
        names = [kind.objects.create().pk for _ in range(count)]

        def work() -> int:
            for name in names:
                for number in range(STEPS):
                    step(name, number)
            return len(names) * STEPS

        return work

    return way
