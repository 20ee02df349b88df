"""The published calendar, read once as a caller of the core would read it."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from hefu.rules.time import Calendar

CALENDAR_FILE = Path(__file__).parents[3] / "schemes" / "calendars" / "cn.yaml"


@pytest.fixture(scope="session")
def calendar_data() -> Mapping[str, object]:
    """Give the parsed file."""
    data: Mapping[str, object] = YAML(typ="safe").load(CALENDAR_FILE)
    return data


@pytest.fixture(scope="session")
def calendar(calendar_data: Mapping[str, object]) -> Calendar:
    """Give the calendar built from it."""
    return Calendar.from_data(calendar_data)
