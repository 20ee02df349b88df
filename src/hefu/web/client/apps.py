"""What Django has to know of this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebClientConfig(AppConfig):
    """Templates, texts and static files; no tables."""

    name = "hefu.web.client"
    label = "hefu_web_client"

    def ready(self) -> None:
        """The entries of those outside a body."""
        from hefu.web import nav  # noqa: PLC0415 - once the apps are there

        work = _("My work")
        nav.add(
            nav.Entry("client", work, 10, _("My dossiers"), "client:home", "folder", nav.signed_in),
            nav.Entry("client", work, 20, _("Begin something new"), "client:begin", "plus", nav.signed_in),
        )
