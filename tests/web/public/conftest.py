"""The body, the fixed moment, and a client for every test of the public pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client, override_settings

from tests.web.public import square

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _square(site: str) -> Iterator[None]:  # noqa: ARG001 - the database first
    with override_settings(HEFU_NOW="tests.web.public.square.now"):
        square.body()
        yield


@pytest.fixture
def visitor() -> Client:
    """Somebody who has not signed in, and reads English."""
    client = Client()
    client.cookies["language"] = "en"
    return client
