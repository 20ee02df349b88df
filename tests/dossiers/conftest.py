"""Every test that takes `store` runs on SQLite and on PostgreSQL: they are one contract."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import django
import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.dossiers.settings"
django.setup()

from django.db import connections  # noqa: E402 - Django must be set up before

from hefu.dossiers.store import Store  # noqa: E402
from tests.dossiers import databases  # noqa: E402
from tests.dossiers.lives import LAWS  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("template") / "hefu.sqlite3"


@pytest.fixture
def sqlite(template: Path, tmp_path: Path) -> Iterator[str]:
    databases.point("sqlite", databases.new_file(template, tmp_path))
    yield "sqlite"
    connections["sqlite"].close()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A database of this process, or why there is none; only the CI insists."""
    why = databases.unreachable()
    if why and os.environ.get("CI") == "true":
        pytest.fail(f"PostgreSQL must be there in the CI: {why}")
    if why:
        yield ""
        return
    name = databases.own_name()
    databases.new_database(name)
    yield name
    connections["postgresql"].close()
    databases.drop(name)


@pytest.fixture
def postgresql(server: str) -> Iterator[str]:
    if not server:
        pytest.skip("PostgreSQL does not answer, so its half of the contract is left out")
    databases.point("postgresql", server)
    databases.unguarded("postgresql", f"TRUNCATE {', '.join(databases.TABLES)}")
    yield "postgresql"
    connections["postgresql"].close()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """A store with empty tables."""
    alias: str = request.getfixturevalue(request.param)
    return Store(alias, LAWS)
