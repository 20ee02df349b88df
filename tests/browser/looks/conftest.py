"""The place of the looks is settled once; every look has a copy of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.db import connections
from django.test import override_settings

from hefu.jobs import asking
from hefu.jobs.dbos_client import prepare
from hefu.web import kept
from hefu.web.limits import TALLIES
from tests import databases
from tests.browser.looks.place import Place, settled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = "tests.browser.looks.place.now"


class Settled(NamedTuple):
    """A place, and the files that hold it."""

    place: Place
    rows: Path
    files: Path
    jobs: str


@pytest.fixture(scope="package")
def whole(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Settled:
    """The demonstration lived through, and what is looked at besides."""
    folder = tmp_path_factory.mktemp("looks")
    rows = databases.new_file(template, folder)
    databases.point("sqlite", rows)
    databases.stand_in("default", "sqlite")
    jobs = f"sqlite:///{folder}/jobs.sqlite3"
    prepare(jobs)
    with override_settings(HEFU_NOW=NOW, MEDIA_ROOT=str(folder / "files")):
        place = settled()
    connections["default"].close()
    connections["sqlite"].close()
    return Settled(place, folder / "hefu.sqlite3", folder / "files", jobs)


@pytest.fixture
def site(whole: Settled, tmp_path: Path) -> Iterator[str]:
    """The product with everything in it."""
    path = str(shutil.copy(whole.rows, tmp_path / "hefu.sqlite3"))
    databases.point("sqlite", path)
    databases.stand_in("default", "sqlite")
    kept.store().forget()
    TALLIES.clear()
    asking.jobs.cache_clear()
    settled_in = {"HEFU_NOW": NOW, "MEDIA_ROOT": str(whole.files), "HEFU_JOBS_URL": whole.jobs}
    with override_settings(**settled_in):
        yield "default"
    asking.jobs.cache_clear()
    connections["default"].close()
    connections["sqlite"].close()


@pytest.fixture
def place(whole: Settled, site: str) -> Place:  # noqa: ARG001 - the database first
    return whole.place
