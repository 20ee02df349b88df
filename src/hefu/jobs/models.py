"""The tables: workers that live, and rounds over all dossiers: when, how far, what was found."""

from __future__ import annotations

from django.db import models

NAME = 120


class WorkerRow(models.Model):
    """A worker. Its row is there as long as anybody believes it alive; one whose row is gone stops itself."""

    name = models.CharField(max_length=2 * NAME, primary_key=True)
    host = models.CharField(max_length=NAME)
    pid = models.PositiveIntegerField()
    started = models.DateTimeField()
    seen = models.DateTimeField()

    class Meta:
        """A handful of rows."""

        db_table = "hefu_worker"


class RoundRow(models.Model):
    """A round over all dossiers; `key` is the job that makes it, `by` whoever asked (empty: the schedule)."""

    key = models.CharField(max_length=NAME, primary_key=True)
    kind = models.CharField(max_length=NAME)
    on = models.DateField()
    by = models.CharField(max_length=NAME, blank=True)
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    dossiers = models.PositiveIntegerField(default=0)
    events = models.PositiveIntegerField(default=0)
    fault_count = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    problem = models.TextField(blank=True)

    class Meta:
        """The newest of each kind is what is asked for."""

        db_table = "hefu_round"
        indexes = (models.Index(fields=("kind", "started"), name="hefu_round_kind"),)
