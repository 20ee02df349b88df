"""What Django has to know of this part."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Its tables are named in models.py."""

    name = "hefu.notices"
    label = "hefu_notices"
