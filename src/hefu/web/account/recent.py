"""Whether somebody has shown themself within the minutes for which signing in counts as that.

The account library asks for a password or a second factor again. Whoever has neither, because an identity provider
vouches for them, it lets pass however long ago they came; what cannot be undone must not rest on that.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records

if TYPE_CHECKING:
    from django.http import HttpRequest

    from hefu.people.models import Account


def came_recently(request: HttpRequest, account: Account) -> bool:
    """Whether this session saw them sign in, or show themself again, within the library's own time."""
    latest = max((record["at"] for record in get_authentication_records(request, account)), default=0)
    return bool(time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT)
