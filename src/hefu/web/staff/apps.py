"""What Django has to know of this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebStaffConfig(AppConfig):
    """Templates, texts and static files; the tables of kept views."""

    name = "hefu.web.staff"
    label = "hefu_web_staff"

    def ready(self) -> None:
        """The entries of a body's people, their place in the head of the page, and where the box searches."""
        from hefu.web import nav, shell  # noqa: PLC0415 - once the apps are there
        from hefu.web.staff import ahead, desk, mine  # noqa: PLC0415

        work, held = _("My work"), _("Dossiers and certificates")
        nav.add(
            nav.Entry("staff", work, 10, _("Work list"), "staff:work", "inbox", mine.works_here, ahead.work),
            nav.Entry("staff", work, 20, _("Duties"), "staff:duties", "flag", mine.works_here, ahead.duties),
            nav.Entry("staff", work, 30, _("Calendar"), "staff:calendar", "calendar", mine.works_here),
            nav.Entry("staff", work, 40, _("Open a dossier"), "client:begin", "plus", mine.begins),
            nav.Entry("staff", held, 110, _("Dossiers"), "staff:dossiers", "folder", mine.works_here, slice="dossier"),
            nav.Entry("staff", held, 120, _("Certificates"), "staff:certificates", "stamp", mine.works_here),
        )
        shell.told_by(desk.desk)
        shell.search_at("staff:search", mine.works_here)
