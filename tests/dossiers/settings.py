"""Settings of the tests: SQLite as `sqlite`, which is also the default, and PostgreSQL as `postgresql`."""

import os
import tempfile

from hefu.site.database import database
from hefu.site.settings import DEFAULT_AUTO_FIELD, INSTALLED_APPS, TIME_ZONE, USE_TZ

__all__ = ["DATABASES", "DEFAULT_AUTO_FIELD", "INSTALLED_APPS", "TIME_ZONE", "USE_TZ"]

SERVER = os.environ.get("HEFU_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/test")
DATABASES = {
    "default": database(f"sqlite:///{tempfile.gettempdir()}/hefu-no-test-may-use-this.sqlite3"),
    "sqlite": database(f"sqlite:///{tempfile.gettempdir()}/hefu-set-by-each-test.sqlite3"),
    "postgresql": {**database(SERVER), "CONN_HEALTH_CHECKS": False},
}
