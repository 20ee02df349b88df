"""What Django has to know of this part."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, texts and static files; a table that all processes share."""

    name = "hefu.web"
    label = "hefu_web"
    default_auto_field = "django.db.models.BigAutoField"
