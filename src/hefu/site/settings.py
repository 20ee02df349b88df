"""Django's settings, from the environment.

HEFU_DATABASE_URL     the database (site/database.py); a SQLite file in the working folder by default
HEFU_JOBS_URL         the database of the jobs; a SQLite file beside that of the product, or its PostgreSQL, by default
HEFU_SYNCHRONOUS      FULL (default) or NORMAL, for SQLite
HEFU_SCHEMES          the folder of the schemes (rules/load)
HEFU_CACHE            the folder of compiled schemes; ~/.cache/hefu by default, none if empty (rules/load/shelf.py)
HEFU_ZONE             the zone whose days count; Asia/Shanghai by default (site)
HEFU_SECRET           the key that signs sessions; without one an installation makes its own at each start
HEFU_HOSTS            host names that the site answers to, separated by commas; loopback by default
HEFU_FILES            the folder of uploaded files; `files` in the working folder by default
HEFU_HTTPS            1 where the site is reached over https: cookies and redirects insist on it
HEFU_PROXIES          how many proxies of our own stand before the site and add to X-Forwarded-For; 0 by default
HEFU_URL              where people reach the site, for links in mails; http://localhost:8000 by default
HEFU_OIDC_URL         an identity provider for signing in, with HEFU_OIDC_ID, _SECRET and _NAME (site/parts.py)
HEFU_STATIC           a folder for the collected static files (`hefu serve` makes one that lasts as long as it does)
HEFU_DEMO             1 opens the sign-in of the demonstration: never for real work
HEFU_MAIL             where mail goes: smtp://user:password@host:port, or a folder for files; printed nowhere by default
"""

import os
import secrets

from hefu.site import ZONE
from hefu.site.database import DEFAULT, database, jobs_address
from hefu.site.parts import ACCOUNTS, OPENID_CONNECT, SECURITY, mail, single_sign_on

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "hefu.people",
    "hefu.dossiers",
    "hefu.papers",
    "hefu.register",
    "hefu.notices",
    "hefu.jobs",
    "hefu.web",
    "hefu.web.forms",
    "hefu.web.dossier",
    "hefu.web.client",
    "hefu.web.staff",
    "hefu.web.public",
    "hefu.web.schemes",
    "hefu.web.operator",
    "hefu.web.notices",
    "hefu.web.papers",
    "hefu.web.account",
    "hefu.web.bodies",
    "hefu.web.figures",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "axes",
]
HEFU_OIDC_URL = os.environ.get("HEFU_OIDC_URL", "")
if HEFU_OIDC_URL:
    INSTALLED_APPS.append(OPENID_CONNECT)  # without a provider its addresses need not be there, nor what it loads
HEFU_DEMO = os.environ.get("HEFU_DEMO") == "1"
if HEFU_DEMO:
    INSTALLED_APPS.append("hefu.demo")
MIDDLEWARE = [
    "hefu.web.security.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hefu.web.compression.CompressedPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hefu.web.account.presence.PresenceMiddleware",
    "hefu.web.language.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hefu.web.shell.shell",
                "hefu.web.account.portal.portal",
                "hefu.web.notices.bell.bell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "hefu.web.templatetags.hefu",
            ],
        },
    }
]
ROOT_URLCONF = "hefu.site.urls"
WSGI_APPLICATION = "hefu.site.wsgi.application"

DATABASES = {
    "default": database(os.environ.get("HEFU_DATABASE_URL", DEFAULT), os.environ.get("HEFU_SYNCHRONOUS", "FULL"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"  # instants are recorded in UTC; days are those of the body's zone, and come from the caller
LANGUAGE_CODE = "zh-hans"
FORMAT_MODULE_PATH = "hefu.web.formats"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]  # each in its own words

STATIC_URL = "static/"
STATIC_ROOT = os.environ.get("HEFU_STATIC", "")
WHITENOISE_USE_FINDERS = not STATIC_ROOT
WHITENOISE_ALLOW_ALL_ORIGINS = False
_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC if STATIC_ROOT else "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = os.environ.get("HEFU_FILES", "files")
FILE_UPLOAD_HANDLERS = ["hefu.papers.handler.BoundedUploadHandler"]

HEFU_JOBS_URL = os.environ.get("HEFU_JOBS_URL") or jobs_address(os.environ.get("HEFU_DATABASE_URL", DEFAULT))
HEFU_URL = os.environ.get("HEFU_URL", "http://localhost:8000")
HEFU_ZONE = os.environ.get("HEFU_ZONE", ZONE)
HEFU_NOW = "hefu.site.now"  # the one clock that pages read (web/moment.py)
HEFU_PROXIES = int(os.environ.get("HEFU_PROXIES", "0"))
CSRF_FAILURE_VIEW = "hefu.web.errors.stale_form"
CACHES = {
    "default": {"BACKEND": "hefu.web.shared.SharedCache"},  # what must count together
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},  # what is only found sooner
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # a page that is not there is no news
}

SECRET_KEY = os.environ.get("HEFU_SECRET") or secrets.token_urlsafe(48)
ALLOWED_HOSTS = os.environ.get("HEFU_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
locals().update(SECURITY, **ACCOUNTS, **single_sign_on(HEFU_OIDC_URL), **mail(os.environ.get("HEFU_MAIL", "")))
