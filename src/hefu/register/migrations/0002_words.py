"""The index of words: any part of three signs or more of an entry's line is found without reading every line.

SQLite has it as a table of trigrams that triggers keep; PostgreSQL as an index of pg_trgm, where the server has that
extension (without it a search reads the lines). Shorter parts, as 北京, are looked for in the lines themselves.
"""

from typing import Any

from django.db import migrations

SQLITE = (
    """
    CREATE VIRTUAL TABLE hefu_entry_words USING fts5(words, content='hefu_entry', content_rowid='id', tokenize='trigram')
    """,
    """
    CREATE TRIGGER hefu_entry_words_new AFTER INSERT ON hefu_entry
    BEGIN INSERT INTO hefu_entry_words (rowid, words) VALUES (NEW.id, NEW.words); END
    """,
    """
    CREATE TRIGGER hefu_entry_words_gone AFTER DELETE ON hefu_entry
    BEGIN INSERT INTO hefu_entry_words (hefu_entry_words, rowid, words) VALUES ('delete', OLD.id, OLD.words); END
    """,
    """
    CREATE TRIGGER hefu_entry_words_other AFTER UPDATE OF words ON hefu_entry WHEN OLD.words <> NEW.words
    BEGIN
      INSERT INTO hefu_entry_words (hefu_entry_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
      INSERT INTO hefu_entry_words (rowid, words) VALUES (NEW.id, NEW.words);
    END
    """,
)
SQLITE_UNDO = (
    *(f"DROP TRIGGER hefu_entry_words_{what}" for what in ("new", "gone", "other")),
    "DROP TABLE hefu_entry_words",
)
POSTGRESQL = (
    """
    DO $$ BEGIN
      IF EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE INDEX hefu_entry_words ON hefu_entry USING gin (words gin_trgm_ops);
      END IF;
    END $$
    """,
)
POSTGRESQL_UNDO = ("DROP INDEX IF EXISTS hefu_entry_words",)


def _run(editor: Any, lite: tuple[str, ...], postgres: tuple[str, ...]) -> None:  # noqa: ANN401 - Django's schema editor
    for statement in lite if editor.connection.vendor == "sqlite" else postgres:
        editor.execute(statement, params=None)


def index(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - as Django calls it
    """Create the index."""
    _run(editor, SQLITE, POSTGRESQL)


def drop(_apps: Any, editor: Any) -> None:  # noqa: ANN401 - as Django calls it
    """Drop it."""
    _run(editor, SQLITE_UNDO, POSTGRESQL_UNDO)


class Migration(migrations.Migration):
    """The index of words."""

    dependencies = (("hefu_register", "0001_tables"),)
    operations = (migrations.RunPython(index, drop),)
