"""Values of settings and facts: whether one is of the type that its scheme declares."""

from __future__ import annotations

from datetime import date
from typing import Any

LARGEST = 100_000
_SHAPES: dict[str, Any] = {
    "boolean": bool, "integer": int, "text": str, "date": date, "list": (list, tuple), "rows": (list, tuple),
    "table": dict,
}  # fmt: skip


def fits(kind: str, value: Any) -> bool:  # noqa: ANN401 - that is the question
    """Whether a value is of a declared type; nothing at all is always allowed and reads as empty."""
    if value is None:
        return True
    if not isinstance(value, _SHAPES[kind]):
        return False
    if kind == "integer":
        return not isinstance(value, bool) and 0 <= value <= LARGEST
    within = {"list": str, "rows": dict}.get(kind)
    return within is None or all(isinstance(part, within) for part in value)
