"""What Django has to know of this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebBodiesConfig(AppConfig):
    """Templates, texts and static files; no tables."""

    name = "hefu.web.bodies"
    label = "hefu_web_bodies"

    def ready(self) -> None:
        """The entry of an administrator."""
        from hefu.web import nav  # noqa: PLC0415 - once the apps are there
        from hefu.web.staff.mine import manages  # noqa: PLC0415

        body = _("Administration")
        nav.add(nav.Entry("staff", body, 920, _("Settings"), "bodies:mine", "sliders", manages, slice="bodies"))
