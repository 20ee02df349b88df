"""The modules of these tests name tables when they are read, so Django comes first."""

import django

django.setup()

import pytest  # noqa: E402 - as above


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day and the hour of tests/web/dossier/scene.py."""
    from django.conf import settings  # noqa: PLC0415

    monkeypatch.setattr(settings, "HEFU_NOW", "tests.web.dossier.scene.now")
