"""The mark of who people are: another one with every change, made by the database itself (people/remembered.py).

Of an account only what others are told of it counts; signing in and a new password change no mark.
"""

from typing import Any

from django.db import migrations, models

WATCHED = {
    "hefu_account": ("key", "name", "is_active"),
    "hefu_organisation": (),
    "hefu_body": (),
    "hefu_offer": (),
    "hefu_employment": (),
    "hefu_assignment": (),
    "hefu_standing": (),
    "hefu_competence": (),
    "hefu_interest": (),
    "hefu_delegation": (),
}
"""Tables, and the columns whose change counts: all of them where none is named."""
RENEW = (
    "INSERT INTO hefu_mark (one, mark) VALUES (1, {})"
    " ON CONFLICT (one) DO UPDATE SET mark = excluded.mark"
)  # fmt: skip
LITE, POSTGRES = RENEW.format("lower(hex(randomblob(16)))"), RENEW.format("gen_random_uuid()::text")


def _updated(table: str) -> str:
    columns = ", ".join(WATCHED[table])
    return f"UPDATE OF {columns}" if columns else "UPDATE"


SQLITE = (
    LITE,
    *(
        f"CREATE TRIGGER {table}_mark_{what.split()[0].lower()} AFTER {what} ON {table} BEGIN {LITE}; END"
        for table in WATCHED
        for what in ("INSERT", _updated(table), "DELETE")
    ),
)
POSTGRESQL = (
    POSTGRES,
    f"""
    CREATE FUNCTION hefu_mark_renew() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      {POSTGRES};
      RETURN NULL;
    END $$
    """,
    *(
        f"CREATE TRIGGER {table}_mark AFTER INSERT OR {_updated(table)} OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION hefu_mark_renew()"
        for table in WATCHED
    ),
)
SQLITE_UNDO = tuple(f"DROP TRIGGER {table}_mark_{what}" for table in WATCHED for what in ("insert", "update", "delete"))
POSTGRESQL_UNDO = (
    *(f"DROP TRIGGER {table}_mark ON {table}" for table in WATCHED),
    "DROP FUNCTION hefu_mark_renew()",
)


def _run(editor: Any, lite: tuple[str, ...], postgres: tuple[str, ...]) -> None:  # noqa: ANN401 - Django's schema editor
    for statement in lite if editor.connection.vendor == "sqlite" else postgres:
        editor.execute(statement, params=None)


def watch(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - as Django calls it
    """Make the first mark, and create the triggers."""
    _run(editor, SQLITE, POSTGRESQL)


def unwatch(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - as Django calls it
    """Drop them."""
    _run(editor, SQLITE_UNDO, POSTGRESQL_UNDO)


class Migration(migrations.Migration):
    """The mark, and the triggers that renew it."""

    dependencies = (("hefu_people", "0005_changes_stay"),)
    operations = (
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("one", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=36)),
            ],
            options={"db_table": "hefu_mark"},
        ),
        migrations.RunPython(watch, unwatch),
    )
