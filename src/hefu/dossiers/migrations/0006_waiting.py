"""What waits for whom, visits, limits that are over; more columns of cases and limits; subjects with a number.

Read rows: those of dossiers that are there already are made by `hefu rebuild`.
"""

from datetime import date
from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def _name(length: int = 120) -> Any:  # noqa: ANN401 - a field, as all of these
    return models.CharField(max_length=length)


def _dossier() -> Any:  # noqa: ANN401
    return models.ForeignKey(
        to="dossiers.dossierrow",
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )


def _pk(*names: str) -> tuple[str, models.CompositePrimaryKey]:
    return "pk", models.CompositePrimaryKey(*names, blank=True, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies = (("dossiers", "0005_facts"),)
    operations = (
        migrations.AddField("CaseRow", "last", models.DateField(default=date(2000, 1, 1)), preserve_default=False),
        migrations.AddIndex("CaseRow", models.Index(fields=["last"], name="hefu_case_last")),
        migrations.AddField("ClockRow", "owner", models.CharField(max_length=120, default=""), preserve_default=False),
        migrations.AddField("ClockRow", "kind", models.CharField(max_length=120, default=""), preserve_default=False),
        migrations.AddField("ClockRow", "run", models.TextField(default=""), preserve_default=False),
        migrations.DeleteModel("SubjectRow"),
        migrations.CreateModel(
            "SubjectRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "dossier",
                    models.OneToOneField(
                        to="dossiers.dossierrow",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="subject",
                        db_constraint=False,
                    ),
                ),
                ("holder", _name(400)),
                ("uscc", _name(400)),
                ("unit", _name(400)),
                ("words", models.TextField()),
            ],
            options={
                "db_table": "hefu_subject",
                "indexes": [models.Index(fields=["uscc"], name="hefu_subject_uscc")],
            },
        ),
        migrations.CreateModel(
            "WorkRow",
            fields=[
                _pk("dossier_id", "key", "role"),
                ("dossier", _dossier()),
                ("key", _name(360)),
                ("role", _name()),
                ("kind", _name()),
                ("process", _name()),
                ("machine", _name()),
                ("state", _name()),
                ("case", _name()),
                ("item", _name()),
                ("name", _name()),
                ("ground", _name()),
                ("clock", _name(360)),
                ("since", models.DateField()),
                ("due", models.DateField(null=True)),
                ("status", _name()),
                ("body", _name()),
                ("scheme", _name()),
            ],
            options={
                "db_table": "hefu_work",
                "indexes": [
                    models.Index(
                        fields=["body", "scheme", "role", "since", "due", "kind", "status"], name="hefu_work_role"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            "VisitRow",
            fields=[
                _pk("dossier_id", "case", "field", "person", "start", "end"),
                ("dossier", _dossier()),
                ("case", _name()),
                ("field", _name()),
                ("person", _name(400)),
                ("start", models.DateField()),
                ("end", models.DateField()),
            ],
            options={
                "db_table": "hefu_visit",
                "indexes": [
                    models.Index(fields=["start"], name="hefu_visit_start"),
                    models.Index(fields=["person", "start"], name="hefu_visit_person"),
                ],
            },
        ),
        migrations.CreateModel(
            "EndedRow",
            fields=[
                _pk("dossier_id", "key"),
                ("dossier", _dossier()),
                ("key", _name(360)),
                ("name", _name()),
                ("kind", _name()),
                ("scope", _name()),
                ("due", models.DateField()),
                ("ended", models.DateField()),
                ("status", _name()),
                ("late", models.BooleanField()),
                ("gross", models.PositiveIntegerField()),
                ("stopped", models.PositiveIntegerField()),
                ("net", models.PositiveIntegerField()),
                ("body", _name()),
                ("scheme", _name()),
            ],
            options={
                "db_table": "hefu_ended",
                "indexes": [models.Index(fields=["body", "scheme", "ended"], name="hefu_ended_body")],
            },
        ),
    )
