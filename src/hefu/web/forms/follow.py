"""Whether an act asks to be confirmed, and what follows from it, as the scheme says: before anybody presses twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from hefu.rules.evolve import CERTIFICATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hefu.rules.model import Action, Expression, Scheme


class Consequence(NamedTuple):
    """One thing that follows, with the clauses under which it does; `perhaps`: only under a condition."""

    text: str
    clauses: tuple[str, ...]
    perhaps: bool


def weighty(scheme: Scheme, action: Action) -> bool:
    """Whether an act is to be confirmed: it names grounds, or may end a certificate."""
    states = scheme.machines[CERTIFICATE].states
    ends = {action.targets} if action.machine == CERTIFICATE else set()
    goals = [state for targets in ends for state, _when in targets] + [change.to for change in action.certificate]
    return bool(action.group) or any(goal in states and states[goal].outcome for goal in goals)


def follows(scheme: Scheme, action: Action, language: str) -> tuple[Consequence, ...]:
    """Everything that may follow from an act, in the order in which it happens."""
    language = "en" if language.startswith("en") else "zh"
    return tuple(Consequence(text, clauses, when is not None) for text, clauses, when in _all(scheme, action, language))


def _all(scheme: Scheme, action: Action, language: str) -> Iterator[tuple[str, tuple[str, ...], Expression | None]]:
    machines = scheme.machines
    for state, when in action.targets:
        title = machines[action.machine].states[state].title.get(language)
        yield _("The state becomes: %(state)s") % {"state": title}, action.clauses, when
    for change in action.certificate:
        if change.to:
            title = machines[CERTIFICATE].states[change.to].title.get(language)
            yield _("The certificate becomes: %(state)s") % {"state": title}, change.clauses, change.when
    for case in action.cases:
        process = machines[case.process].title.get(language)
        told = _("A case is opened: %(process)s") if case.opens else _("The case moves on: %(process)s")
        yield told % {"process": process}, case.clauses, case.when
    for output in action.outputs:
        told = {
            "document-made": _("A document is made: %(title)s"),
            "notice-sent": _("A notice is sent: %(title)s"),
            "published": _("It is made public: %(title)s"),
            "reported": _("It is reported: %(title)s"),
        }[output.event]
        yield told % {"title": output.title.get(language)}, output.clauses, output.when
    for duty in action.duties:
        found = scheme.action(duty.act)
        title = found.title.get(language) if found else duty.act
        yield _("A duty arises: %(act)s") % {"act": title}, duty.clauses, duty.when
