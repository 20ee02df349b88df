"""Another process of the installation: one statement, committed by a program of its own."""

from __future__ import annotations

import subprocess
import sys

from django.db import connection

LITE = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=30) as held:
    held.execute(sys.argv[2])
"""
POSTGRES = """
import psycopg, sys
with psycopg.connect(sys.argv[1]) as held:
    held.execute(sys.argv[2])
"""


def elsewhere(statement: str) -> None:
    """Run a statement in another process, to its commit. Raises CalledProcessError."""
    lite = connection.vendor == "sqlite"
    where = str(connection.settings_dict["NAME"]) if lite else connection.connection.info.dsn
    subprocess.run([sys.executable, "-c", LITE if lite else POSTGRES, where, statement], check=True)  # noqa: S603 - our own words
