"""The tables: entries and steps, which anybody may read and which come from the journals alone; and the intake.

Whatever stands in an entry or a step is public (public.py). The intake holds what people write to a body: it is seen
by those of the body's people whose task it is, and its state by whoever wrote it.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

NAME = 120
LINE = 400
ADDRESS = 16
"""Characters of a public address."""


def _name(**more: Any) -> models.CharField[str, str]:  # noqa: ANN401 - the options of a field
    return models.CharField(max_length=NAME, **more)


def _line(**more: Any) -> models.CharField[str, str]:  # noqa: ANN401 - the options of a field
    return models.CharField(max_length=LINE, **more)


class EntryRow(models.Model):
    """A certificate, or an entry of a list, as one line. `words` is what a search looks through, `key` the number.

    The key is an integer of its own, because the index of words (migrations/0002) goes by it.
    """

    id = models.BigAutoField(primary_key=True)
    public = models.CharField(max_length=ADDRESS, unique=True)
    dossier = _name()
    place = models.PositiveIntegerField()
    body = _name()
    scheme = _name()
    version = _name()
    number = _line()
    key = _line()
    holder = _line()
    uscc = _line()
    unit = _line()
    status = _name()
    since = models.DateField()
    granted = models.DateField()
    ended = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    prints = models.PositiveIntegerField()
    moved = models.DateTimeField()
    words = models.TextField()

    class Meta:
        """Found by number, by code, by body, scheme and status; the newest change first."""

        db_table = "hefu_entry"
        constraints = (models.UniqueConstraint(fields=("dossier", "place"), name="hefu_entry_once"),)
        indexes = (
            models.Index(fields=("key",), name="hefu_entry_key"),
            models.Index(fields=("uscc",), name="hefu_entry_uscc"),
            models.Index(fields=("body", "scheme", "status"), name="hefu_entry_status"),
            models.Index(F("since").desc(), F("id").desc(), name="hefu_entry_since"),
            models.Index(F("granted").desc(), F("id").desc(), name="hefu_entry_granted"),
            models.Index(fields=("valid_to", "id"), name="hefu_entry_valid"),
            models.Index(fields=("moved",), name="hefu_entry_moved"),
        )


class ShownRow(models.Model):
    """The public fields of an entry, as JSON; apart from the line, so that a search reads little."""

    entry = models.OneToOneField(
        EntryRow,
        models.DO_NOTHING,
        to_field="public",
        primary_key=True,
        related_name="shown",
        db_constraint=False,
    )
    fields = models.TextField()

    class Meta:
        """Read with its entry."""

        db_table = "hefu_entry_shown"


class StepRow(models.Model):
    """An act that the public hears of: a change of status, a new print, a publication. `entry` is empty before one."""

    id = models.BigAutoField(primary_key=True)
    public = models.CharField(max_length=ADDRESS, unique=True)
    dossier = _name()
    number = models.PositiveIntegerField()
    entry = models.CharField(max_length=ADDRESS)
    body = _name()
    scheme = _name()
    version = _name()
    act = _name()
    name = _name()
    zh = models.TextField()
    en = models.TextField()
    on = models.DateField()
    status = _name()
    print = _name()
    holder = _line()
    uscc = _line()
    unit = _line()
    shown = models.TextField()
    clauses = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """Found by entry in the order of the journal; the published ones by day."""

        db_table = "hefu_step"
        constraints = (models.UniqueConstraint(fields=("dossier", "number"), name="hefu_step_once"),)
        indexes = (
            models.Index(fields=("entry", "number"), name="hefu_step_entry"),
            models.Index(F("on").desc(), F("id").desc(), condition=~Q(name=""), name="hefu_step_published"),
            models.Index(fields=("body", "scheme", "name"), condition=~Q(name=""), name="hefu_step_kind"),
        )


class IntakeRow(models.Model):
    """What somebody from the public has written to a body; `secret` is a hash. See intake.py for its states."""

    id = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=ADDRESS, unique=True)
    secret = models.CharField(max_length=64)
    kind = _name()
    body = _name()
    scheme = _name(blank=True)
    entry = models.CharField(max_length=ADDRESS, blank=True)
    about = models.CharField(max_length=ADDRESS, blank=True)
    dossier = _name(blank=True)
    name = models.CharField(max_length=NAME, blank=True)
    contact = models.CharField(max_length=LINE, blank=True)
    text = models.TextField()
    received = models.DateTimeField()
    state = _name()

    class Meta:
        """Found by reference; by body and state, the oldest first."""

        db_table = "hefu_intake"
        indexes = (models.Index(fields=("body", "state", "received"), name="hefu_intake_waiting"),)


class IntakeNote(models.Model):
    """Something that was done with what somebody wrote; `who` is the key of one of the body's people."""

    id = models.BigAutoField(primary_key=True)
    intake = models.ForeignKey(IntakeRow, models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    did = _name()
    who = _name(blank=True)
    act = _name(blank=True)
    dossier = _name(blank=True)
    text = models.TextField(blank=True)

    class Meta:
        """Read with its intake, in order."""

        db_table = "hefu_intake_note"
