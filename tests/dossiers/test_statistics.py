"""statistics: SQLite is told to count its rows; PostgreSQL does so by itself."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefu.dossiers import statistics
from tests.notices.office import office

pytestmark = pytest.mark.usefixtures("sites")


def test_after_counting_the_database_knows_how_its_rows_are_spread() -> None:
    # given some dossiers with their clocks and people
    office(steps=6)

    # when they are counted, then SQLite knows of the tables with rows; of PostgreSQL nothing is asked
    with CaptureQueriesContext(connection) as asked:
        statistics.count()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
            assert {"hefu_dossier", "hefu_party"} <= {table for (table,) in cursor}
    else:
        assert len(asked) == 0
