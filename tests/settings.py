"""Settings of the tests: the product's own, on databases that each test replaces (tests/databases.py)."""

import os
import tempfile

from hefu.site.database import database
from hefu.site.parts import OPENID_CONNECT
from hefu.site.settings import *  # noqa: F403 - whatever the product sets holds here too
from hefu.site.settings import INSTALLED_APPS

SERVER = os.environ.get("HEFU_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/test")
DATABASES = {
    "default": database(f"sqlite:///{tempfile.gettempdir()}/hefu-no-test-may-use-this.sqlite3"),
    "sqlite": database(f"sqlite:///{tempfile.gettempdir()}/hefu-set-by-each-test.sqlite3"),
    "postgresql": {**database(SERVER), "CONN_HEALTH_CHECKS": False},
}
INSTALLED_APPS = [*INSTALLED_APPS, OPENID_CONNECT]  # as where an identity provider is named
SECRET_KEY = "only for tests"  # noqa: S105 - signs nothing that anybody keeps
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a test signs in often; safety is not its subject
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
