"""What Django has to know of this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from hefu.web import nav
from hefu.web.operator.door import is_operator


class WebOperatorConfig(AppConfig):
    """Templates, texts and static files; no tables."""

    name = "hefu.web.operator"
    label = "hefu_web_operator"

    def ready(self) -> None:
        """Stand in the operator's navigation, and in the menu of whoever is one."""
        nav.add(
            nav.Entry("operator", _("Installation"), 10, _("Operation"), "operator:page", "gauge", is_operator),
            nav.Entry("person", "", 90, _("Operation"), "operator:page", "gauge", is_operator),
        )
