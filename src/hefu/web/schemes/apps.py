"""What Django has to know of this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebSchemesConfig(AppConfig):
    """Templates, texts and static files; no tables."""

    name = "hefu.web.schemes"
    label = "hefu_web_schemes"

    def ready(self) -> None:
        """The entry of a body's people."""
        from hefu.web import nav  # noqa: PLC0415 - once the apps are there
        from hefu.web.staff import mine  # noqa: PLC0415

        nav.add(
            nav.Entry("staff", _("Administration"), 905, _("Schemes"), "schemes:list", "scale", mine.works_here),
        )  # fmt: skip
