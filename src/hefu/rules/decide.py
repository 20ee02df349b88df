"""decide: may this person do this act, now, on this dossier; and if so, what happens.

Numbered as the steps below:
 1. the day does not go backwards, and the act and its subject exist;
 2. the subject is in a state from which the act is possible (no act after an end);
 3. the person holds a role that may do it;
 4. nobody does what an earlier part of theirs bars them from (AMBIGUITIES C15);
 5. the form is filled in as it must be;
 6. the materials that the act waits for are all there;
 7. a ground is named where one is needed, and each holds;
 8. every guard holds; a soft one (一般, 原则上) may be departed from with a reason and an approver (P4);
 9. then, and only then, the effects follow.
All refusals of steps 2 to 8 are given together. Pure: the day, the people and the outside facts are arguments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules import answers
from hefu.rules.draft import Draft
from hefu.rules.effects import new_case, perform
from hefu.rules.events import BadJournalError
from hefu.rules.evolve import CERTIFICATE
from hefu.rules.guards import UncomputableError
from hefu.rules.model import Text
from hefu.rules.refusal import Refusal, refuse
from hefu.rules.time import CalendarRangeError
from hefu.rules.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hefu.rules.dossier import Case, Certificate, Dossier, Item
    from hefu.rules.events import Event
    from hefu.rules.model import Action, Ground, Machine, Rule, Scheme, Separation
    from hefu.rules.view import Actor

SOFT = frozenset({"normal", "in-principle"})


class Act(NamedTuple):
    """What somebody wants to do. `do` is PROCESS.ACTION, certificate.ACTION or ITEM.ACTION; `form` the answers."""

    do: str
    by: Actor
    form: Mapping[str, Any] = {}
    item: str = ""
    facts: Mapping[str, Any] = {}
    people: Mapping[str, Actor] = {}


class Decision(NamedTuple):
    """Either events (and the dossier after them) or refusals; never both."""

    events: tuple[Event, ...]
    refusals: tuple[Refusal, ...]
    dossier: Dossier

    @property
    def ok(self) -> bool:
        return not self.refusals


class Conditions(NamedTuple):
    """What steps 6 to 8 found: refusals, the grounds named, the guards not met, and an approved departure from them."""

    refusals: list[Refusal]
    grounds: tuple[Ground, ...]
    failed: list[Rule]
    departure: dict[str, Any] | None


NOTHING = Conditions([], (), [], None)


class Target(NamedTuple):
    """What an act is done on."""

    id: str
    state: str
    subject: Case | Item | Certificate | None
    case: Case | None


def decide(scheme: Scheme, dossier: Dossier, act: Act, now: date) -> Decision:
    """Decide one act on the day `now`. The clocks due before that day are fired by `due`, beforehand."""
    # 1. The day, the act, the subject.
    action = scheme.action(act.do)
    if dossier.last is not None and now < dossier.last:
        return _no(dossier, refuse(scheme, "date-backwards", (), day=now, last=dossier.last))
    if action is None:
        return _no(dossier, refuse(scheme, "unknown-action", (), action=act.do))
    machine = scheme.machines[action.machine]
    target = locate(scheme, dossier, action, act.item)
    if target is None:
        code = "no-such-item" if machine.kind == "item" or act.item else "no-open-case"
        return _no(dossier, refuse(scheme, code, action.clauses, process=machine.title, item=act.item))
    view = View(scheme, dossier, target.subject, target.case, {}, act.facts, act.by, now)
    # 2 to 4. The state, the role, the separations.
    standing = state_refusals(scheme, machine, action, target)
    refusals = [*standing, *person_refusals(scheme, action, act.by, view)]
    # 5. The form.
    form, wrong, bad = _form(action, act, view)
    refusals += wrong
    met = NOTHING
    if not standing:
        # 6 to 8. Materials, grounds, guards.
        met = _conditions(scheme, action, act, view, bad)
        refusals += met.refusals
    if refusals:
        return Decision((), tuple(refusals), dossier)
    # 9. What follows.
    draft = Draft(scheme, dossier, now, act.facts, act.people)
    subject = target.id or new_case(draft, action.machine)
    extra = {"departure": met.departure} if met.departure else None
    try:
        perform(draft, action, subject, form, act.by, target=_goal(action, view), extra=extra)
    except (UncomputableError, CalendarRangeError, BadJournalError):
        return _no(dossier, refuse(scheme, "not-computable", action.clauses, action=action.title))
    _note(draft, subject, met, act, view)
    return Decision(tuple(draft.events), (), draft.dossier)


def _note(draft: Draft, subject: str, met: Conditions, act: Act, view: View) -> None:
    """What stays in the journal of the guards that only warn, and of the grounds that were named."""
    for rule in met.failed:
        if rule.level == "warn":
            draft.emit("warned", subject, rule.code, worded(rule, view).message._asdict(), rule.clauses, act.by.id)
    for ground in met.grounds:
        data = {"ground": ground.id, "zh": ground.title.zh, "en": ground.title.en}
        draft.emit("flagged", subject, f"ground-{ground.id}", data, ground.clauses, act.by.id)


def _conditions(scheme: Scheme, action: Action, act: Act, view: View, bad: frozenset[str]) -> Conditions:
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


def _form(action: Action, act: Act, view: View) -> tuple[dict[str, Any], list[Refusal], frozenset[str]]:
    """Step 5: the answers, what is wrong with them, and the fields that cannot be used."""
    raw = {key: value for key, value in act.form.items() if key != "departure"}
    return answers.read(view.scheme, action, raw, view, act.people)


def _no(dossier: Dossier, *refusals: Refusal) -> Decision:
    return Decision((), refusals, dossier)


def locate(scheme: Scheme, dossier: Dossier, action: Action, item: str = "") -> Target | None:
    """The subject of an act: the certificate, the named case or item, or the newest open one of its kind."""
    machine = scheme.machines[action.machine]
    if machine.kind == CERTIFICATE:
        held = dossier.certificate
        return Target(CERTIFICATE, dossier.status, held, None)
    if machine.kind == "item":
        found = dossier.items.get(item) if item else _newest_item(dossier, machine.name)
        if found is None or found.kind != machine.name:
            return None
        return Target(found.id, found.state, found, dossier.cases[found.case])
    if action.opens:
        case = dossier.open_case(machine.name)
        return Target("", "", None, None) if case is None or machine.many else Target(case.id, case.state, case, case)
    case = dossier.cases.get(item) if item else dossier.open_case(machine.name) or dossier.case(machine.name)
    if case is None or case.process != machine.name:
        return None
    return Target(case.id, case.state, case, case)


def _newest_item(dossier: Dossier, kind: str) -> Item | None:
    held = dossier.open.get(kind)
    name = held[-1] if held else dossier.newest.get(kind)
    return dossier.items.get(name) if name else None


def state_refusals(scheme: Scheme, machine: Machine, action: Action, target: Target) -> list[Refusal]:
    """Step 2."""
    if action.opens and machine.kind == "process":
        if not target.id:
            return []
        return [refuse(scheme, "already-open", action.clauses, process=machine.title)]
    state = machine.states.get(target.state)
    if target.state in action.sources or (action.anywhere and state is not None and not state.outcome):
        return []
    title = state.title if state else scheme.words["status/none"]
    clauses = tuple(dict.fromkeys((*(state.clauses if state else ()), *action.clauses)))
    return [refuse(scheme, "wrong-state", clauses, action=action.title, state=title)]


def person_refusals(scheme: Scheme, action: Action, actor: Actor, view: View) -> list[Refusal]:
    """Steps 3 and 4."""
    refusals = []
    if actor.roles.isdisjoint(action.by):
        refusals.append(
            refuse(scheme, "not-your-role", action.clauses, action=action.title, roles=_titles(scheme, action.by))
        )
    if not action.parts:
        return refusals
    refusals += [
        Refusal(separation.code, separation.message, separation.clauses, separation.remedy)
        for separation in scheme.separations
        if separated(separation, action, actor, view)
    ]
    return refusals


def _titles(scheme: Scheme, roles: frozenset[str]) -> Text:
    """The roles in the document's own words."""
    held = [scheme.file.roles[role].title for role in sorted(roles) if role in scheme.file.roles]
    return Text("、".join(title.zh for title in held), ", ".join(title.en for title in held))


