"""What Django has to know of this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """The pages on which somebody chooses whom to be; no tables."""

    name = "hefu.demo"
    label = "hefu_demo"

    def ready(self) -> None:
        """The way back to the choice, from wherever somebody is."""
        from hefu.web import nav  # noqa: PLC0415 - once the apps are there

        nav.add(
            nav.Entry("public", "", 90, _("Choose whom to be"), "demo:choose", "users"),
            nav.Entry("person", "", 0, _("Be somebody else"), "demo:choose", "users"),
        )
