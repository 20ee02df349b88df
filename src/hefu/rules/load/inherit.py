"""A process that is like another: 再认证 runs as 初次认证 does, and says so in one line instead of saying it twice.

The other process is taken over under the new name: its acts (`initial.accept` becomes `recertification.accept`), what
its expressions say about itself, and its clocks (`certification` becomes `recertification-certification`, because
clock names are unique in a scheme). What the new file says is added to that or replaces it; `null` removes.
"""

from __future__ import annotations

import re
from typing import Any


def renamed(model: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """The data of a process as if it had been written under another name."""
    own: Any = model.get("clocks")
    own = own if isinstance(own, dict) else {}
    clocks = {name: f"{new}-{name}" for name in own}
    pattern = _pattern(old, clocks)

    def word(text: str) -> str:
        return pattern.sub(lambda match: _new(match[0], new, clocks), text)

    def walk(value: Any) -> Any:  # noqa: ANN401 - YAML data
        if isinstance(value, dict):
            return {key: item if key in ("zh", "en", "clauses", "title") else walk(item) for key, item in value.items()}
        if isinstance(value, list):
            return [walk(item) for item in value]
        return word(value) if isinstance(value, str) else value

    copied: dict[str, Any] = {key: walk(value) for key, value in model.items() if key != "process"}
    if clocks:
        copied["clocks"] = {clocks[name]: clock for name, clock in copied["clocks"].items()}
    return copied


def _pattern(old: str, clocks: dict[str, str]) -> re.Pattern[str]:
    snake = re.escape(old.replace("-", "_"))
    names = "|".join(sorted((re.escape(name.replace("-", "_")) for name in clocks), key=len, reverse=True)) or "(?!)"
    hyphened = "|".join(sorted(map(re.escape, clocks), key=len, reverse=True)) or "(?!)"
    return re.compile(
        rf"clock\.(?:{hyphened})\.breached|\b(?:cases|active)\.{snake}\b|\b(?:clock|due)\.(?:{names})\b"
        rf"|(?<![\w.-]){re.escape(old)}\.(?=[a-z])"
    )


def _new(found: str, new: str, clocks: dict[str, str]) -> str:
    """The new spelling of one address or variable."""
    head, _, rest = found.partition(".")
    if head in ("cases", "active"):
        return f"{head}.{new.replace('-', '_')}"
    if found.endswith(".breached"):
        return f"clock.{clocks[rest.removesuffix('.breached')]}.breached"
    if head in ("clock", "due"):
        name = next(name for name in clocks if name.replace("-", "_") == rest)
        return f"{head}.{clocks[name].replace('-', '_')}"
    return f"{new}."


def merge(model: Any, own: Any) -> Any:  # noqa: ANN401 - YAML data
    """The model with what is said anew; mappings are merged, all else replaces, null removes."""
    if not isinstance(model, dict) or not isinstance(own, dict):
        return own
    result = dict(model)
    for key, value in own.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge(result.get(key), value)
    return result
