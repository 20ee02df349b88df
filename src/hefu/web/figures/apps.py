"""What Django has to know of this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebFiguresConfig(AppConfig):
    """Templates and texts; no tables."""

    name = "hefu.web.figures"
    label = "hefu_web_figures"

    def ready(self) -> None:
        """The entry of a body's people."""
        from hefu.web import nav  # noqa: PLC0415 - once the apps are there
        from hefu.web.staff.mine import works_here  # noqa: PLC0415

        held = _("Dossiers and certificates")
        nav.add(nav.Entry("staff", held, 130, _("Figures"), "figures:figures", "chart", works_here))
