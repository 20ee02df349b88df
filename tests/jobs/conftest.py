"""The modules of these tests name tables when they are read, so Django comes first; and the jobs' own databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import django
import psycopg
import pytest

django.setup()

from tests.settings import SERVER  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def forget_jobs(address: str) -> None:
    """Leave no job on PostgreSQL, where the product's rows and the runner's share the database of the tests."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS dbos CASCADE")


@pytest.fixture(params=["sqlite", "postgresql"])
def jobs_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database for jobs, of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/jobs.sqlite3"
        return
    name: str = request.getfixturevalue("server")
    if not name:
        pytest.skip("PostgreSQL does not answer, so its half of the contract is left out")
    address = f"{SERVER.rpartition('/')[0]}/{name}"
    forget_jobs(address)
    yield address
    forget_jobs(address)
