"""What is known already, and so need not be typed again: shown filled in, to be looked at and corrected.

Only what the dossier, its open duties or the person's own record says; nothing is guessed, nobody's signature is
repeated, papers are handed in anew, and what a checklist judges is judged anew. In a case counts what another act has
been told: a fact that this one asks for again. What only this act asks is a statement of its own each time: a survey,
a declaration, what is missing. But an act that appoints people arranges the work, and done again it changes the
arrangement: it opens as that stands. Beyond the case only facts count: what acts have set on the certificate, who the
parties are, and what was written in an application of which this one is the like; neither days nor statements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hefu.rules.evolve import CERTIFICATE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from hefu.rules.dossier import Dossier
    from hefu.rules.model import Action, Field, Scheme
    from hefu.rules.standing import Target
    from hefu.rules.view import Actor

NEVER = frozenset({"signature", "materials", "file", "checklist"})
PARTIES = frozenset({"uscc", "organisation"})
LASTING = PARTIES | {"text", "long-text", "integer"}


class Source(NamedTuple):
    """What holds answers: for which types of field it counts (empty: all), and for which names (None: all)."""

    data: Mapping[str, Any]
    types: Collection[str] = ()
    names: Collection[str] | None = None

    def answer(self, field: Field) -> Any:  # noqa: ANN401 - of the field's type
        """The answer to this field, or to the one that it asks again; nothing where it does not count."""
        if self.types and field.type not in self.types:
            return None
        value = next(
            (self.data[key] for key in _keys(field) if key in self.data and (self.names is None or key in self.names)),
            None,
        )
        return value.get("name") if field.type == "text" and isinstance(value, dict) else value


def known(scheme: Scheme, action: Action, dossier: Dossier, target: Target | None) -> dict[str, Any]:
    """The answers that the dossier already has."""
    found: dict[str, Any] = {}
    sources = list(_sources(scheme, action, dossier, target))
    for field in action.form.fields:
        answers = (source.answer(field) for source in sources if field.type not in NEVER)
        value = next((value for value in answers if value not in (None, "", (), [], {})), None)
        if value is not None:
            found[field.id] = value
    return found


def _sources(scheme: Scheme, action: Action, dossier: Dossier, target: Target | None) -> Iterator[Source]:
    """What holds answers, the nearest first."""
    if target is not None and action.machine != CERTIFICATE and not action.opens:
        names = _asked_again(scheme, action, target)
        yield from (Source(holder.data, names=names) for holder in (target.subject, target.case) if holder is not None)
    if dossier.certificate is not None:
        yield Source(dossier.certificate.data, LASTING, _set_by_acts(scheme))
    if action.opens:
        alike = _alike(scheme, action.machine)
        for case in reversed(dossier.cases_of()):
            yield Source(case.data, LASTING if case.process in alike else PARTIES)


def _keys(field: Field) -> tuple[str, ...]:
    """Under which names an answer to this question is kept: the field's own, and that of the one it asks again."""
    return (field.id, field.like.partition(".")[2]) if field.like else (field.id,)


def _asked_again(scheme: Scheme, action: Action, target: Target) -> frozenset[str] | None:
    """What an act asks that another act on the same case or item has asked; None, for all, where it appoints people."""
    if action.form.naming:
        return None
    machines = {action.machine, target.case.process if target.case else action.machine}
    acts = [act for name in machines for act in scheme.machines[name].actions.values() if act.id != action.id]
    others = {field.id for act in acts for field in act.form.fields}
    return frozenset(key for field in action.form.fields if not others.isdisjoint(_keys(field)) for key in _keys(field))


def _set_by_acts(scheme: Scheme) -> frozenset[str]:
    """The facts of the certificate: what acts set on it, unlike what was said in acts on it. Never empty."""
    return frozenset(
        ("number", *(
            name
            for machine in scheme.machines.values()
            for act in machine.actions.values()
            for change in act.certificate
            for name, _expression in change.sets
        ))
    )  # fmt: skip


def _alike(scheme: Scheme, process: str) -> frozenset[str]:
    """The processes that begin with the same application: one runs as another does, or both as a third."""
    machines = scheme.machines
    base = machines[process].like or process
    family = frozenset(name for name, machine in machines.items() if base in (machine.like, name))
    return family if len(family) > 1 else frozenset()


def due_grounds(action: Action, dossier: Dossier, target: Target | None) -> list[str]:
    """The grounds on which duties ask for this act now, in the scheme's order; they stay to be judged."""
    case = target.case.id if target is not None and target.case is not None else ""
    asked = {
        duty.ground for duty in dossier.duties.values()
        if duty.act == action.id and (action.machine == CERTIFICATE or duty.case in ("", case))
    }  # fmt: skip
    return [ground for ground in action.grounds if ground in asked]


def own(action: Action, person: Actor) -> dict[str, Any]:
    """The person's own organisation, where an act that opens a case asks first for one that may be theirs."""
    if not action.opens or not person.organisation.get("name"):
        return {}
    first = next((field for field in action.form.fields if field.type == "organisation" and field.when is None), None)
    if first is None or not (first.role is None or first.role in person.roles):
        return {}
    return {first.id: {"name": "", "uscc": "", **person.organisation}}
