"""Django's settings, from the environment.

HEFU_DATABASE_URL     the database (site/database.py); a SQLite file in the working folder by default
HEFU_SYNCHRONOUS      FULL (default) or NORMAL, for SQLite
HEFU_SCHEMES          the folder of the schemes (rules/load)
HEFU_ZONE             the zone whose days count; Asia/Shanghai by default (site)
"""

import os

from hefu.site.database import DEFAULT, database

INSTALLED_APPS = ["hefu.dossiers"]
DATABASES = {
    "default": database(os.environ.get("HEFU_DATABASE_URL", DEFAULT), os.environ.get("HEFU_SYNCHRONOUS", "FULL"))
}
USE_TZ = True
TIME_ZONE = "UTC"  # instants are recorded in UTC; days are those of the body's zone, and come from the caller
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
