"""The tables of the store, as models.py has them."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

_DOSSIER = models.ForeignKey(
    to="dossiers.dossierrow",
    on_delete=django.db.models.deletion.DO_NOTHING,
    related_name="+",
    db_constraint=False,
    db_index=False,
)
_NAME = models.CharField(max_length=120)
_KEY = models.CharField(max_length=360)
_COUNT = models.PositiveIntegerField()
_DAY = models.DateField()
_HASH = models.BinaryField(max_length=32)


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
                ("body", _NAME.clone()),
                ("scheme", _NAME.clone()),
                ("title", models.TextField()),
                ("settings", models.TextField(default="{}")),
                ("opened", _DAY.clone()),
                ("version", _COUNT.clone()),
                ("head", _HASH.clone()),
                ("last", _DAY.clone()),
                ("wakes", models.DateField(null=True)),
                ("status", _NAME.clone()),
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
                ("dossier", _DOSSIER.clone()),
                ("number", _COUNT.clone()),
                ("at", models.DateTimeField()),
                ("actor", _NAME.clone()),
                ("event", models.TextField()),
                ("given", models.TextField()),
                ("previous", _HASH.clone()),
                ("hash", _HASH.clone()),
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
                ("version", _COUNT.clone()),
                ("state", models.TextField()),
            ],
            options={"db_table": "hefu_state"},
        ),
        migrations.CreateModel(
            "CaseRow",
            fields=[
                _pk("dossier_id", "case"),
                ("dossier", _DOSSIER.clone()),
                ("case", _NAME.clone()),
                ("process", _NAME.clone()),
                ("version", _NAME.clone()),
                ("state", _NAME.clone()),
                ("opened", _DAY.clone()),
                ("outcome", _NAME.clone()),
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
                ("dossier", _DOSSIER.clone()),
                ("place", _COUNT.clone()),
                ("number", models.CharField(max_length=400)),
                ("status", _NAME.clone()),
                ("since", _DAY.clone()),
                ("valid_to", models.DateField(null=True)),
                ("prints", _COUNT.clone()),
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
                ("dossier", _DOSSIER.clone()),
                ("key", _KEY.clone()),
                ("name", _NAME.clone()),
                ("scope", _NAME.clone()),
                ("due", _DAY.clone()),
                ("latest", _DAY.clone()),
                ("status", _NAME.clone()),
                ("provisional", models.BooleanField()),
                ("calendar", _NAME.clone()),
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
                ("dossier", _DOSSIER.clone()),
                ("key", _KEY.clone()),
                ("act", _NAME.clone()),
                ("ground", _NAME.clone()),
                ("role", _NAME.clone()),
                ("case", _NAME.clone()),
                ("raised", _DAY.clone()),
                ("due", _DAY.clone()),
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
                ("dossier", _DOSSIER.clone()),
                ("number", _COUNT.clone()),
                ("kind", _NAME.clone()),
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
                ("actor", _NAME.clone()),
                ("key", _NAME.clone()),
                ("digest", _HASH.clone()),
                ("dossier", _DOSSIER.clone()),
                ("first", _COUNT.clone()),
                ("version", _COUNT.clone()),
            ],
            options={"db_table": "hefu_key"},
        ),
    )
