"""From what somebody typed to the value that the rules want; what cannot be read stays as it was typed.

Chinese input methods write full-width figures and signs, and people write days in several ways; all of them are read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_WHOLE = re.compile(r"[+-]?\d{1,18}")
_DECIMAL = re.compile(r"[+-]?(\d{1,15}(\.\d*)?|\.\d+)")
_SPACE = re.compile(r"[\s-]+")
YES, NO = "yes", "no"


class UnreadableError(ValueError):
    """Something typed that is no value of its type; `args[0]` is the problem, as the vocabulary names it."""


def plain(text: str) -> str:
    """One line, as typed, without what surrounds it."""
    return text.strip()


def lines(text: str) -> str:
    """Several lines, as typed; a browser sends each with a carriage return."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def day(text: str) -> date:
    """2026-03-01, 2026/3/1, 2026年3月1日. Raises UnreadableError."""
    found = _DAY.fullmatch(_narrow(text))
    try:
        return date(*(int(number) for number in found.groups())) if found else date.fromisoformat("")
    except ValueError:
        raise UnreadableError("not-a-date") from None


def whole(text: str) -> int:
    """A whole number, also one grouped in thousands. Raises UnreadableError."""
    number = _ungrouped(text)
    if not _WHOLE.fullmatch(number):
        raise UnreadableError("not-a-number")
    return int(number)


def decimal(text: str) -> float:
    """A number with or without a fraction, also one grouped in thousands. Raises UnreadableError."""
    number = _ungrouped(text)
    if not _DECIMAL.fullmatch(number):
        raise UnreadableError("not-a-number")
    return float(number)


def yes_or_no(text: str) -> bool:
    """The answer of two buttons. Raises UnreadableError."""
    if text not in (YES, NO):
        raise UnreadableError("not-yes-or-no")
    return text == YES


def code(text: str) -> str:
    """A credit code: people copy it in groups, in small letters, full-width."""
    return _SPACE.sub("", _narrow(text)).upper()


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _ungrouped(text: str) -> str:
    number = _narrow(text)
    return number.replace(",", "") if _GROUPED.fullmatch(number) else number


READERS: Mapping[str, Callable[[str], object]] = {
    "text": plain, "long-text": lines, "file": plain, "evidence": plain, "signature": plain, "person": plain,
    "choice": str, "grade": str, "uscc": code, "date": day, "integer": whole, "number": decimal, "money": decimal,
    "boolean": yes_or_no,
}  # fmt: skip
"""The types that one input answers."""


def written(value: object) -> str:
    """A value as an input holds it; what could not be read stands there as it was typed."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if value is not None else ""
