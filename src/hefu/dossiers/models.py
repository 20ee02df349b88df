"""The tables: dossiers, their journal and its folded state, the rows that lists read, the outbox, the keys.

The journal is the only truth; everything else can be made again from it (rebuild.py), but for refusals, of which no
journal tells. Texts that are hashed or decoded
are kept as text, never as a JSON type, because a database that parses them would not give the same bytes back. There
are no foreign key constraints: every row is written together with its dossier, and `audit` looks for orphans.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

NAME = 120
"""Characters of an id or a code: dossiers, cases, acts, roles, people."""


def _name(**more: Any) -> models.CharField[str, str]:  # noqa: ANN401 - the options of a field
    return models.CharField(max_length=NAME, **more)


def _dossier() -> models.ForeignKey[DossierRow, DossierRow]:
    """The dossier of a row; its primary key begins with it, so it needs no index of its own."""
    return models.ForeignKey(DossierRow, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)


class DossierRow(models.Model):
    """One dossier. `version` counts its events, `head` is the hash of the last, `wakes` the next day that matters."""

    id = _name(primary_key=True)
    body = _name()
    scheme = _name()
    title = models.TextField()
    settings = models.TextField(default="{}")
    opened = models.DateField()
    version = models.PositiveIntegerField()
    head = models.BinaryField(max_length=32)
    last = models.DateField()
    wakes = models.DateField(null=True)
    status = _name()

    class Meta:
        """Found by the sweep through `wakes`, by lists through body and status."""

        db_table = "hefu_dossier"
        indexes = (
            models.Index(fields=("wakes",), condition=Q(wakes__isnull=False), name="hefu_dossier_wakes"),
            models.Index(fields=("body", "status"), name="hefu_dossier_status"),
        )


class JournalRow(models.Model):
    """The events `number` to `version`: an act, or what time brought. A trigger refuses to change or delete it."""

    pk = models.CompositePrimaryKey("dossier_id", "number")
    dossier = _dossier()
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = _name()
    events = models.TextField()
    given = models.TextField()
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        """Read by dossier, in the order of the numbers."""

        db_table = "hefu_journal"


class RefusalRow(models.Model):
    """An act that was handed in and refused (refusals.py), never changed nor deleted (a trigger refuses it).

    `digest` is of the day, the person, the act and the reasons, so that the same refusal stands once; `codes` are those
    of the reasons, a space between them, `reasons` their JSON.
    """

    pk = models.CompositePrimaryKey("dossier_id", "digest")
    dossier = _dossier()
    digest = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    on = models.DateField()
    actor = _name()
    act = _name()
    item = _name()
    codes = models.TextField()
    reasons = models.TextField()

    class Meta:
        """Read by dossier; counted over a stretch of days."""

        db_table = "hefu_refusal"
        indexes = (models.Index(fields=("on",), name="hefu_refusal_on"),)


class StateRow(models.Model):
    """The fold of the first `version` events of a dossier; the few after them are folded when it is loaded."""

    dossier = models.OneToOneField(
        DossierRow, models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )
    version = models.PositiveIntegerField()
    state = models.TextField()

    class Meta:
        """Apart from the dossier's row: SQLite writes a whole row again for each change in it."""

        db_table = "hefu_state"


class CaseRow(models.Model):
    """A case as lists show it; `last` is the day of the last act on it."""

    pk = models.CompositePrimaryKey("dossier_id", "case")
    dossier = _dossier()
    case = _name()
    process = _name()
    version = _name()
    state = _name()
    opened = models.DateField()
    outcome = _name()
    last = models.DateField()

    class Meta:
        """Found by process and state; one that has ended, by the day of its last act."""

        db_table = "hefu_case"
        indexes = (
            models.Index(fields=("process", "state"), name="hefu_case_state"),
            models.Index(fields=("last",), condition=~Q(outcome=""), name="hefu_case_last"),
        )


class CertificateRow(models.Model):
    """A certificate, or the entry of a list; `place` counts those of one dossier from 0, the newest is the present."""

    pk = models.CompositePrimaryKey("dossier_id", "place")
    dossier = _dossier()
    place = models.PositiveIntegerField()
    number = models.CharField(max_length=400)
    status = _name()
    since = models.DateField()
    valid_to = models.DateField(null=True)
    prints = models.PositiveIntegerField()

    class Meta:
        """Found by number, and by status and last day."""

        db_table = "hefu_certificate"
        indexes = (
            models.Index(fields=("number",), name="hefu_certificate_number"),
            models.Index(fields=("status", "valid_to"), name="hefu_certificate_valid"),
        )


class ClockRow(models.Model):
    """A clock that runs or is unmet; `owner` and `kind` are the scheme's words, `run` is the whole run (state.py)."""

    pk = models.CompositePrimaryKey("dossier_id", "key")
    dossier = _dossier()
    key = models.CharField(max_length=3 * NAME)
    name = _name()
    scope = _name()
    due = models.DateField()
    latest = models.DateField()
    status = _name()
    provisional = models.BooleanField()
    calendar = _name()
    owner = _name()
    kind = _name()
    run = models.TextField()

    class Meta:
        """Found by the day on which it is due; by the calendar on which a provisional day rests."""

        db_table = "hefu_clock"
        indexes = (
            models.Index(fields=("status", "due"), name="hefu_clock_due"),
            models.Index(fields=("calendar",), condition=Q(provisional=True), name="hefu_clock_provisional"),
        )


