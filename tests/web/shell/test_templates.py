from __future__ import annotations

from pathlib import Path

import pytest
from django.template import engines

import hefu

SOURCE = Path(hefu.__file__).parent
TEMPLATES = sorted(path for kind in ("html", "txt") for path in SOURCE.rglob(f"templates/**/*.{kind}"))
LONG = 180


@pytest.mark.usefixtures("product")
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_template_can_be_read(path: Path) -> None:
    engines["django"].from_string(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_template_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONG
