"""The table that all processes share (shared.py)."""

from __future__ import annotations

from django.db import models


class SharedRow(models.Model):
    """A value as JSON under a key that tells nothing, until an instant in seconds since 1970."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.TextField()
    until = models.BigIntegerField(db_index=True)

    class Meta:
        """Written by shared.py alone, in plain SQL."""

        db_table = "hefu_shared"
