"""The outbox is kept by dossier and number, which name a parcel for ever: a number of its own was one index more."""

from importlib import import_module
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

_forms = import_module("hefu.dossiers.migrations.0010_one_entry_an_act")
COLUMNS = "dossier_id, number, kind, delivered, attempts, not_before, problem"


def by_key(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - as Django calls it
    """On SQLite rows lie where their key is."""
    _forms.remake(editor, "hefu_outbox")


class Migration(migrations.Migration):
    dependencies = (("dossiers", "0010_one_entry_an_act"),)
    operations = (
        migrations.RemoveIndex("OutboxRow", "hefu_outbox_open"),
        migrations.RemoveConstraint("OutboxRow", "hefu_outbox_once"),
        migrations.RenameModel("OutboxRow", "CountedOutboxRow"),
        migrations.AlterModelTable("CountedOutboxRow", "hefu_outbox_counted"),
        migrations.CreateModel(
            "OutboxRow",
            fields=[
                ("pk", models.CompositePrimaryKey("dossier_id", "number", blank=True, editable=False, primary_key=True,
                                                  serialize=False)),
                ("dossier", models.ForeignKey(
                    to="dossiers.dossierrow", on_delete=django.db.models.deletion.DO_NOTHING, related_name="+",
                    db_constraint=False, db_index=False,
                )),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=120)),
                ("delivered", models.DateTimeField(null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("not_before", models.DateTimeField(null=True)),
                ("problem", models.TextField(default="")),
            ],
            options={"db_table": "hefu_outbox"},
        ),
        migrations.RunSQL(
            f"INSERT INTO hefu_outbox ({COLUMNS}) SELECT {COLUMNS} FROM hefu_outbox_counted",  # noqa: S608 - our own names
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel("CountedOutboxRow"),
        migrations.AddIndex("OutboxRow", models.Index(
            fields=["dossier", "number"], condition=Q(delivered__isnull=True), name="hefu_outbox_open",
        )),
        migrations.RunPython(by_key, migrations.RunPython.noop),
    )  # fmt: skip
