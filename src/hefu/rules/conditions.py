"""Conditions: what must hold for an act that its state allows.

Steps 6 to 8 of `decide`: the materials that the act waits for, the grounds on which it is done, and every guard, hard
or soft. A soft one (一般, 原则上) may be departed from with a reason and an approver (AMBIGUITIES P4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules.model import Text
from hefu.rules.refusal import GAP, Refusal, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hefu.rules.decide import Act
    from hefu.rules.model import Action, Ground, Rule, Scheme
    from hefu.rules.view import View

SOFT = frozenset({"normal", "in-principle"})

OURS = ("settings.", "certificate.status")
"""Variables whose values nobody has answered: the body or the scheme says them."""


class Conditions(NamedTuple):
    """What steps 6 to 8 found: refusals, the grounds named, the guards not met, and an approved departure from them."""

    refusals: list[Refusal]
    grounds: tuple[Ground, ...]
    failed: list[Rule]
    departure: dict[str, Any] | None


NOTHING = Conditions([], (), [], None)


def conditions(scheme: Scheme, action: Action, act: Act, view: View, bad: frozenset[str]) -> Conditions:
    """Steps 6 to 8, for an act that its state allows."""
    refusals = materials_missing(scheme, action, view) if action.complete else []
    grounds: tuple[Ground, ...] = ()
    if action.group:
        grounds, lacking = _grounds(scheme, action, view.form)
        refusals += lacking
    failed = _failed(action, grounds, bad, view)
    if not failed:
        return Conditions(refusals, grounds, failed, None)
    refusals += [worded(rule, view) for rule in failed if rule.level == "hard"]
    departure, undue = _departure(scheme, failed, act, view)
    return Conditions([*refusals, *undue], grounds, failed, departure)


def materials_missing(scheme: Scheme, action: Action, view: View) -> list[Refusal]:
    """Step 6: every material that applies and is not there, each with its own clause."""
    refusals = []
    fields = scheme.machines[action.machine].fields
    for name in action.complete:
        field = fields[name]
        held = view.case.data.get(name, ()) if view.case else ()
        given = {*held, *view.form.get(name, ())}
        for option in field.options.values():
            if option.id in given or option.optional or (option.when is not None and option.when(view) is False):
                continue
            clauses = (*option.clauses, *action.clauses)
            refusal = refuse(scheme, "material-missing", clauses, material=option.title)
            refusals.append(refusal._replace(field=f"{name}.{option.id}"))
    return refusals


def _grounds(scheme: Scheme, action: Action, form: Mapping[str, Any]) -> tuple[tuple[Ground, ...], list[Refusal]]:
    """Step 7."""
    named = form.get("grounds", ())
    if not named:
        refusal = refuse(scheme, "ground-required", action.clauses, action=action.title)
        return (), [refusal._replace(field="grounds")]
    unknown = [name for name in named if name not in action.grounds]
    refusals = [
        refuse(scheme, "ground-unknown", action.clauses, ground=name)._replace(field="grounds") for name in unknown
    ]
    return tuple(action.grounds[name] for name in named if name in action.grounds), refusals


def _failed(action: Action, grounds: tuple[Ground, ...], bad: frozenset[str], view: View) -> list[Rule]:
    """Step 8: the rules that do not hold; in the usual case, when all do, they are asked together."""
    rules = [rule for ground in grounds for rule in ground.rules] if grounds else []
    if bad or action.together is None or action.together(view) is not True:
        rules = [*action.rules, *rules]
    return [rule for rule in rules if _usable(rule, bad) and not holds(rule, view)] if rules else rules


def _usable(rule: Rule, bad: frozenset[str]) -> bool:
    """A guard about a field that is itself refused would only repeat the refusal."""
    if not bad:
        return True
    needs = {*rule.test.guard.names, *(rule.when.guard.names if rule.when else ())}
    return not any(name.removeprefix("form.") in bad for name in needs if name.startswith("form."))


def holds(rule: Rule, view: View) -> bool:
    """Whether a guard is met; one that cannot be answered is not, unless it surely does not apply."""
    return (rule.when is not None and rule.when(view) is False) or rule.test(view) is True


def worded(rule: Rule, view: View) -> Refusal:
    """The refusal of a guard, in the scheme's words; {name} in them shows the value of a variable."""
    seen = {name: _shown(name, fetch(view), view) for name, fetch in rule.shows}
    message = _put(rule.message, seen)
    gaps = {name: Text(GAP, GAP) for name in seen if not name.startswith(OURS)}
    bare = _put(rule.message, seen | gaps) if gaps else None
    return Refusal(rule.code, message, rule.clauses, rule.remedy, bare=bare)


def _shown(name: str, value: object, view: View) -> Text:
    """A value as a reader knows it: a status and the options of a choice by their titles, never by their keys."""
    if name == "certificate.status":
        state = view.scheme.machines["certificate"].states.get(str(value))
        return state.title if state else view.scheme.words["status/none"]
    titles = [_title(name, str(key), view) for key in (value if isinstance(value, list) else (value,))]
    if all(titles):
        found = [title for title in titles if title]
        return Text("、".join(title.zh for title in found), ", ".join(title.en for title in found))
    said = value.date().isoformat() if hasattr(value, "date") else str(value)
    return Text(said, said)


def _title(name: str, key: str, view: View) -> Text | None:
    """The title of an option of the field or setting that a variable reads, or of a role that a setting names."""
    space, _, asked = name.partition(".")
    if space == "settings":
        file = view.scheme.file
        setting, role = file.settings.get(asked), file.roles.get(key)
        title = setting.options.get(key) if setting else None
        title = title or (role.title if role else None)
        return Text(title.zh, title.en) if title else None
    holder = getattr(view.subject, "kind", "") if space == "item" else view.case.process if view.case else ""
    machine = view.scheme.machines.get("certificate" if space == "certificate" else holder)
    field = machine.fields.get(asked) if machine else None
    option = field.options.get(key) if field else None
    return option.title if option else None


def _put(template: Text, seen: Mapping[str, Text]) -> Text:
    zh, en = template
    for name, value in seen.items():
        blank = f"{{{name}}}"
        zh, en = zh.replace(blank, value.zh), en.replace(blank, value.en)
    return Text(zh, en)


def _departure(scheme: Scheme, failed: list[Rule], act: Act, view: View) -> tuple[dict[str, Any] | None, list[Refusal]]:
    """Step 8, soft guards: without a reason and an approver of the right role, each is refused."""
    soft = [rule for rule in failed if rule.level in SOFT]
    if not soft:
        return None, []
    given = act.form.get("departure")
    reason = given.get("reason") if isinstance(given, dict) else None
    named = given.get("approver") if isinstance(given, dict) else None
    approver = act.people.get(named) if isinstance(named, str) else None
    if reason and approver is not None and scheme.file.departures in approver.roles:
        codes = tuple(rule.code for rule in soft)
        clauses = tuple(dict.fromkeys(clause for rule in soft for clause in rule.clauses))
        return {"codes": codes, "reason": str(reason), "approver": approver.id, "clauses": clauses}, []
    remedy = scheme.words["refusal/departure/remedy"]
    return None, [worded(rule, view)._replace(remedy=rule.remedy or remedy) for rule in soft]
