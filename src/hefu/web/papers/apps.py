"""What Django has to know of this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebPapersConfig(AppConfig):
    """Templates, texts and static files; no tables."""

    name = "hefu.web.papers"
    label = "hefu_web_papers"

    def ready(self) -> None:
        """My files, under one's own name; the body's wording in the notes of clauses."""
        from hefu.web import nav, notes  # noqa: PLC0415 - once the apps are there
        from hefu.web.papers import wording  # noqa: PLC0415
        from hefu.web.staff.mine import manages  # noqa: PLC0415

        notes.quoted_by(wording.quotes)
        nav.add(
            nav.Entry("person", "", 40, _("My files"), "papers:uploads", "upload", nav.signed_in),
            nav.Entry("staff", _("Administration"), 930, _("Official wording"), "papers:wordings", "book", manages,
                      pages=("papers:wording",)),
        )  # fmt: skip
