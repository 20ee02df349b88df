"""The peer of the register's lookup: the least Django that gives a certificate of a table as JSON, under one server.

No middleware, no session, no template: a view, a row, its columns. Served by `granian bench.plain:application` over the
SQLite file that HEFU_BENCH_FILE names.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import models
from django.http import Http404, JsonResponse
from django.urls import path

if TYPE_CHECKING:
    from django.http import HttpRequest

COLUMNS = ("number", "holder", "uscc", "unit", "status", "since", "granted", "valid_from", "valid_to")
FILE = os.environ["HEFU_BENCH_FILE"]
settings.configure(
    SECRET_KEY="plain", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[],  # noqa: S106 - signs nothing
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FILE, "CONN_MAX_AGE": None}},
)  # fmt: skip
django.setup()


class Certificate(models.Model):
    """The columns of the register's table that anybody may read."""

    public = models.CharField(max_length=16, unique=True)
    number = models.TextField()
    holder = models.TextField()
    uscc = models.TextField()
    unit = models.TextField()
    status = models.TextField()
    since = models.DateField()
    granted = models.DateField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    objects: ClassVar[models.Manager[Certificate]] = models.Manager()

    class Meta:
        """The product's own table."""

        app_label, db_table, managed = "plain", "hefu_entry", False

    def __str__(self) -> str:
        return self.number


def certificate(_request: HttpRequest, public: str) -> JsonResponse:
    """The row of an address."""
    found = Certificate.objects.filter(public=public).values(*COLUMNS).first()
    if found is None:
        raise Http404
    return JsonResponse(found)


urlpatterns = [path("c/<slug:public>", certificate)]
application = WSGIHandler()
