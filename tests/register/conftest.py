"""The modules of these tests name tables when they are read, so Django comes first."""

from __future__ import annotations

import django
import pytest

django.setup()

from hefu.dossiers.laws import Laws  # noqa: E402 - as above
from hefu.dossiers.store import Store  # noqa: E402 - as above
from hefu.rules.load import Library  # noqa: E402 - as above
from tests.conftest import ROOT  # noqa: E402 - as above

LAWS = Laws(Library(ROOT / "schemes"))


@pytest.fixture
def laws() -> Laws:
    """The four schemes that ship with the product."""
    return LAWS


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """A store with empty tables, on each database."""
    alias: str = request.getfixturevalue(request.param)
    return Store(alias, LAWS)


@pytest.fixture
def quick(sqlite: str) -> Store:
    """A store with empty tables, where the database makes no difference."""
    return Store(sqlite, LAWS)
