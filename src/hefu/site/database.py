"""The database of an installation, from one address: a SQLite file by default, PostgreSQL where it is named.

sqlite:////var/lib/hefu/hefu.sqlite3          (four slashes: an absolute path; three: relative to the working folder)
postgresql://user:password@host:5432/name     (?options as libpq knows them, such as ?sslmode=require)
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

DEFAULT = "sqlite:///hefu.sqlite3"
BUSY = 30
"""Seconds that a writer waits for another one on SQLite, which has one writer at a time."""
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous={}; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;"
"""WAL lets people read while somebody writes; the cache is 64 MB."""

PLANS = "-c jit=off -c plan_cache_mode=force_generic_plan -c random_page_cost=1.1"
"""How PostgreSQL goes about a question. It compiles what it takes for a long one, and plans a prepared one five times
before it keeps a plan; ours are short and find rows by their keys, and both took most of their time. It takes a row
found by an index for as dear as on a turning disk, and reads a whole table instead; none of ours lies on one."""


def database(url: str, synchronous: str = "FULL") -> dict[str, Any]:
    """Django's settings of a database. Raises ValueError for an address that it does not know.

    `synchronous` is SQLite's: FULL keeps every acknowledged act through a power cut, NORMAL may lose the last ones.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        options = {
            "transaction_mode": "IMMEDIATE",  # a writer takes its lock at once, so it never has to give up half-way
            "timeout": BUSY,
            "init_command": PRAGMAS.format(synchronous),
        }
        name = unquote(parts.path.removeprefix("/"))
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "CONN_MAX_AGE": None, "OPTIONS": options}
    if parts.scheme in ("postgresql", "postgres"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,  # opening one costs more than ten acts
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": PLANS, **dict(parse_qsl(parts.query)), "prepare_threshold": 2},
        }
    raise ValueError(f"HEFU_DATABASE_URL begins with {parts.scheme!r}; it must be sqlite or postgresql")


def jobs_address(url: str) -> str:
    """The address of the jobs' database where none is named: a SQLite file beside the product's, or its PostgreSQL.

    PostgreSQL holds both, because the jobs have a schema of their own there; two writers of one SQLite file would wait
    for each other.
    """
    if url.startswith("sqlite"):
        stem, dot, ending = url.rpartition(".")
        return f"{stem}-jobs.{ending}" if dot and "/" not in ending else f"{url}-jobs"
    return url.replace("postgres://", "postgresql://", 1)
