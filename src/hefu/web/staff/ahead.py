"""How much lies ahead of somebody, for the navigation: one small question for each of two entries, however much it is.

Only what waits is told. How many dossiers or certificates there are asks nobody to do anything, and to count all of
them on every page would cost more the longer a body works; their lists say it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.web import nav
from hefu.web.staff import waiting
from hefu.web.staff.mine import mine

if TYPE_CHECKING:
    from django.http import HttpRequest


def work(request: HttpRequest) -> int:
    """What waits for them on the work list."""
    known = mine(request)
    return waiting.waiting(known).filter(since__lte=known.on)[: nav.MOST + 1].count()


def duties(request: HttpRequest) -> int:
    """The open duties that they see."""
    return waiting.duties(mine(request))[: nav.MOST + 1].count()
