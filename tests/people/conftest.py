"""The modules of these tests name tables when they are read, so Django comes first; problems are told in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import django
import pytest
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Iterator

django.setup()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
