"""What Django has to know of this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebPublicConfig(AppConfig):
    """Templates, texts and static files; no tables."""

    name = "hefu.web.public"
    label = "hefu_web_public"

    def ready(self) -> None:
        """The entries of the public side, and of those who hear what the public writes."""
        from hefu.web import nav  # noqa: PLC0415 - once the apps are there
        from hefu.web.public import hearing  # noqa: PLC0415 - as above

        nav.add(
            nav.Entry("public", "", 10, _("Certificates and lists"), "public:home", "search", also="/c/"),
            nav.Entry("public", "", 20, _("Rules and fees"), "public:rules", "book"),
            nav.Entry("public", "", 30, _("Announcements"), "public:announcements", "flag"),
            nav.Entry("public", "", 40, _("Complaints and appeals"), "public:complain", "mail"),
            nav.Entry(
                "staff", _("My work"), 60, _("From the public"), "public:intake", "mail", hearing.hears, hearing.waiting
            ),
        )
