"""Refused acts, kept beside the journal: as there, the database itself refuses to change or take away a row."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

SQLITE = (
    """
    CREATE TRIGGER hefu_refusal_no_update BEFORE UPDATE ON hefu_refusal
    BEGIN SELECT RAISE(ABORT, 'refusals are append-only: UPDATE refused'); END
    """,
    """
    CREATE TRIGGER hefu_refusal_no_delete BEFORE DELETE ON hefu_refusal
    BEGIN SELECT RAISE(ABORT, 'refusals are append-only: DELETE refused'); END
    """,
    # INSERT OR REPLACE deletes without asking the trigger above; a row that is there already stays as it is.
    """
    CREATE TRIGGER hefu_refusal_no_replace BEFORE INSERT ON hefu_refusal
    WHEN EXISTS (SELECT 1 FROM hefu_refusal WHERE dossier_id = NEW.dossier_id AND digest = NEW.digest)
    BEGIN SELECT RAISE(IGNORE); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION hefu_refusal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'refusals are append-only: % refused', TG_OP
      USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER hefu_refusal_no_change BEFORE UPDATE OR DELETE ON hefu_refusal
    FOR EACH ROW EXECUTE FUNCTION hefu_refusal_refuse()
    """,
    """
    CREATE TRIGGER hefu_refusal_no_truncate BEFORE TRUNCATE ON hefu_refusal
    FOR EACH STATEMENT EXECUTE FUNCTION hefu_refusal_refuse()
    """,
)
SQLITE_UNDO = tuple(f"DROP TRIGGER hefu_refusal_no_{what}" for what in ("update", "delete", "replace"))
POSTGRESQL_UNDO = (
    *(f"DROP TRIGGER hefu_refusal_no_{what} ON hefu_refusal" for what in ("change", "truncate")),
    "DROP FUNCTION hefu_refusal_refuse()",
)


def _run(editor: Any, lite: tuple[str, ...], postgres: tuple[str, ...]) -> None:  # noqa: ANN401 - Django's schema editor
    for statement in lite if editor.connection.vendor == "sqlite" else postgres:
        editor.execute(statement, params=None)


def guard(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - as Django calls it
    """Create the triggers."""
    _run(editor, SQLITE, POSTGRESQL)


def unguard(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - as Django calls it
    """Drop them."""
    _run(editor, SQLITE_UNDO, POSTGRESQL_UNDO)


class Migration(migrations.Migration):
    """The table and its triggers."""

    dependencies = (("dossiers", "0008_duties"),)
    operations = (
        migrations.CreateModel(
            "RefusalRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "dossier_id", "digest", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        to="dossiers.dossierrow",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        db_constraint=False,
                        db_index=False,
                    ),
                ),
                ("digest", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("actor", models.CharField(max_length=120)),
                ("act", models.CharField(max_length=120)),
                ("item", models.CharField(max_length=120)),
                ("codes", models.TextField()),
                ("reasons", models.TextField()),
            ],
            options={
                "db_table": "hefu_refusal",
                "indexes": [models.Index(fields=["on"], name="hefu_refusal_on")],
            },
        ),
        migrations.RunPython(guard, unguard),
    )
