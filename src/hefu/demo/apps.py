"""What Django has to know of this part."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The pages on which somebody chooses whom to be; no tables."""

    name = "hefu.demo"
    label = "hefu_demo"
