"""Effects: what follows from an act that is done, in one fixed order.

1. the act itself, with the case that it opens; 2. the item that it raises; 3. the certificate; 4. other cases;
5. documents, notices, publications, reports; 6. duties settled and raised; 7. clocks; 8. what ends with its owner.
Used by `decide` for people's acts and by `due` for the acts that a rule does by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hefu.rules.clocks import drop, length, trigger
from hefu.rules.dossier import duty_key
from hefu.rules.evolve import CERTIFICATE
from hefu.rules.guards import UncomputableError, day_of
from hefu.rules.time import end_of
from hefu.rules.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from hefu.rules.dossier import Case, Duty
    from hefu.rules.draft import Draft
    from hefu.rules.model import Action, CaseChange, DutyRule, Output
    from hefu.rules.view import Actor


def perform(  # noqa: C901, PLR0913 - an act is exactly these, and its effects have one order
    draft: Draft,
    action: Action,
    subject: str,
    form: Mapping[str, Any],
    actor: Actor,
    *,
    target: str = "",
    extra: Mapping[str, Any] | None = None,
) -> None:
    """Do `action` on `subject` (a case, an item, or `certificate`; a new case's id when the act opens one)."""
    machine = draft.scheme.machines[action.machine]
    about_certificate = machine.kind == CERTIFICATE
    outcome = machine.states[target].outcome if target else _outcome(draft, subject)
    before = draft.dossier.status
    # 1. The act; an act that makes the certificate (a list's entry) is written after it, onto it.
    if action.opens and machine.kind == "process":
        draft.emit("case-opened", subject, action.machine, _pinned(draft, target), action.clauses)
    fresh = about_certificate and draft.dossier.certificate is None
    if fresh:
        _change_certificate(draft, action, _view(draft, subject, form, actor))
    if not fresh or draft.dossier.certificate is not None:
        data: dict[str, Any] = {"form": form, "to": "" if about_certificate else target, "outcome": outcome}
        data |= {"parts": _participants(action, form, actor), **_added(action, form), **(extra or {})}
        draft.emit("acted", subject, action.id, data, action.clauses, actor.id)
    # 2 and 3. The item, the certificate.
    view = _view(draft, subject, form, actor)
    if action.raises:
        _raise(draft, action, view)
    if not fresh:
        if about_certificate and target and target != before:
            moved = {"to": target, "set": {}, "new": False, "print": ""}
            draft.emit("certificate-moved", CERTIFICATE, target, moved, action.clauses)
        _change_certificate(draft, action, view)
    # 4 to 6. Other cases, what is put out, duties.
    for other in action.cases:
        _change_case(draft, other, view)
    for output in action.outputs:
        emit_output(draft, output, view)
    _settle(draft, action, subject, form)
    for duty in action.duties:
        raise_duty(draft, duty, view)
    # 7 and 8. Clocks, and what ends with its owner.
    if action.id in draft.scheme.triggers:
        trigger(draft, action.id, _view(draft, subject, form, actor))
    if outcome and not about_certificate:
        _end(draft, subject)
    _after_certificate(draft, before)


def _pinned(draft: Draft, state: str) -> dict[str, str]:
    """How a case begins: its state, and the version whose rules it keeps, with the hash of their content (K4)."""
    return {"version": draft.scheme.version, "digest": draft.scheme.digest, "state": state}


def _added(action: Action, form: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The answers that add to earlier ones instead of replacing them: materials."""
    names = tuple(name for name in action.form.adding if name in form)
    return {"adds": names} if names else {}


def _outcome(draft: Draft, subject: str) -> str:
    held = draft.dossier.cases.get(subject) or draft.dossier.items.get(subject)
    return held.outcome if held else ""


def _items(draft: Draft, subject: str) -> tuple[str, ...]:
    case = draft.dossier.cases.get(subject)
    return case.items if case else ()


def _view(draft: Draft, subject: str, form: Mapping[str, Any], actor: Actor) -> View:
    dossier = draft.dossier
    if subject == CERTIFICATE:
        return View(draft.scheme, dossier, dossier.certificate, None, form, draft.facts, actor, draft.on)
    if subject in dossier.items:
        item = dossier.items[subject]
        return View(draft.scheme, dossier, item, dossier.cases[item.case], form, draft.facts, actor, draft.on)
    case: Case | None = dossier.cases.get(subject)
    return View(draft.scheme, dossier, case, case, form, draft.facts, actor, draft.on)


def _participants(action: Action, form: Mapping[str, Any], actor: Actor) -> dict[str, tuple[str, ...]]:
    """Who takes part in what by this act: the one who acts, and the people whom a field of the form names."""
    parts: dict[str, tuple[str, ...]] = {}
    if action.parts and actor.id:
        parts[actor.id] = tuple(sorted(action.parts))
    for field in action.form.naming:
        if field.id not in form or field.part is None:
            continue
        value = form[field.id]
        named = [row.get("person", "") for row in value] if field.type == "team" else [value]
        for person in named:
            parts[person] = tuple(sorted({*parts.get(person, ()), field.part}))
    return parts


def _raise(draft: Draft, action: Action, view: View) -> None:
    machine = draft.scheme.machines[action.raises]
    number = 1 + draft.dossier.counts.get(action.raises, 0)
    state = next(iter(machine.states))
    case = view.case.id if view.case else ""
    data = {"case": case, "state": state, "form": dict(view.form)}
    draft.emit("item-raised", f"{machine.prefix}-{number}", action.raises, data, action.clauses)


def _change_certificate(draft: Draft, action: Action, view: View) -> None:
    """The changes of the certificate whose conditions hold, one after another.

    An act of a case leaves a certificate alone that has ended, unless it gives a new one or, as an upheld appeal does,
    reopens it; an act of the certificate names in its `from` the end from which it is possible.
    """
    states = draft.scheme.machines[CERTIFICATE].states
    for change in action.certificate:
        ended = draft.dossier.certificate is not None and bool(states[draft.dossier.status].outcome)
        if ended and action.machine != CERTIFICATE and not (change.new or change.reopens):
            continue
        if change.when is not None and change.when(view) is not True:
            continue
        fields = draft.scheme.machines[CERTIFICATE].fields
        values: dict[str, Any] = {}
        for name, expression in change.sets:
            value = expression(view)
            values[name] = day_of(value) if fields[name].word == "date" else plain_value(value)
        data = {"to": change.to, "set": values, "new": change.new, "print": change.prints}
        draft.emit("certificate-moved", CERTIFICATE, change.to or change.prints, data, change.clauses)


def plain_value(value: Any) -> Any:  # noqa: ANN401 - a CEL value
    """CEL containers as plain ones, so that a journal holds nothing of the library. Raises UncomputableError."""
    if value is None:
        raise UncomputableError
    if isinstance(value, str | bool | int | float):
        return value
    if hasattr(value, "date"):
        moment: datetime = value
        return day_of(moment)
    if isinstance(value, dict):
        return {str(key): plain_value(item) for key, item in value.items()}
    return tuple(plain_value(item) for item in value)


def _change_case(draft: Draft, change: CaseChange, view: View) -> None:
    if change.when is not None and change.when(view) is not True:
        return
    machine = draft.scheme.machines[change.process]
    if change.opens:
        subject = new_case(draft, change.process)
        draft.emit("case-opened", subject, change.process, _pinned(draft, change.state), change.clauses)
        return
    case = draft.dossier.open_case(change.process)
    if case is not None:
        data = {"to": change.state, "outcome": machine.states[change.state].outcome}
        draft.emit("case-moved", case.id, change.process, data, change.clauses)
        if data["outcome"]:
            _end(draft, case.id)


def new_case(draft: Draft, process: str) -> str:
    """The id of the next case of a process: its name and number within the dossier."""
    number = 1 + draft.dossier.counts.get(process, 0)
    return f"{process}-{number}"


def emit_output(draft: Draft, output: Output, view: View) -> None:
    """Make a document, send a notice, publish, or report."""
    if output.when is None or output.when(view) is True:
        case = view.case.id if view.case else CERTIFICATE
        draft.emit(output.event, case, output.name, output.data, output.clauses)


def raise_duty(draft: Draft, duty: DutyRule, view: View) -> None:
    """Raise a duty, once: an open one with the same act and ground stands."""
    if duty.when is not None and duty.when(view) is not True:
        return
    case = view.case.id if view.case else ""
    if duty_key(case, duty.act, duty.ground) in draft.dossier.duties:
        return
    calendar = draft.scheme.calendar
    due = calendar.add(draft.on, 1)
    if duty.within is not None:
        due = end_of(draft.on, length(duty.within, draft.scheme), calendar, rolls=True)
    draft.emit("duty-raised", case, duty.act, {"ground": duty.ground, "role": duty.role, "due": due}, duty.clauses)


def _settle(draft: Draft, action: Action, subject: str, form: Mapping[str, Any]) -> None:
    """Duties that this act answers: its own, of the grounds that it names, and those that it says it settles."""
    grounds = form.get("grounds", ()) if action.group else ()
    item = draft.dossier.items.get(subject)
    here = item.case if item else subject
    for duty in [duty for duty in draft.dossier.duties.values() if duty.act in action.answers]:
        named = duty.act in action.settles or f"{duty.act}/{duty.ground}" in action.settles
        if named or _answered(action, duty, here, grounds):
            _lapse(draft, duty)


def _answered(action: Action, duty: Duty, here: str, grounds: Sequence[str]) -> bool:
    """Whether a duty is to do this very act, here, and on one of the grounds if any are named."""
    if duty.act != action.id or (duty.ground and grounds and duty.ground not in grounds):
        return False
    return duty.case == here or action.opens or duty.act.startswith("certificate.")


def _lapse(draft: Draft, duty: Duty) -> None:
    draft.emit("duty-settled", duty.case, duty.act, {"ground": duty.ground}, duty.clauses)


def _end(draft: Draft, subject: str) -> None:
    """What ends with a case or an item: its clocks, and the duties to act on it."""
    drop(draft, frozenset((subject, *_items(draft, subject))))
    case = draft.dossier.cases.get(subject)
    if case is None:
        return
    kinds = {case.process, *(draft.dossier.items[item].kind for item in case.items)}
    for duty in tuple(draft.dossier.duties.values()):
        if duty.case != subject:
            continue
        action = draft.scheme.action(duty.act)
        if action is not None and action.machine in kinds and not _still(action, case):
            _lapse(draft, duty)


def _still(action: Action, case: Case) -> bool:
    """Whether an act is possible in the state in which its case has ended (a report delivered afterwards)."""
    return action.machine == case.process and (case.state in action.sources or action.opens)


def _after_certificate(draft: Draft, before: str) -> None:
    """When the status has changed: duties that can no longer be done lapse; an ended certificate's clocks end."""
    dossier = draft.dossier
    if dossier.certificate is None or dossier.status == before:
        return
    for duty in tuple(dossier.duties.values()):
        action = draft.scheme.action(duty.act)
        if action is not None and action.machine == CERTIFICATE and dossier.status not in action.sources:
            _lapse(draft, duty)
    if draft.scheme.machines[CERTIFICATE].states[dossier.status].outcome:
        drop(draft, frozenset(("",)))
