"""What each page over a crowd takes: `python -m tests.web.staff.measure 100000 [postgresql]`.

That is its queries, and its time: of the processor on SQLite; on PostgreSQL, whose own time counts too, by the wall.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection, connections  # noqa: E402 - Django first
from django.test import override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

from hefu.dossiers import statistics  # noqa: E402
from hefu.dossiers.models import DossierRow  # noqa: E402
from hefu.register.models import EntryRow  # noqa: E402
from hefu.web import kept  # noqa: E402
from tests import databases  # noqa: E402
from tests.conftest import ROOT  # noqa: E402
from tests.dossiers.lives import life, live  # noqa: E402
from tests.web.forgetting import forget  # noqa: E402
from tests.web.staff.crowd import fill  # noqa: E402
from tests.web.staff.place import client, settle  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = (
    "/work/", "/work/?due=overdue", "/work/?sort=since", "/work/?process=initial&state=submitted", "/work/?page=40",
    "/work/?whose=named", "/duties/", "/dossiers/", "/dossiers/?open=1&page=9", "/certificates/",
    "/certificates/?months=3", "/search/?q=北京", "/search/?q=北京数据", "/search/?q=有限公司",
    "/search/?q=wal-qp-21-2025-000777", "/search/?q=无此", "/calendar/", "/d/lived/",
)  # fmt: skip
PUBLIC = (
    "/?q=北京",
    "/?q=北京数据",
    "/?q=有限公司",
    "/?q=C-00000001",
    "/?status=certification:valid&page=9",
    "/c/{public}/",
)
AGAIN = 5
PEOPLE = 200


@contextmanager
def ground(kind: str) -> Iterator[None]:
    """An empty database of one kind, for as long as it is needed."""
    with TemporaryDirectory() as folder:
        if kind == "sqlite":
            databases.point(kind, databases.new_file(Path(folder) / "template.sqlite3", Path(folder)))
        else:
            databases.new_database(databases.own_name())
        databases.stand_in("default", kind)
        try:
            yield
        finally:
            connections.close_all()
            if kind != "sqlite":
                databases.drop(databases.own_name())


def main(count: int, kind: str = "sqlite") -> None:
    """Fill a database of its own, then ask every page as a planner and as an auditor."""
    setup_test_environment()
    spent = time.process_time if kind == "sqlite" else time.perf_counter
    with ground(kind), override_settings(HEFU_NOW="tests.web.staff.place.now"):
        told = settle()
        fill("wal", count, people=(told["auditor"].key, *(f"p-{number}" for number in range(PEOPLE))))
        statistics.count()
        if kind != "sqlite":
            connection.cursor().execute("ANALYZE")  # as its own daemon does within minutes
        live(kept.store(), life(ROOT / "schemes/wal-qp-21/2.0"), "lived")
        DossierRow.objects.filter(pk="lived").update(body="wal")
        public = EntryRow.objects.filter(body="wal").latest("pk").public
        for who, pages in (("planner", PAGES), ("auditor", PAGES[:-1]), ("nobody", PUBLIC)):
            browser = client(told.get(who))
            for path in (page.format(public=public) for page in pages):
                forget()  # how often somebody may ask is not measured
                browser.get(path)
                with CaptureQueriesContext(connection) as asked:
                    answer = browser.get(path)
                number, times = len(asked), []
                for _ in range(AGAIN):
                    start = spent()
                    browser.get(path)
                    times.append(spent() - start)
                took = f"{number:3} queries {min(times) * 1000:6.0f} ms"
                sys.stdout.write(f"{who:8} {path:45} {answer.status_code} {took}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
