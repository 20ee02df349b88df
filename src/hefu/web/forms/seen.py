"""What a page has seen of a draft: which version, and which page it is.

Two windows are told apart by the version that each has seen. A page that has saved and has not heard of it, because
the line broke or the answer came too late, is not another window: it is known by its own token.
"""

from __future__ import annotations

import re
import secrets
from typing import NamedTuple

_WRITTEN = re.compile(r"(\d{1,9})\.([0-9a-f]{0,16})")


class Seen(NamedTuple):
    """The version that a page has before it (0: none), and the token of the page."""

    version: int = 0
    page: str = ""

    def __str__(self) -> str:
        """As the page sends it back."""
        return f"{self.version}.{self.page}"


def page_of(version: int) -> Seen:
    """A new page that shows a version."""
    return Seen(version, secrets.token_hex(8))


def seen(text: str) -> Seen:
    """What a page says; nothing, if it says nothing that can be read."""
    found = _WRITTEN.fullmatch(text) if text.isascii() else None
    return Seen(int(found[1]), found[2]) if found else Seen()
