"""What Django has to know of this part."""

from django.apps import AppConfig


class WebDossierConfig(AppConfig):
    """Templates, texts and static files; no tables."""

    name = "hefu.web.dossier"
    label = "hefu_web_dossier"
