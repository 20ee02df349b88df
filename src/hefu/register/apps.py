"""What Django has to know of this part."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Its tables are named in models.py."""

    name = "hefu.register"
    label = "hefu_register"

    def ready(self) -> None:
        """Have the register written with every act."""
        from hefu.dossiers.listeners import listen  # noqa: PLC0415 - its tables need Django to be ready
        from hefu.register.project import keep  # noqa: PLC0415 - as above

        listen(keep)
