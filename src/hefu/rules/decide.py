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
from hefu.rules.conditions import NOTHING, Conditions, conditions, worded
from hefu.rules.draft import Draft
from hefu.rules.effects import new_case, perform
from hefu.rules.events import BadJournalError
from hefu.rules.guards import UncomputableError
from hefu.rules.refusal import Refusal, refuse
from hefu.rules.standing import locate, person_refusals, state_refusals
from hefu.rules.time import CalendarRangeError
from hefu.rules.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hefu.rules.dossier import Dossier
    from hefu.rules.events import Event
    from hefu.rules.model import Action, Scheme
    from hefu.rules.view import Actor


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
        met = conditions(scheme, action, act, view, bad)
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


def _form(action: Action, act: Act, view: View) -> tuple[dict[str, Any], list[Refusal], frozenset[str]]:
    """Step 5: the answers, what is wrong with them, and the fields that cannot be used."""
    raw = act.form
    if "departure" in raw:
        raw = {key: value for key, value in raw.items() if key != "departure"}
    return answers.read(view.scheme, action, raw, view, act.people)


def _no(dossier: Dossier, *refusals: Refusal) -> Decision:
    return Decision((), refusals, dossier)


def _goal(action: Action, view: View) -> str:
    """The state that the act leads to; empty when it leads nowhere else."""
    for state, when in action.targets:
        if when is None or when(view):
            return state
    return ""
