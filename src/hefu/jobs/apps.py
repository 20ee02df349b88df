"""What Django has to know of this part."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Its tables are named in models.py."""

    name = "hefu.jobs"
    label = "hefu_jobs"