def separated(separation: Separation, action: Action, actor: Actor, view: View) -> bool:
    """Whether an earlier part, or a role, of this person bars this act."""
    if action.parts.isdisjoint(separation.may_not):
        return False
    barred = not actor.roles.isdisjoint(separation.roles)
    if not barred and separation.took:
        barred = not separation.took.isdisjoint(_parts(actor, view, separation.within))
    return barred and not (separation.unless is not None and separation.unless(view))


def _parts(actor: Actor, view: View, within: str) -> frozenset[str]:
    if within == "case" and view.case is not None:
        return view.case.parts.get(actor.id, frozenset())
    held: frozenset[str] = frozenset()
    for case in view.dossier.cases.values():
        held |= case.parts.get(actor.id, frozenset())
    if view.dossier.certificate:
        held |= view.dossier.certificate.parts.get(actor.id, frozenset())
    return held


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
            refusals.append(refuse(scheme, "material-missing", clauses, material=option.title))
    return refusals


def _grounds(scheme: Scheme, action: Action, form: Mapping[str, Any]) -> tuple[tuple[Ground, ...], list[Refusal]]:
    """Step 7."""
    named = form.get("grounds", ())
    if not named:
        return (), [refuse(scheme, "ground-required", action.clauses, action=action.title)]
    unknown = [name for name in named if name not in action.grounds]
    refusals = [refuse(scheme, "ground-unknown", action.clauses, ground=name) for name in unknown]
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
    seen = {name: _shown(fetch(view)) for name, fetch in rule.shows}
    message = Text(_put(rule.message.zh, seen), _put(rule.message.en, seen))
    return Refusal(rule.code, message, rule.clauses, rule.remedy)


def _shown(value: object) -> str:
    return value.date().isoformat() if hasattr(value, "date") else str(value)


def _put(template: str, seen: Mapping[str, str]) -> str:
    for name, value in seen.items():
        template = template.replace(f"{{{name}}}", value)
    return template


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


def _goal(action: Action, view: View) -> str:
    """The state that the act leads to; empty when it leads nowhere else."""
    for state, when in action.targets:
        if when is None or when(view):
            return state
    return ""
