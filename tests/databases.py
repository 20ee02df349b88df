"""The databases of the tests: a SQLite file for each test, one PostgreSQL database for each process, emptied."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from tests.settings import SERVER

if TYPE_CHECKING:
    from pathlib import Path

TABLES = (
    "hefu_case", "hefu_certificate", "hefu_clock", "hefu_dossier", "hefu_duty", "hefu_ended", "hefu_fact",
    "hefu_journal", "hefu_key", "hefu_outbox", "hefu_party", "hefu_state", "hefu_subject", "hefu_visit", "hefu_work",
)  # fmt: skip
NAMED = {"hefu_subject": "dossier_id, holder, uscc, unit, words"}
"""Columns of the tables whose rows carry a number that the database gives."""


def stand_in(alias: str, real: str) -> None:
    """Let an alias (`default`) be a connection of the same kind and name as another one, until it is pointed again."""
    connections[alias].close()
    connections.settings[alias] = {**connections.settings[real], "NAME": connections[real].settings_dict["NAME"]}
    del connections[alias]


def point(alias: str, name: str) -> None:
    """Let an alias mean another database from now on."""
    connections[alias].close()
    connections[alias].settings_dict["NAME"] = name


def new_file(template: Path, folder: Path) -> str:
    """A fresh SQLite file with all tables; the first call makes the template that the others copy."""
    if not template.exists():
        point("sqlite", str(template))
        call_command("migrate", database="sqlite", verbosity=0)
        connections["sqlite"].close()
    path = folder / "hefu.sqlite3"
    shutil.copy(template, path)
    return str(path)


def unreachable() -> str:
    """Why the PostgreSQL server cannot be used; empty when it can."""
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return str(error).strip().splitlines()[0]
    return ""


def new_database(name: str) -> None:
    """A fresh PostgreSQL database with all tables."""
    drop(name)
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    point("postgresql", name)
    call_command("migrate", database="postgresql", verbosity=0)


def drop(name: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def own_name() -> str:
    return f"hefu_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"


def empty(alias: str) -> None:
    """Take every row of every table away, as no user of the product could."""
    with connections[alias].cursor() as cursor:
        names = connections[alias].introspection.table_names(cursor)
    kept = {"django_migrations", "django_content_type"}
    unguarded(alias, f"TRUNCATE {', '.join(name for name in names if name not in kept)} CASCADE")


def unguarded(alias: str, *statements: str) -> None:
    """Run statements as somebody who has got past the triggers, as an owner of the database can."""
    with connections[alias].cursor() as cursor:
        if connections[alias].vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            cursor.execute(statement)
        for _, text in triggers:
            cursor.execute(text)


def dump(alias: str, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of some tables, in an order that does not depend on how they were written."""
    found = {}
    with connections[alias].cursor() as cursor:
        for table in tables or TABLES:
            columns = NAMED.get(table, "*")
            cursor.execute(f"SELECT {columns} FROM {table}")  # noqa: S608 - our own names
            found[table] = sorted((tuple(map(_plain, row)) for row in cursor.fetchall()), key=repr)
    return found


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
