"""What Django has to know of this part."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Its tables are named in models.py."""

    name = "hefu.people"
    label = "hefu_people"
