"""All these tests happen on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import override_settings

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with override_settings(HEFU_NOW="tests.web.account.visit.now"):
        yield
