"""The name of a file as it is kept: what a person sees, and nothing that could mislead them or a program.

Taken out: folders before the name, control characters, line breaks, and the marks that turn the direction of writing
round, with which "gpj.exe" can be shown as "exe.jpg" (Unicode TR36 3.2).
"""

from __future__ import annotations

import unicodedata

from hefu.papers.models import TITLE

_FORBIDDEN = frozenset('<>:"/\\|?*')
"""No file system of those that people use takes them all."""


def clean(name: str) -> str:
    """The name without what may not be in it, at most TITLE characters with its extension whole; may be empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = unicodedata.normalize("NFC", last)
    kept = "".join(sign for sign in plain if sign not in _FORBIDDEN and not _hidden(sign))
    kept = " ".join(kept.split()).strip(". ")
    stem, dot, tail = kept.rpartition(".")
    if not dot:
        return kept[:TITLE]
    return f"{stem.strip()[: TITLE - len(tail) - 1]}.{tail}" if len(tail) < TITLE else kept[:TITLE]


def extension(name: str) -> str:
    """What follows the last dot, in small letters."""
    _, dot, tail = name.rpartition(".")
    return tail.lower() if dot else ""


def _hidden(sign: str) -> bool:
    """Control characters (Cc), unassigned and private ones (Cn, Co), halves of pairs (Cs), invisible marks (Cf)."""
    return unicodedata.category(sign).startswith("C") and sign not in " \t\n"
