"""The journal can only grow: the database itself refuses UPDATE, DELETE, REPLACE and TRUNCATE on it.

A trigger stops a mistake and every program with ordinary rights. An owner of the database can drop it, which is what
the chain of hashes and `hefu audit` are for.
"""

from typing import Any

from django.db import migrations

SQLITE = (
    """
    CREATE TRIGGER hefu_journal_no_update BEFORE UPDATE ON hefu_journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only: UPDATE refused'); END
    """,
    """
    CREATE TRIGGER hefu_journal_no_delete BEFORE DELETE ON hefu_journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only: DELETE refused'); END
    """,
    # INSERT OR REPLACE deletes without asking the trigger above.
    """
    CREATE TRIGGER hefu_journal_no_replace BEFORE INSERT ON hefu_journal
    WHEN EXISTS (SELECT 1 FROM hefu_journal WHERE dossier_id = NEW.dossier_id AND number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only: this number is taken'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION hefu_journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the journal is append-only: % refused', TG_OP
      USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER hefu_journal_no_change BEFORE UPDATE OR DELETE ON hefu_journal
    FOR EACH ROW EXECUTE FUNCTION hefu_journal_refuse()
    """,
    """
    CREATE TRIGGER hefu_journal_no_truncate BEFORE TRUNCATE ON hefu_journal
    FOR EACH STATEMENT EXECUTE FUNCTION hefu_journal_refuse()
    """,
)
SQLITE_UNDO = tuple(f"DROP TRIGGER hefu_journal_no_{what}" for what in ("update", "delete", "replace"))
POSTGRESQL_UNDO = (
    *(f"DROP TRIGGER hefu_journal_no_{what} ON hefu_journal" for what in ("change", "truncate")),
    "DROP FUNCTION hefu_journal_refuse()",
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
    """The triggers of the journal."""

    dependencies = (("dossiers", "0001_tables"),)
    operations = (migrations.RunPython(guard, unguard),)
