"""Indexes by which words of dossiers are found from three characters on (search.py).

SQLite: a trigram index of its own that triggers keep; PostgreSQL: pg_trgm, where the server has it and lets us use it.
"""

from typing import Any

from django.db import DatabaseError, migrations, transaction

SQLITE = (
    "CREATE VIRTUAL TABLE hefu_search USING fts5(words, content='hefu_subject', content_rowid='id', tokenize='trigram')",
    """
    CREATE TRIGGER hefu_search_added AFTER INSERT ON hefu_subject
    BEGIN INSERT INTO hefu_search(rowid, words) VALUES (NEW.id, NEW.words); END
    """,
    """
    CREATE TRIGGER hefu_search_changed AFTER UPDATE OF words ON hefu_subject WHEN OLD.words <> NEW.words
    BEGIN
      INSERT INTO hefu_search(hefu_search, rowid, words) VALUES ('delete', OLD.id, OLD.words);
      INSERT INTO hefu_search(rowid, words) VALUES (NEW.id, NEW.words);
    END
    """,
    """
    CREATE TRIGGER hefu_search_removed AFTER DELETE ON hefu_subject
    BEGIN INSERT INTO hefu_search(hefu_search, rowid, words) VALUES ('delete', OLD.id, OLD.words); END
    """,
    "INSERT INTO hefu_search(hefu_search) VALUES ('rebuild')",
)
SQLITE_UNDO = (
    *(f"DROP TRIGGER hefu_search_{what}" for what in ("added", "changed", "removed")),
    "DROP TABLE hefu_search",
)
POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX hefu_subject_words ON hefu_subject USING gin (words gin_trgm_ops)",
)


def index(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - as Django calls it
    """Create the index. Without pg_trgm the same search works and reads the whole table."""
    if editor.connection.vendor == "sqlite":
        for statement in SQLITE:
            editor.execute(statement, params=None)
        return
    try:
        with transaction.atomic(using=editor.connection.alias):
            for statement in POSTGRESQL:
                editor.execute(statement, params=None)
    except DatabaseError as error:
        print(f"  pg_trgm cannot be used here, so searches read the whole table: {error}")  # noqa: T201 - told to whoever migrates


def no_index(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - as Django calls it
    """Drop it; the extension stays, because others may use it."""
    sqlite = editor.connection.vendor == "sqlite"
    for statement in SQLITE_UNDO if sqlite else ("DROP INDEX IF EXISTS hefu_subject_words",):
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = (("dossiers", "0006_waiting"),)
    operations = (migrations.RunPython(index, no_index),)