class EndedRow(models.Model):
    """A clock that is over: when, whether too late, and the days that it took in its own unit."""

    pk = models.CompositePrimaryKey("dossier_id", "key")
    dossier = _dossier()
    key = models.CharField(max_length=3 * NAME)
    name = _name()
    kind = _name()
    scope = _name()
    due = models.DateField()
    ended = models.DateField()
    status = _name()
    late = models.BooleanField()
    gross = models.PositiveIntegerField()
    stopped = models.PositiveIntegerField()
    net = models.PositiveIntegerField()
    body = _name()
    scheme = _name()

    class Meta:
        """Counted by body, scheme and name over a stretch of time."""

        db_table = "hefu_ended"
        indexes = (models.Index(fields=("body", "scheme", "ended"), name="hefu_ended_body"),)


class WorkRow(models.Model):
    """Something that waits for a role (work.py): a duty, a case or item whose turn it is, a limit to keep."""

    pk = models.CompositePrimaryKey("dossier_id", "key", "role")
    dossier = _dossier()
    key = models.CharField(max_length=3 * NAME)
    role = _name()
    kind = _name()
    process = _name()
    machine = _name()
    state = _name()
    case = _name()
    item = _name()
    name = _name()
    ground = _name()
    clock = models.CharField(max_length=3 * NAME)
    since = models.DateField()
    due = models.DateField(null=True)
    status = _name()
    body = _name()
    scheme = _name()

    class Meta:
        """Found by the role that it waits for, in a body and scheme, once its time has come; duties by themselves."""

        db_table = "hefu_work"
        indexes = (
            models.Index(fields=("body", "scheme", "role", "since", "due", "kind", "status"), name="hefu_work_role"),
            models.Index(fields=("body", "scheme", "role", "due"), condition=Q(kind="duty"), name="hefu_work_duty"),
        )


class VisitRow(models.Model):
    """A day, or several, on which somebody is out for a case; `person` is empty while nobody is appointed."""

    pk = models.CompositePrimaryKey("dossier_id", "case", "field", "person", "start", "end")
    dossier = _dossier()
    case = _name()
    field = _name()
    person = models.CharField(max_length=400)
    start = models.DateField()
    end = models.DateField()

    class Meta:
        """Found by day, and by person."""

        db_table = "hefu_visit"
        indexes = (
            models.Index(fields=("start",), name="hefu_visit_start"),
            models.Index(fields=("person", "start"), name="hefu_visit_person"),
        )


class DutyRow(models.Model):
    """An act that somebody must do or decide."""

    pk = models.CompositePrimaryKey("dossier_id", "key")
    dossier = _dossier()
    key = models.CharField(max_length=3 * NAME)
    act = _name()
    ground = _name()
    role = _name()
    case = _name()
    raised = models.DateField()
    due = models.DateField()

    class Meta:
        """Found by the role that it waits for, the most urgent first."""

        db_table = "hefu_duty"
        indexes = (models.Index(fields=("role", "due"), name="hefu_duty_due"),)


class SubjectRow(models.Model):
    """What a dossier is about, as lists show it: holder, certified unit; `words` is what a search looks through.

    The row has a number of its own, by which the index of a search knows it (search.py).
    """

    id = models.BigAutoField(primary_key=True)
    dossier = models.OneToOneField(DossierRow, models.DO_NOTHING, related_name="subject", db_constraint=False)
    holder = models.CharField(max_length=400)
    uscc = models.CharField(max_length=400)
    unit = models.CharField(max_length=400)
    words = models.TextField()

    class Meta:
        """Found by dossier and by code."""

        db_table = "hefu_subject"
        indexes = (models.Index(fields=("uscc",), name="hefu_subject_uscc"),)


class PartyRow(models.Model):
    """Somebody who is a party to a case (empty: to the certificate).

    `key` is a person's, without a role; or an organisation's credit code, or its name, with the role that it has.
    """

    pk = models.CompositePrimaryKey("dossier_id", "case", "key", "role")
    dossier = _dossier()
    case = _name()
    key = models.CharField(max_length=400)
    role = _name()

    class Meta:
        """Found by key: which dossiers may somebody see."""

        db_table = "hefu_party"
        indexes = (models.Index(fields=("key", "role"), name="hefu_party_key"),)


class FactRow(models.Model):
    """A row of a fact that this dossier tells to the others of its body (rules/gathered.py), as JSON."""

    pk = models.CompositePrimaryKey("dossier_id", "fact", "place")
    dossier = _dossier()
    fact = _name()
    place = models.PositiveIntegerField()
    row = models.TextField()

    class Meta:
        """Found by fact."""

        db_table = "hefu_fact"
        indexes = (models.Index(fields=("fact",), name="hefu_fact_name"),)


class OutboxRow(models.Model):
    """An event that must reach somebody outside: which one, and how far its delivery has got."""

    pk = models.CompositePrimaryKey("dossier_id", "number")
    dossier = _dossier()
    number = models.PositiveIntegerField()
    kind = _name()
    delivered = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    problem = models.TextField(default="")

    class Meta:
        """The undelivered ones are found through an index that holds no others."""

        db_table = "hefu_outbox"
        indexes = (
            models.Index(fields=("dossier", "number"), condition=Q(delivered__isnull=True), name="hefu_outbox_open"),
        )


class KeyRow(models.Model):
    """An idempotency key that was used: by whom, for what (`digest`), and the events that came of it."""

    pk = models.CompositePrimaryKey("actor", "key")
    actor = _name()
    key = _name()
    digest = models.BinaryField(max_length=32)
    dossier = _dossier()
    first = models.PositiveIntegerField()
    version = models.PositiveIntegerField()

    class Meta:
        """Read by its primary key only."""

        db_table = "hefu_key"


class SerialRow(models.Model):
    """The last serial that a body has given to a dossier under a scheme in a year."""

    body = _name()
    scheme = _name()
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        """One a body, scheme and year."""

        db_table = "hefu_serial"
        constraints = (models.UniqueConstraint(fields=("body", "scheme", "year"), name="hefu_serial_once"),)
