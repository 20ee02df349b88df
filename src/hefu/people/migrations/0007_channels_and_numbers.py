"""A body's choice of channels and of number patterns, with its offers.

SQLite makes the table of offers anew for that, and loses its triggers with the old one: they are created again.
"""

from importlib import import_module
from typing import Any

from django.db import migrations, models

mark = import_module("hefu.people.migrations.0006_mark")


def watch_again(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - as Django calls it
    """The triggers of offers, where they have gone with the old table."""
    if editor.connection.vendor == "sqlite":
        for statement in mark.SQLITE:
            if "hefu_offer_mark_" in statement:
                editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Two columns."""

    dependencies = (("hefu_people", "0006_mark"),)
    operations = (
        migrations.AddField("offer", "channels", models.JSONField(default=dict)),
        migrations.AddField("offer", "numbers", models.JSONField(default=dict)),
        migrations.RunPython(watch_again, migrations.RunPython.noop),
    )
