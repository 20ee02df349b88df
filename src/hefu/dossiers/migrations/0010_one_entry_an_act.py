"""The journal has one entry for each act; on SQLite a row that is found by its key lies where its key is.

An ordinary table of SQLite keeps its rows by a number of its own and the key in an index beside them: two pages to
write where one is enough. Tables of short rows are kept by their key instead (WITHOUT ROWID), and the outbox counts
without SQLite's extra table of counters. Nothing was released with entries of single events, so none are converted.
"""

from importlib import import_module
from typing import Any

import django.db.models.deletion
from django.db import NotSupportedError, migrations, models

BY_KEY = (
    "hefu_case", "hefu_certificate", "hefu_clock", "hefu_duty", "hefu_ended", "hefu_fact", "hefu_key", "hefu_party",
    "hefu_visit", "hefu_work",
)  # fmt: skip
COUNTED = ("hefu_outbox",)
_guards = import_module("hefu.dossiers.migrations.0002_append_only")


def only_without_entries(apps: Any, editor: Any) -> None:  # noqa: ANN401 - as Django calls it
    """Refuse to drop what cannot be made again."""
    if apps.get_model("dossiers", "JournalRow").objects.using(editor.connection.alias).exists():
        raise NotSupportedError(
            "this database holds journals of a version that was never released; they cannot be taken over"
        )


def by_key(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - as Django calls it
    """Make tables anew in the other form."""
    for table in (*BY_KEY, *COUNTED):
        remake(editor, table)


def remake(editor: Any, table: str) -> None:  # noqa: ANN401 - as Django calls it
    """Make a table of SQLite anew in the other form, with its rows and indexes."""
    if editor.connection.vendor != "sqlite":
        return
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT type, sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [table])
        found = cursor.fetchall()
        (text,) = (text for kind, text in found if kind == "table")
        text = text.replace(f'"{table}"', f'"new__{table}"', 1)
        counted = " AUTOINCREMENT" in text
        cursor.execute(text.replace(" AUTOINCREMENT", "") if counted else f"{text} WITHOUT ROWID")
        cursor.execute(f'INSERT INTO "new__{table}" SELECT * FROM "{table}"')  # noqa: S608 - our own names
        cursor.execute(f'DROP TABLE "{table}"')
        cursor.execute(f'ALTER TABLE "new__{table}" RENAME TO "{table}"')
        for kind, text in found:
            if kind != "table":
                cursor.execute(text)


class Migration(migrations.Migration):
    dependencies = (("dossiers", "0009_refusals"),)
    operations = (
        migrations.RunPython(only_without_entries, migrations.RunPython.noop),
        migrations.RunPython(_guards.unguard, _guards.guard),
        migrations.DeleteModel("JournalRow"),
        migrations.CreateModel(
            "JournalRow",
            fields=[
                ("pk", models.CompositePrimaryKey("dossier_id", "number", blank=True, editable=False, primary_key=True,
                                                  serialize=False)),
                ("dossier", models.ForeignKey(
                    to="dossiers.dossierrow", on_delete=django.db.models.deletion.DO_NOTHING, related_name="+",
                    db_constraint=False, db_index=False,
                )),
                ("number", models.PositiveIntegerField()),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=120)),
                ("events", models.TextField()),
                ("given", models.TextField()),
                ("previous", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={"db_table": "hefu_journal"},
        ),
        migrations.RunPython(_guards.guard, _guards.unguard),
        migrations.RemoveIndex("CaseRow", "hefu_case_last"),
        migrations.AddIndex("CaseRow", models.Index(fields=["last"], condition=~models.Q(outcome=""), name="hefu_case_last")),
        migrations.RunPython(by_key, migrations.RunPython.noop),
    )  # fmt: skip
