"""Which fields apply, as the rules answer it, and on what that depends, in words.

A condition is only ever asked, never read: for the words, the rules are asked once for each possible answer of the
questions on which it depends. What depends on a question that has not been answered yet is open: it may be filled in.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hefu.rules import answers as rules
from hefu.rules.model import Field, Option, Text
from hefu.rules.view import View
from hefu.web.forms.names import GROUNDS
from hefu.web.forms.tree import OFF, ON, OPEN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from hefu.rules.model import Action, Expression
    from hefu.rules.view import Actor

MOST = 48
"""Combinations of answers that are tried for the words of a condition."""
CHAIN = 5
"""Fields that depend on fields that depend on fields: no form is deeper."""


def look(action: Action, answers: Mapping[str, Any], view: View, people: Mapping[str, Actor]) -> dict[str, bool]:
    """Let the view see these answers as the rules would, without those that do not apply; which fields apply."""
    raw = {key: value for key, value in answers.items() if key != "departure"}
    applies: dict[str, bool] = {}
    for _turn in range(CHAIN):
        values, _refusals, bad = rules.read(view.scheme, action, raw, view, people)
        view.form = {key: value for key, value in values.items() if key not in bad}
        applies = rules.applicable(action, view)
        idle = [key for key in raw if applies.get(key) is False]
        if not idle:
            break
        raw = {key: value for key, value in raw.items() if key not in idle}
    return applies


def states(action: Action, applies: Mapping[str, bool], view: View) -> dict[str, str]:
    """For each conditional field: on, off, or open."""
    found: dict[str, str] = {}
    for field in action.form.conditional:
        gone = frozenset(key for key, state in found.items() if state == OFF)
        found[field.id] = settled(field.when, action, view, gone, applies=applies.get(field.id, True))
    return found


def settled(when: Expression | None, action: Action, view: View, gone: Collection[str] = (), *, applies: bool) -> str:
    """On or off as it `applies`, if no answer that is still missing could change it; else open.

    Answers to fields that are `gone` will not come.
    """
    missing = [] if when is None else [one for one in asked(when, action) if one.id not in view.form]
    missing = [one for one in missing if one.id not in gone]
    if when is None or not missing:
        return ON if applies else OFF
    trials = [list(_possible(field, "zh")) for field in missing]
    size = prod(map(len, trials))
    if not 0 < size <= MOST:
        return OPEN
    holding = len(_holding(when, missing, trials, view))
    return OPEN if 0 < holding < size else ON if holding else OFF


def asked(when: Expression, action: Action) -> list[Field]:
    """The fields of this form on whose answers a condition depends."""
    fields = {**action.form.by_id, GROUNDS: grounds(action)} if action.group else action.form.by_id
    keys = [name.partition(".")[2] for name in when.guard.names if name.startswith(("form.", "case.", "item."))]
    return [fields[key] for key in dict.fromkeys(keys) if key in fields]


def grounds(action: Action) -> Field:
    """The grounds of an act as a field: they are asked with the form, and fields may depend on them."""
    options = {key: Option(key, ground.title, clauses=ground.clauses) for key, ground in action.grounds.items()}
    return Field(
        GROUNDS, "multi-choice", "list", Text("依据的情形", "Grounds"), required=True, when=None, options=options,
        columns=(), max_chars=None, minimum=None, maximum=None, pattern=None, role=None, part=None, sample=None,
        clauses=action.clauses,
    )  # fmt: skip


def because(when: Expression | None, action: Action, view: View, language: str) -> str:
    """On what a condition depends, in words: the answers with which it holds, where they can be tried."""
    fields = asked(when, action) if when is not None else []
    if when is None or not fields:
        return ""
    titles = [field.title.get(language) for field in fields]
    trials = [list(_possible(field, language)) for field in fields]
    size = prod(map(len, trials))
    holding = _holding(when, fields, trials, view) if 0 < size <= MOST else []
    if not holding:
        return _("where the answers to %(fields)s ask for it") % {"fields": _(", ").join(f"“{one}”" for one in titles)}
    if len(fields) == 1:
        words = _(" or ").join(f"“{word}”" for (word,) in holding)
        return _("where “%(field)s” is answered %(answers)s") % {"field": titles[0], "answers": words}
    told = [
        _(" and ").join(
            _("“%(field)s” is “%(answer)s”") % {"field": title, "answer": word}
            for title, word in zip(titles, words, strict=True)
        )
        for words in holding
    ]
    return _("where %(answers)s") % {"answers": _(" or ").join(told)}


def _possible(field: Field, language: str) -> Iterator[tuple[str, Any]]:
    """Answers that can be tried, each with its word; none for what is written freely."""
    match field.type:
        case "boolean":
            yield _("yes"), True
            yield _("no"), False
        case "choice" | "grade":
            yield from ((option.title.get(language), option.id) for option in field.options.values())
        case "multi-choice":
            yield from ((option.title.get(language), (option.id,)) for option in field.options.values())
        case _:
            return


def _holding(
    when: Expression, fields: list[Field], trials: list[list[tuple[str, Any]]], view: View
) -> list[tuple[str, ...]]:
    """The words of those combinations with which the condition holds."""
    found = []
    for trial in product(*trials):
        form = {**view.form, **{field.id: value for field, (_word, value) in zip(fields, trial, strict=True)}}
        tried = View(view.scheme, view.dossier, view.subject, view.case, form, view.facts, view.actor, view.today)
        if when(tried) is True:
            found.append(tuple(word for word, _value in trial))
    return found
