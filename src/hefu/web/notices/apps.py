"""What Django has to know of this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from hefu.web import nav


class WebNoticesConfig(AppConfig):
    """Templates, texts and static files; no tables."""

    name = "hefu.web.notices"
    label = "hefu_web_notices"

    def ready(self) -> None:
        """Stand in the menu under one's own name."""
        nav.add(nav.Entry("person", "", 20, _("Notices"), "notices:list", "bell", nav.signed_in))
