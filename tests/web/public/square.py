"""A market square for tests: a body that offers the four schemes, and lives lived in its dossiers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from hefu.dossiers.outcome import When
from hefu.dossiers.sweep import sweep
from hefu.people.models import Body, Offer
from hefu.web import kept
from tests.conftest import ROOT
from tests.dossiers.lives import life, live

if TYPE_CHECKING:
    from pathlib import Path

    from hefu.people.models import Account

SCHEMES = ROOT / "schemes"
WAL, FIRST = SCHEMES / "wal-qp-21/2.0", SCHEMES / "nfcc-ir-000-01/2.0"
SECOND, LIST = SCHEMES / "nfcc-ir-000-02/2.0", SCHEMES / "hbfma-2023-15/2023"
SLUG = "body-1"
"""The body of every life (tests/dossiers/lives.py)."""
TODAY = date(2026, 11, 20)


def now() -> When:
    return When(TODAY, datetime(2026, 11, 20, 2, 32, tzinfo=UTC))


def body() -> Body:
    made = Body.objects.create(slug=SLUG, name="示例认证中心", name_en="Sample Centre")
    for folder in (WAL, FIRST, SECOND, LIST):
        Offer.objects.create(body=made, scheme=folder.parent.name)
    return made


def lived(folder: Path, name: str = "a-whole-life", dossier: str = "d-1", steps: int = 1_000) -> str:
    live(kept.store(), life(folder, name), dossier, steps)
    return dossier


def until(folder: Path, name: str, status: str) -> int:
    """After how many acts of a life the certificate has a status."""
    return next(n for n, step in enumerate(life(folder, name).steps, 1) if step.dossier.status == status)


def passed(on: date = TODAY) -> None:
    """Time has passed for everybody until a day."""
    sweep(kept.store(), now()._replace(on=on))


def signed_in(account: Account, client: object) -> None:
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")  # type: ignore[attr-defined]
