"""What Django has to know of this part."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class WebAccountConfig(AppConfig):
    """Templates, texts and static files; no tables."""

    name = "hefu.web.account"
    label = "hefu_web_account"

    def ready(self) -> None:
        """What is kept of sessions; the entries under one's own name, those of an administrator and of an operator."""
        from allauth.account import signals  # noqa: PLC0415 - once the apps are there
        from allauth.usersessions.models import UserSession  # noqa: PLC0415

        from hefu.web import nav  # noqa: PLC0415
        from hefu.web.account import gate, presence  # noqa: PLC0415
        from hefu.web.staff.mine import manages  # noqa: PLC0415

        user_logged_in.connect(presence.arrived)
        pre_save.connect(presence.keep_the_network, sender=UserSession)
        for signal in (signals.password_changed, signals.password_set, signals.password_reset):
            signal.connect(presence.after_a_new_password)

        own, body = "", _("Administration")
        nav.add(
            nav.Entry("person", own, 10, _("Account"), "account:profile", "user", nav.signed_in),
            nav.Entry("person", own, 20, _("Sign-in and security"), "mfa_index", "lock", nav.signed_in),
            nav.Entry("person", own, 30, _("Organisations"), "account:organisations", "users", nav.signed_in),
            nav.Entry("person", own, 40, _("Interests"), "account:interests", "scale", gate.works_somewhere),
            nav.Entry("person", own, 50, _("Absence"), "account:absences", "calendar", gate.works_somewhere),
            nav.Entry("staff", body, 910, _("People and registers"), "account:bodies", "users", manages),
            nav.Entry("operator", body, 10, _("Bodies"), "account:bodies", "folder", gate.operates),
            nav.Entry("operator", body, 20, _("Organisations"), "account:claims", "users", gate.operates),
        )
