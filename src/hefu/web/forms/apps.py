"""What Django has to know of this part."""

from django.apps import AppConfig


class WebFormsConfig(AppConfig):
    """Forms of acts, and their drafts."""

    name = "hefu.web.forms"
    label = "hefu_web_forms"

    def ready(self) -> None:
        """Files that a draft names are not cleared away."""
        from hefu.papers.uploads import needed_by  # noqa: PLC0415 - once the apps are there
        from hefu.web.forms import drafts  # noqa: PLC0415

        needed_by(drafts.named_uploads)
