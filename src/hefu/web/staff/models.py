"""The tables of these pages: views of the work list that somebody has kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

NAME = 60
"""Characters of the name of a view: it stands on a tab."""


class SavedView(models.Model):
    """A view of the work list under a name, for one person; `query` is what it asks for, as in its address."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=NAME)
    query = models.CharField(max_length=1000)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        """A name stands once for a person."""

        db_table = "hefu_saved_view"
        constraints = (models.UniqueConstraint(fields=("account", "name"), name="hefu_saved_view_once"),)
