"""What Django has to know of this part."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, texts and static files; no tables."""

    name = "hefu.web"
    label = "hefu_web"
