"""The Django application of the store."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

PREPARED = 400
"""Statements that a connection to PostgreSQL keeps prepared. What an act writes is one of some three hundred; with
psycopg's own hundred the rare ones would push each other out."""


class DossiersConfig(AppConfig):
    """Registered in hefu.site.settings."""

    name = "hefu.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have every new connection keep the statements of acts."""
        connection_created.connect(keep_prepared)


def keep_prepared(connection: Any, **_signal: object) -> None:  # noqa: ANN401 - one of two drivers, as Django sends it
    """Let a connection of psycopg keep more statements prepared than it would."""
    if connection.vendor == "postgresql":
        connection.connection.prepared_max = PREPARED
