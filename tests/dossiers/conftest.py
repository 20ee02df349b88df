"""Every test that takes `store` runs on SQLite and on PostgreSQL: they are one contract."""

from __future__ import annotations

import django
import pytest

django.setup()  # the modules of these tests name tables when they are read

from hefu.dossiers.store import Store  # noqa: E402 - as above
from tests.dossiers.lives import LAWS  # noqa: E402


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """A store with empty tables."""
    alias: str = request.getfixturevalue(request.param)
    return Store(alias, LAWS)
