"""What all tests share. They import each other by the path from the checkout: `from tests.rules.desk import Desk`.

`site` is the whole product on a fresh, migrated SQLite database; `sites` runs a test on PostgreSQL too.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["HEFU_CACHE"] = ""  # tests compile what they read (tests/rules/test_shelf.py has shelves of its own)

# Reading a scheme takes tens of milliseconds, which is no reason to call an example slow.
settings.register_profile("hefu", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hefu")


@pytest.fixture(scope="session")
def product() -> Iterator[None]:
    """Django, as the tests need it: mail goes to `mail.outbox`, templates tell what they were given."""
    import django
    from django.test.utils import setup_test_environment, teardown_test_environment

    from hefu.cli.catalogues import compile_all

    compile_all(stale_only=True)
    django.setup()
    setup_test_environment()
    yield
    teardown_test_environment()


@pytest.fixture(scope="session")
def template(product: None, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001 - Django first
    """Where the migrated SQLite file lies that every test copies."""
    return tmp_path_factory.mktemp("template") / "hefu.sqlite3"


@pytest.fixture(scope="session")
def server(product: None) -> Iterator[str]:  # noqa: ARG001 - Django first
    """A PostgreSQL database of this process, or empty where there is none; only the CI insists."""
    from django.db import connections

    from tests import databases

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
def sqlite(template: Path, tmp_path: Path) -> Iterator[str]:
    from django.db import connections

    from tests import databases

    databases.point("sqlite", databases.new_file(template, tmp_path))
    yield "sqlite"
    connections["sqlite"].close()


@pytest.fixture
def postgresql(server: str) -> Iterator[str]:
    from django.db import connections

    from tests import databases

    if not server:
        pytest.skip("PostgreSQL does not answer, so its half of the contract is left out")
    databases.point("postgresql", server)
    databases.empty("postgresql")
    yield "postgresql"
    connections["postgresql"].close()


@pytest.fixture
def site(sqlite: str, tmp_path: Path) -> Iterator[str]:
    """The product on SQLite; gives the alias of its database."""
    yield from _standing_in(sqlite, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def sites(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The product on each database."""
    yield from _standing_in(request.getfixturevalue(request.param), tmp_path)


def _standing_in(alias: str, folder: Path) -> Iterator[str]:
    from django.core import mail
    from django.core.cache import caches
    from django.db import connections
    from django.test import override_settings

    from hefu.web.limits import TALLIES
    from tests import databases

    caches["local"].clear()
    TALLIES.clear()
    mail.outbox = []
    databases.stand_in("default", alias)
    with override_settings(MEDIA_ROOT=str(folder / "files")):
        yield "default"
    connections["default"].close()
