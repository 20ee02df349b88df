"""What somebody can do now, what they cannot and why, what is for others to do: `explain`, sorted for the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse

from hefu.dossiers.work import DONE_WITHIN
from hefu.rules.due import due
from hefu.rules.explain import explain
from hefu.rules.model import Text
from hefu.rules.turn import turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hefu.rules.dossier import Dossier
    from hefu.rules.explain import Possible
    from hefu.rules.model import Action, Machine, Rule, Scheme
    from hefu.rules.refusal import Refusal
    from hefu.web.door import Door

NOT_YOURS = "not-your-role"
"""The refusal of the rules that says no more than that others do this."""


class Act(NamedTuple):
    """One act on one subject. `item` addresses the subject where an act needs it.

    `duty`: it is awaited, because a rule has raised it or a time limit runs until it is done. `onward`: it is their
    turn, and this leads on from where the subject stands. `instead`: who may do it, where it is refused to this person
    alone (instead.py).
    """

    action: Action
    title: Text
    subject: str
    item: str
    href: str
    form: str
    refusals: tuple[Refusal, ...]
    conditions: tuple[Rule, ...]
    duty: bool
    onward: bool
    roles: tuple[Text, ...]
    instead: tuple[str, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether it is waited for, rather than only permitted."""
        return self.duty or self.onward


class Acts(NamedTuple):
    """`can`: permitted; `cannot`: theirs, but something stands against it; `others`: somebody else's to do."""

    can: list[Act]
    cannot: list[Act]
    others: list[Act]


def present(door: Door) -> Dossier:
    """The dossier as it is today, once time has brought its due; nothing is written by looking at it."""
    held = door.held
    return due(held.law.scheme, held.dossier, door.when.on, door.facts, door.people, held.law.versions).dossier


def acts(door: Door, dossier: Dossier) -> Acts:
    """Every act of the present states as the person at the door sees it: what a duty asks for, their turn, the rest."""
    found = [
        _act(door, dossier, possible)
        for possible in explain(door.scheme, dossier, door.actor, door.when.on, door.facts)
    ]
    found.sort(key=lambda act: (not act.duty, not act.onward))
    own = [act for act in found if not any(refusal.code == NOT_YOURS for refusal in act.refusals)]
    return Acts(
        [act for act in own if not act.refusals],
        [act for act in own if act.refusals],
        [act for act in found if act not in own],
    )


def _act(door: Door, dossier: Dossier, possible: Possible) -> Act:
    action, scheme = possible.action, door.scheme
    machine = scheme.machines[action.machine]
    item = addressed(machine, action, possible.subject)
    parts = [door.held.id, action.id, item] if item else [door.held.id, action.id]
    duty = any(held.act == action.id for held in dossier.duties.values()) or _ticks(scheme, dossier, possible)
    title = action.title
    if machine.kind == "item":
        title = Text(f"{title.zh} {item}", f"{title.en} {item}")
    elif item:
        title = in_process(scheme, action, item.rpartition("-")[2])
    elif action.opens or len(_open_machines(scheme, dossier)) > 1:
        title = in_process(scheme, action)
    roles = tuple(_title(scheme, role) for role in sorted(action.by) if role in scheme.file.roles)
    href = reverse("dossier:act", args=parts)
    onward = any(action.name in turns(scheme, dossier, possible.subject).get(role, ()) for role in door.actor.roles)
    onward |= action.opens and machine.process_kind == "restoration"  # possible only while a suspension waits for it
    return Act(action, title, possible.subject, item, href, action.form.number, possible.refusals,
               possible.conditions, duty, onward, roles)  # fmt: skip


def in_process(scheme: Scheme, action: Action, number: str = "") -> Text:
    """The title of an act with that of its process, and which of several cases it is; once, where both are the same."""
    process, title = scheme.machines[action.machine].title, action.title
    if process.zh == title.zh:
        return Text(title.zh, title.en)
    which = f" {number}" if number else ""
    return Text(f"{process.zh}{which}：{title.zh}", f"{process.en}{which}: {title.en}")


def turns(scheme: Scheme, dossier: Dossier, subject: str) -> Mapping[str, tuple[str, ...]]:
    """Whose turn it is in a case or an item that is under way, by role; nobody's in what has ended."""
    item = dossier.items.get(subject)
    case = dossier.cases.get(item.case if item else subject)
    if case is None or case.outcome or (item and item.outcome):
        return {}
    return turn(scheme, item.kind if item else case.process, item.state if item else case.state)


def _ticks(scheme: Scheme, dossier: Dossier, possible: Possible) -> bool:
    """Whether a time limit that runs now is met by this act on this subject; a ban is no limit to act within."""
    subjects = {possible.subject, ""}
    if item := dossier.items.get(possible.subject):
        subjects.add(item.case)
    return any(
        trigger.does == "stop"
        and trigger.clock.kind in DONE_WITHIN
        and run.name == trigger.clock.name
        and run.scope in subjects
        for trigger in scheme.triggers.get(possible.action.id, ())
        for run in dossier.live.values()
    )


def addressed(machine: Machine, action: Action, subject: str) -> str:
    """The id by which an act names its subject: an item, or one of several open cases of the same process."""
    return subject if machine.kind == "item" or (machine.many and not action.opens) else ""


def _open_machines(scheme: Scheme, dossier: Dossier) -> list[str]:
    """The processes with an open case, and the certificate once there is one."""
    found = [name for name, machine in scheme.machines.items() if machine.kind == "process" and dossier.open_case(name)]
    return [*found, "certificate"] if dossier.certificate is not None else found


def _title(scheme: Scheme, role: str) -> Text:
    title = scheme.file.roles[role].title
    return Text(title.zh, title.en)


def titles(scheme: Scheme, roles: Iterable[str]) -> list[Text]:
    """The titles of roles, in the scheme's order."""
    held = set(roles)
    return [Text(item.title.zh, item.title.en) for key, item in scheme.file.roles.items() if key in held]
