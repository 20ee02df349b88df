"""What all processes of an installation remember together for a while: how often somebody has tried something.

It is Django's cache, in a table of the database, so that guesses of a second factor and attempts to register count
together however many processes answer. Values are JSON, because reading a row must never run what somebody may have
written there; keys are digests under the secret of the installation, because most of them name a network address.
Rows that are over go with the next that is written, at most once a minute.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.crypto import salted_hmac

from hefu.web.models import SharedRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    Timeout = float | None

PUT = """INSERT INTO hefu_shared (key, value, until) VALUES (%s, %s, %s)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until"""
ADD = f"{PUT} WHERE hefu_shared.until <= %s"
RAISE = """INSERT INTO hefu_shared (key, value, until) VALUES (%s, %s, %s)
ON CONFLICT (key) DO UPDATE SET
value = CAST(CAST(hefu_shared.value AS integer) + CAST(excluded.value AS integer) AS text), until = excluded.until
RETURNING value"""
FOR_EVER = 2**40
"""An instant that nobody reaches."""
TIDY = 60
"""Seconds between two looks for rows that are over, in one process."""


def shared() -> SharedCache:
    """The one of the settings."""
    found = caches["default"]
    if not isinstance(found, SharedCache):
        raise ImproperlyConfigured("the default cache must be hefu.web.shared.SharedCache")
    return found


class SharedCache(BaseCache):
    """Django's cache over SharedRow."""

    def __init__(self, _location: str, params: Mapping[str, Any]) -> None:
        super().__init__(dict(params))
        self._tidied = time.monotonic()

    def add(self, key: str, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> bool:  # noqa: ANN401 - Django's own sentinel and signature
        """Put a value where none is; whether it was put."""
        return self._write(ADD, self._key(key, version), json.dumps(value), self._until(timeout), _now()) == 1

    def set(self, key: str, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> None:  # noqa: ANN401 - as above
        self._write(PUT, self._key(key, version), json.dumps(value), self._until(timeout))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:  # noqa: ANN401 - as above
        rows = SharedRow.objects.filter(pk=self._key(key, version), until__gt=_now())
        found = rows.values_list("value", flat=True).first()
        return default if found is None else json.loads(found)

    def touch(self, key: str, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        rows = SharedRow.objects.filter(pk=self._key(key, version), until__gt=_now())
        return rows.update(until=self._until(timeout)) == 1

    def delete(self, key: str, version: int | None = None) -> bool:
        return SharedRow.objects.filter(pk=self._key(key, version)).delete()[0] == 1

    def clear(self) -> None:
        SharedRow.objects.all().delete()

    def raised(self, key: str, by: int, timeout: int) -> int:
        """A number that all processes raise, after it was raised by so much; one statement."""
        with connection.cursor() as cursor:
            cursor.execute(RAISE, (self._key(key, None), str(by), self._until(timeout)))
            (found,) = cursor.fetchone()
        self._tidy()
        return int(found)

    def _write(self, text: str, *values: str | int) -> int:
        with connection.cursor() as cursor:
            cursor.execute(text, values)
            count = cursor.rowcount
        self._tidy()
        return int(count)

    def _tidy(self) -> None:
        now = time.monotonic()
        if now - self._tidied >= TIDY:
            self._tidied = now
            SharedRow.objects.filter(until__lte=_now()).delete()

    def _key(self, key: str, version: int | None) -> str:
        return salted_hmac("hefu.web.shared", self.make_key(key, version), algorithm="sha256").hexdigest()

    def _until(self, timeout: Any) -> int:  # noqa: ANN401 - Django's own sentinel
        ends = self.get_backend_timeout(timeout)
        return FOR_EVER if ends is None else int(ends)


def _now() -> int:
    return int(time.time())
