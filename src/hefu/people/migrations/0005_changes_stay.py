"""What a body changed in its settings stays: the database itself refuses UPDATE and DELETE on it."""

from typing import Any

from django.db import migrations

SQLITE = tuple(
    f"CREATE TRIGGER hefu_change_no_{what.lower()} BEFORE {what} ON hefu_change "
    f"BEGIN SELECT RAISE(ABORT, 'changes of settings stay: {what} refused'); END"
    for what in ("UPDATE", "DELETE")
)
POSTGRESQL = (
    """
    CREATE FUNCTION hefu_change_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'changes of settings stay: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER hefu_change_no_change BEFORE UPDATE OR DELETE ON hefu_change
    FOR EACH ROW EXECUTE FUNCTION hefu_change_refuse()
    """,
)
SQLITE_UNDO = ("DROP TRIGGER hefu_change_no_update", "DROP TRIGGER hefu_change_no_delete")
POSTGRESQL_UNDO = ("DROP TRIGGER hefu_change_no_change ON hefu_change", "DROP FUNCTION hefu_change_refuse()")


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
    """The triggers of the changes."""

    dependencies = (("hefu_people", "0004_changes"),)
    operations = (migrations.RunPython(guard, unguard),)
