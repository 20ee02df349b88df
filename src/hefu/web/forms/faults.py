"""From refusals to messages at their fields: every no of the rules is said where it can be put right.

A refusal of an answer says which one it is about. A rule of the scheme says it through what it looks at: the first
field of this form that its condition names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hefu.rules.conditions import SOFT
from hefu.web.forms.tree import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hefu.rules.model import Action, Rule
    from hefu.rules.refusal import Refusal


def faults(action: Action, refusals: Iterable[Refusal], language: str) -> tuple[Fault, ...]:
    """The refusals in one language, each once, with the path of the answer that each is about."""
    found: dict[tuple[str, str, str], Fault] = {}
    about = {rule.code: _about(rule, action) for rule in rules(action)}
    for refusal in refusals:
        path = refusal.field or about.get(refusal.code, "")
        if path.partition(".")[0] not in action.form.by_id and path != "grounds":
            path = ""
        message = refusal.message.get(language)
        remedy = refusal.remedy.get(language) if refusal.remedy else ""
        found.setdefault((refusal.code, path, message), Fault(refusal.code, message, remedy, refusal.clauses, "", path))
    return tuple(found.values())


def rules(action: Action) -> Iterator[Rule]:
    """Every rule of an act, with those of its grounds."""
    yield from action.rules
    for ground in action.grounds.values():
        yield from ground.rules


def soft(action: Action) -> frozenset[str]:
    """The codes of the rules from which one may depart."""
    return frozenset(rule.code for rule in rules(action) if rule.level in SOFT)


def _about(rule: Rule, action: Action) -> str:
    """The first field of the form at which a rule looks."""
    keys = {
        name.partition(".")[2]
        for expression in (rule.test, rule.when)
        if expression is not None
        for name in expression.guard.names
        if name.startswith(("form.", "case.", "item."))
    }
    return next((field.id for field in action.form.fields if field.id in keys), "")
