"""The tables of the store, as models.py has them."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def _dossier() -> Any:  # noqa: ANN401 - a field, as all of these
    return models.ForeignKey(
        to="dossiers.dossierrow",
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )


def _name(length: int = 120) -> Any:  # noqa: ANN401
    return models.CharField(max_length=length)


def _count() -> Any:  # noqa: ANN401
    return models.PositiveIntegerField()


def _day() -> Any:  # noqa: ANN401
    return models.DateField()


def _hash() -> Any:  # noqa: ANN401
    return models.BinaryField(max_length=32)


def _pk(*names: str) -> tuple[str, models.CompositePrimaryKey]:
    return "pk", models.CompositePrimaryKey(*names, blank=True, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    """The first tables."""

    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            "DossierRow",
            fields=[
                ("id", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("body", _name()),
                ("scheme", _name()),
                ("title", models.TextField()),
                ("settings", models.TextField(default="{}")),
                ("opened", _day()),
                ("version", _count()),
                ("head", _hash()),
                ("last", _day()),
                ("wakes", models.DateField(null=True)),
                ("status", _name()),
            ],
            options={
                "db_table": "hefu_dossier",
                "indexes": [
                    models.Index(fields=["wakes"], condition=Q(wakes__isnull=False), name="hefu_dossier_wakes"),
                    models.Index(fields=["body", "status"], name="hefu_dossier_status"),
                ],
            },
        ),
        migrations.CreateModel(
            "JournalRow",
            fields=[
                _pk("dossier_id", "number"),
                ("dossier", _dossier()),
                ("number", _count()),
                ("at", models.DateTimeField()),
                ("actor", _name()),
                ("event", models.TextField()),
                ("given", models.TextField()),
                ("previous", _hash()),
                ("hash", _hash()),
            ],
            options={"db_table": "hefu_journal"},
        ),
        migrations.CreateModel(
            "StateRow",
            fields=[
                (
                    "dossier",
                    models.OneToOneField(
                        to="dossiers.dossierrow",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        serialize=False,
                        related_name="+",
                        db_constraint=False,
                    ),
                ),
                ("version", _count()),
                ("state", models.TextField()),
            ],
            options={"db_table": "hefu_state"},
        ),
        migrations.CreateModel(
            "CaseRow",
            fields=[
                _pk("dossier_id", "case"),
                ("dossier", _dossier()),
                ("case", _name()),
                ("process", _name()),
                ("version", _name()),
                ("state", _name()),
                ("opened", _day()),
                ("outcome", _name()),
            ],
            options={
                "db_table": "hefu_case",
                "indexes": [models.Index(fields=["process", "state"], name="hefu_case_state")],
            },
        ),
        migrations.CreateModel(
            "CertificateRow",
            fields=[
                _pk("dossier_id", "place"),
                ("dossier", _dossier()),
                ("place", _count()),
                ("number", models.CharField(max_length=400)),
                ("status", _name()),
                ("since", _day()),
                ("valid_to", models.DateField(null=True)),
                ("prints", _count()),
            ],
            options={
                "db_table": "hefu_certificate",
                "indexes": [
                    models.Index(fields=["number"], name="hefu_certificate_number"),
                    models.Index(fields=["status", "valid_to"], name="hefu_certificate_valid"),
                ],
            },
        ),
        migrations.CreateModel(
            "ClockRow",
            fields=[
                _pk("dossier_id", "key"),
                ("dossier", _dossier()),
                ("key", _name(360)),
                ("name", _name()),
                ("scope", _name()),
                ("due", _day()),
                ("latest", _day()),
                ("status", _name()),
                ("provisional", models.BooleanField()),
                ("calendar", _name()),
            ],
            options={
                "db_table": "hefu_clock",
                "indexes": [
                    models.Index(fields=["status", "due"], name="hefu_clock_due"),
                    models.Index(fields=["calendar"], condition=Q(provisional=True), name="hefu_clock_provisional"),
                ],
            },
        ),
        migrations.CreateModel(
            "DutyRow",
            fields=[
                _pk("dossier_id", "key"),
                ("dossier", _dossier()),
                ("key", _name(360)),
                ("act", _name()),
                ("ground", _name()),
                ("role", _name()),
                ("case", _name()),
                ("raised", _day()),
                ("due", _day()),
            ],
            options={
                "db_table": "hefu_duty",
                "indexes": [models.Index(fields=["role", "due"], name="hefu_duty_due")],
            },
        ),
        migrations.CreateModel(
            "OutboxRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("dossier", _dossier()),
                ("number", _count()),
                ("kind", _name()),
                ("delivered", models.DateTimeField(null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("not_before", models.DateTimeField(null=True)),
                ("problem", models.TextField(default="")),
            ],
            options={
                "db_table": "hefu_outbox",
                "constraints": [models.UniqueConstraint(fields=["dossier", "number"], name="hefu_outbox_once")],
                "indexes": [
                    models.Index(
                        fields=["dossier", "number"], condition=Q(delivered__isnull=True), name="hefu_outbox_open"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            "KeyRow",
            fields=[
                _pk("actor", "key"),
                ("actor", _name()),
                ("key", _name()),
                ("digest", _hash()),
                ("dossier", _dossier()),
                ("first", _count()),
                ("version", _count()),
            ],
            options={"db_table": "hefu_key"},
        ),
    )
