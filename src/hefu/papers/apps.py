"""What Django has to know of this part."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Its tables are named in models.py."""

    name = "hefu.papers"
    label = "hefu_papers"
