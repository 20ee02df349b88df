"""The processor time of each page over a crowd, and its queries: `python -m tests.web.staff.measure 100000`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402 - Django first
from django.test import override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

from hefu.dossiers import statistics  # noqa: E402
from hefu.dossiers.models import DossierRow  # noqa: E402
from hefu.register.models import EntryRow  # noqa: E402
from hefu.web import kept  # noqa: E402
from tests import databases  # noqa: E402
from tests.conftest import ROOT  # noqa: E402
from tests.dossiers.lives import life, live  # noqa: E402
from tests.web.staff.crowd import fill  # noqa: E402
from tests.web.staff.place import client, settle  # noqa: E402

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


def main(count: int) -> None:
    """Fill a database of its own, then ask every page as a planner and as an auditor."""
    setup_test_environment()
    with TemporaryDirectory() as folder, override_settings(HEFU_NOW="tests.web.staff.place.now"):
        databases.point("sqlite", databases.new_file(Path(folder) / "template.sqlite3", Path(folder)))
        databases.stand_in("default", "sqlite")
        told = settle()
        fill("wal", count, people=(told["auditor"].key, *(f"p-{number}" for number in range(PEOPLE))))
        statistics.count()
        live(kept.store(), life(ROOT / "schemes/wal-qp-21/2.0"), "lived")
        DossierRow.objects.filter(pk="lived").update(body="wal")
        public = EntryRow.objects.latest("pk").public
        for who, pages in (("planner", PAGES), ("auditor", PAGES[:-1]), ("nobody", PUBLIC)):
            browser = client(told.get(who))
            for path in (page.format(public=public) for page in pages):
                browser.get(path)
                with CaptureQueriesContext(connection) as asked:
                    answer = browser.get(path)
                number, times = len(asked), []
                for _ in range(AGAIN):
                    start = time.process_time()
                    browser.get(path)
                    times.append(time.process_time() - start)
                took = f"{number:3} queries {min(times) * 1000:6.0f} ms"
                sys.stdout.write(f"{who:8} {path:45} {answer.status_code} {took}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
