"""The newest change at once; and in SQLite the lines alone, so that a search for two signs reads nothing else.

PostgreSQL would refuse so long a key, and has no need of one: it reads the lines in parallel.
"""

from typing import Any

from django.db import migrations, models

LINES = "CREATE INDEX hefu_entry_lines ON hefu_entry (body, scheme, status, words)"


def index(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - as Django calls it
    """Create the index."""
    if editor.connection.vendor == "sqlite":
        editor.execute(LINES, params=None)


def drop(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - as Django calls it
    """Drop it."""
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP INDEX hefu_entry_lines", params=None)


class Migration(migrations.Migration):
    """Two indexes."""

    dependencies = (("hefu_register", "0002_words"),)
    operations = (
        migrations.AddIndex(model_name="entryrow", index=models.Index(fields=["moved"], name="hefu_entry_moved")),
        migrations.RunPython(index, drop),
    )
