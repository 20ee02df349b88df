"""The Django application of the store."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """Registered in hefu.site.settings."""

    name = "hefu.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"
